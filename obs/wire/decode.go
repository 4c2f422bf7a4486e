package wire

import (
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
)

// maxCoerced bounds what is read once more as something else, in bytes.
const maxCoerced = 256 << 10

// Decode reads JSON of OBS or of what speaks for it. Where a truth value or a
// number is written as something else (1, "true", "60.0"), which plugins and
// scripts do, it is read as what it means. Text that is no text is an error: a
// key or a server is not guessed at.
func Decode(raw []byte, into any) error {
	err := json.Unmarshal(raw, into)
	var mismatch *json.UnmarshalTypeError
	if !errors.As(err, &mismatch) || len(raw) > maxCoerced {
		return err
	}
	var tree any
	if json.Unmarshal(raw, &tree) != nil {
		return err
	}
	meant, marshalErr := json.Marshal(coerce(tree, reflect.TypeOf(into)))
	if marshalErr != nil {
		return err
	}
	return json.Unmarshal(meant, into)
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// coerce turns a value into one that can be read into a type, where it means
// one; any other stays as it is.
func coerce(value any, typ reflect.Type) any {
	if reflect.PointerTo(typ).Implements(unmarshaler) {
		return value // it reads itself
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return coerce(value, typ.Elem())
	case reflect.Slice, reflect.Array:
		if list, ok := value.([]any); ok {
			for i := range list {
				list[i] = coerce(list[i], typ.Elem())
			}
		}
	case reflect.Struct:
		if object, ok := value.(map[string]any); ok {
			coerceFields(object, typ)
		}
	case reflect.Bool:
		return truth(value)
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint32, reflect.Uint64:
		if n, ok := number(value); ok {
			return int64(n)
		}
	case reflect.Float32, reflect.Float64:
		if n, ok := number(value); ok {
			return n
		}
	}
	return value
}

func coerceFields(object map[string]any, typ reflect.Type) {
	for i := range typ.NumField() {
		field := typ.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = field.Name
		}
		if field.Anonymous && field.Tag.Get("json") == "" {
			coerce(object, field.Type)
			continue
		}
		for key, value := range object {
			if strings.EqualFold(key, name) {
				object[key] = coerce(value, field.Type)
			}
		}
	}
}

// truth reads what stands for yes or no.
func truth(value any) any {
	switch v := value.(type) {
	case float64:
		return v != 0
	case string:
		switch strings.ToLower(strings.TrimSpace(v)) {
		case "true", "yes", "on":
			return true
		case "false", "no", "off", "":
			return false
		}
		if n, ok := number(v); ok {
			return n != 0
		}
	}
	return value
}

func number(value any) (float64, bool) {
	switch v := value.(type) {
	case float64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case string:
		n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		return n, err == nil
	}
	return 0, false
}
