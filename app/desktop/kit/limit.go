package kit

import (
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/input"
)

// SetLimit bounds a field as the platform bounds its text.
func (ui *UI) SetLimit(field *input.TextField, limit providers.Limit) {
	if limit.Unit != providers.Bytes {
		field.SetLimit(limit.Max)
		return
	}
	field.SetByteLimit(limit.Max, input.ByteWords{
		Counter: func(used, limit int) string {
			return ui.Text("bytes.counter", words.Args{"Used": used, "Limit": limit})
		},
		TooLong: func(over int) string { return ui.Count("bytes.too_long", over) },
	})
}
