package obs

import (
	"context"
	"errors"
	"strings"

	"github.com/andreykaipov/goobs/api/requests/inputs"
)

// Microphone is an input that captures sound.
type Microphone struct {
	Name, Kind string
	Muted      bool
}

// captures tells kinds of input that capture a microphone: their names end
// alike on all systems (wasapi_, coreaudio_, pulse_, alsa_input_capture, …).
func captures(kind string) bool {
	return strings.HasSuffix(kind, "_input_capture") || strings.HasSuffix(kind, "asio_input")
}

// Microphones lists the inputs that capture sound: those of OBS's audio
// settings and those placed in scenes.
func (c *Client) Microphones(ctx context.Context) ([]Microphone, error) {
	var a inputs.GetInputListResponse
	if err := c.call(ctx, &inputs.GetInputListParams{}, &a); err != nil {
		return nil, err
	}
	var out []Microphone
	for _, input := range a.Inputs {
		if input == nil || !captures(input.UnversionedInputKind) {
			continue
		}
		var mute inputs.GetInputMuteResponse
		err := c.call(ctx, inputs.NewGetInputMuteParams().WithInputName(input.InputName), &mute)
		if errors.Is(err, ErrNotFound) {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Microphone{Name: input.InputName, Kind: input.InputKind, Muted: mute.InputMuted})
	}
	return out, nil
}
