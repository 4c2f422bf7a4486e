package usage

import (
	"reflect"
	"time"

	"github.com/alecthomas/kong"

	"cuelight/internal/text"
)

// Numbers reads numbers and times as people type them: a Korean keyboard gives
// full-width digits.
func Numbers() []kong.Option {
	plain := kong.NewRegistry().RegisterDefaults()
	number, duration := reflect.TypeFor[int](), reflect.TypeFor[time.Duration]()
	return []kong.Option{
		kong.KindMapper(number.Kind(), narrowed{plain.ForType(number)}),
		kong.TypeMapper(duration, narrowed{plain.ForType(duration)}),
	}
}

// narrowed makes the digits of a value plain ones before another mapper reads it.
type narrowed struct{ kong.Mapper }

// Decode implements kong.Mapper.
func (n narrowed) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	if token := ctx.Scan.Peek(); token.IsValue() {
		ctx.Scan.Pop()
		if typed, ok := token.Value.(string); ok {
			token.Value = text.Digits(typed)
		}
		ctx.Scan.PushToken(token)
	}
	return n.Mapper.Decode(ctx, target)
}
