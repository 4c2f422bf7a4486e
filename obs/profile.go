package obs

import (
	"context"
	"errors"
	"strings"

	"github.com/andreykaipov/goobs/api/requests/config"
	"github.com/andreykaipov/goobs/api/requests/outputs"

	"cuelight/obs/encoder"
	"cuelight/obs/settings"
)

// Profile is what OBS's current profile would stream with, as far as OBS tells.
type Profile struct {
	// Name of the profile.
	Name string
	// Account is the connected account's service ("Twitch", "Restream",
	// "YouTube - RTMP"); empty when none is. A connected Twitch or Restream
	// account writes its own key over any other at each start of the stream; a
	// YouTube account opens a dialog in OBS.
	Account string
	// Multitrack: multitrack video is switched on, which breaks custom servers
	// in OBS 30.2 to 31 and from 32.0.1 on.
	Multitrack bool
	// Advanced: the output mode is the advanced one, whose encoder settings OBS
	// does not tell; they lie in a file beside the profile (see
	// discovery.StreamEncoder). The bitrates and Encoded are unknown then.
	Advanced bool
	// AudioKbps is the bitrate of the sound in kilobits a second; 0 where it
	// cannot be read.
	AudioKbps int
	// Encoder is OBS's name of the video encoder; may be empty.
	Encoder string
	// Encoded is what the video encoder makes of its settings.
	Encoded encoder.Video
	// Video is the picture that goes out.
	Video Video
}

// ReplacesKey reports whether starting the stream would send it with the
// connected account's key instead of ours.
func (p Profile) ReplacesKey() bool {
	return strings.HasPrefix(p.Account, "Twitch") || strings.HasPrefix(p.Account, "Restream")
}

// OpensDialog reports whether starting the stream would open a dialog in OBS
// and wait for it.
func (p Profile) OpensDialog() bool { return strings.HasPrefix(p.Account, "YouTube") }

// Video is the picture OBS makes: Base is the canvas, Output what is encoded.
type Video struct {
	BaseWidth, BaseHeight     int
	OutputWidth, OutputHeight int
	FPS                       float64
}

// Video asks for the picture settings.
func (c *Client) Video(ctx context.Context) (Video, error) {
	var a config.GetVideoSettingsResponse
	if err := c.call(ctx, &config.GetVideoSettingsParams{}, &a); err != nil {
		return Video{}, err
	}
	v := Video{
		BaseWidth: int(a.BaseWidth), BaseHeight: int(a.BaseHeight),
		OutputWidth: int(a.OutputWidth), OutputHeight: int(a.OutputHeight),
	}
	if a.FpsDenominator > 0 {
		v.FPS = a.FpsNumerator / a.FpsDenominator
	}
	return v, nil
}

// CurrentProfile asks for the name of the profile in use.
func (c *Client) CurrentProfile(ctx context.Context) (string, error) {
	var list config.GetProfileListResponse
	if err := c.call(ctx, &config.GetProfileListParams{}, &list); err != nil {
		return "", err
	}
	return list.CurrentProfileName, nil
}

// Profile reads what the current profile would stream with.
func (c *Client) Profile(ctx context.Context) (Profile, error) {
	name, err := c.CurrentProfile(ctx)
	if err != nil {
		return Profile{}, err
	}
	video, err := c.Video(ctx)
	if err != nil {
		return Profile{}, err
	}
	r := parameters{client: c, ctx: ctx}
	p := Profile{
		Name: name, Video: video,
		Account:    r.text("Auth", "Type"),
		Multitrack: settings.Truth(r.text("Stream1", "EnableMultitrackVideo")),
		Advanced:   strings.EqualFold(r.text("Output", "Mode"), "Advanced"),
	}
	p.Encoder, p.Encoded = encoder.Read(r.text, p.Advanced, video.FPS)
	if !p.Advanced {
		p.AudioKbps = r.number("SimpleOutput", "ABitrate")
	}
	return p, r.err
}

// parameters reads parameters of the profile until one fails.
type parameters struct {
	client *Client
	ctx    context.Context
	err    error
}

// text gives a value, OBS's default where none is set, else "".
func (r *parameters) text(category, name string) string {
	if r.err != nil {
		return ""
	}
	params := config.NewGetProfileParameterParams().WithParameterCategory(category).WithParameterName(name)
	var a config.GetProfileParameterResponse
	if err := r.client.call(r.ctx, params, &a); err != nil {
		if !errors.Is(err, ErrNotFound) {
			r.err = err
		}
		return ""
	}
	if a.ParameterValue == "" {
		return a.DefaultParameterValue
	}
	return a.ParameterValue
}

func (r *parameters) number(category, name string) int {
	return int(settings.Number(r.text(category, name)))
}

// Output is one of OBS's outputs.
type Output struct {
	Name, Kind string
}

// streamOutputs are the names of the stream's own output in the two modes.
var streamOutputs = map[string]bool{"simple_stream": true, "adv_stream": true}

// OtherOutputs lists the outputs that run besides the stream: recording,
// replay buffer, virtual camera.
func (c *Client) OtherOutputs(ctx context.Context) ([]Output, error) {
	var a outputs.GetOutputListResponse
	if err := c.call(ctx, &outputs.GetOutputListParams{}, &a); err != nil {
		return nil, err
	}
	var out []Output
	for _, o := range a.Outputs {
		if o != nil && o.Active && !streamOutputs[o.Name] {
			out = append(out, Output{Name: o.Name, Kind: o.Kind})
		}
	}
	return out, nil
}
