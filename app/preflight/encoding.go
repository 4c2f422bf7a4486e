package preflight

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/encoder"
	"cuelight/providers"
)

func (r *run) profile(ctx context.Context) {
	profile, err := r.client.Profile(ctx)
	if err != nil {
		r.add(state.Preflight{ID: state.PreConnected, State: state.StepSkipped, Err: err})
		return
	}
	connected := state.Preflight{ID: state.PreConnected, State: state.StepDone, Detail: profile.Account}
	switch {
	case profile.ReplacesKey():
		connected.State, connected.Reason, connected.Blocks = state.StepFailed, "replaces_key", true
		connected.Err = &obs.Error{Kind: obs.ErrRefused, Op: "StartStream"}
	case profile.OpensDialog():
		connected.State, connected.Reason = state.StepWarned, "opens_dialog"
	}
	r.add(connected)
	multitrack := state.Preflight{ID: state.PreMultitrack, State: state.StepDone}
	if profile.Multitrack {
		multitrack.State, multitrack.Reason = state.StepWarned, "on"
	}
	r.add(multitrack)
	r.encoding(profile)
}

// encoding holds OBS's settings to the platform's limits. OBS itself holds only
// its named services to them, never a custom server.
func (r *run) encoding(profile obs.Profile) {
	if r.account == nil {
		return
	}
	can, ok := r.account.Session().(providers.EncoderLimits)
	if !ok {
		return
	}
	limits := can.EncoderLimits(r.account.Server())
	r.add(atMost(state.PreVideo, profile.Encoded.Kbps, limits.MaxVideoKbps))
	r.add(atMost(state.PreAudio, profile.AudioKbps, limits.MaxAudioKbps))
	picture := state.Preflight{ID: state.PrePicture, State: state.StepDone, Limit: limits.MaxFPS}
	v := profile.Video
	picture.Detail = fmt.Sprintf("%d×%d, %.4g", v.OutputWidth, v.OutputHeight, v.FPS)
	switch {
	case limits.MaxWidth > 0 && v.OutputWidth > limits.MaxWidth, limits.MaxHeight > 0 && v.OutputHeight > limits.MaxHeight:
		picture.State, picture.Reason, picture.Limit = state.StepWarned, "size", limits.MaxHeight
	case limits.MaxFPS > 0 && v.FPS > float64(limits.MaxFPS)+0.5:
		picture.State, picture.Reason = state.StepWarned, "fps"
	}
	r.add(picture)
	r.add(codec(profile, limits))
	if limits.NoBFrames {
		r.add(bFrames(profile))
	}
	if limits.KeyframeSeconds > 0 {
		r.add(keyframes(profile, limits.KeyframeSeconds))
	}
}

// bFrames warns where the encoder makes B-frames: the platform that is asked about
// takes none.
func bFrames(profile obs.Profile) state.Preflight {
	c := state.Preflight{ID: state.PreBFrames, State: state.StepDone, Value: max(profile.Encoded.BFrames, 0)}
	switch {
	case profile.Encoded.BFrames == encoder.Unknown:
		c.State, c.Reason = state.StepSkipped, "unknown"
	case profile.Encoded.BFrames > 0:
		c.State, c.Reason = state.StepWarned, where(profile)
	}
	return c
}

// keyframes warns where keyframes may be further apart than seconds. Frame rates
// such as 59.94 make an interval in frames a little longer than its seconds.
func keyframes(profile obs.Profile, seconds int) state.Preflight {
	const slack = 0.05
	interval := profile.Encoded.KeyframeSeconds
	c := state.Preflight{ID: state.PreKeyframes, State: state.StepDone, Limit: seconds}
	switch {
	case interval == 0:
		c.State, c.Reason = state.StepSkipped, "unknown"
		return c
	case interval > float64(seconds)*(1+slack):
		c.State, c.Reason = state.StepWarned, where(profile)
		c.Value = int(math.Round(profile.Video.FPS * float64(seconds)))
	}
	c.Detail = strconv.FormatFloat(math.Round(interval*10)/10, 'f', -1, 64)
	return c
}

// where tells in which of OBS's settings the encoder's options are found, as the
// reason that the cure is told under: of simple mode only x264's can be set.
func where(profile obs.Profile) string {
	x264 := encoder.FamilyOf(profile.Encoder) == encoder.X264
	switch {
	case profile.Advanced && x264:
		return "advanced_x264"
	case profile.Advanced:
		return "advanced"
	case x264:
		return "simple_x264"
	}
	return "simple"
}

// atMost holds a bitrate to its limit; 0 is one that is not known.
func atMost(id state.PreflightID, value, limit int) state.Preflight {
	c := state.Preflight{ID: id, State: state.StepDone, Value: value, Limit: limit}
	switch {
	case value == 0 || limit == 0:
		c.State, c.Reason = state.StepSkipped, "unknown"
	case value > limit:
		c.State, c.Reason = state.StepWarned, "too_high"
	}
	return c
}

// codec judges the video encoder by its name: OBS names them after what they
// make, but for those of H.264, which often bear only the maker's name.
func codec(profile obs.Profile, limits providers.Encoding) state.Preflight {
	c := state.Preflight{ID: state.PreCodec, State: state.StepDone, Detail: profile.Encoder}
	name := strings.ToLower(profile.Encoder)
	if len(limits.Codecs) == 0 || name == "" {
		c.State, c.Reason = state.StepSkipped, "unknown"
		return c
	}
	for _, other := range []string{"av1", "hevc", "h265"} {
		if strings.Contains(name, other) && !slices.ContainsFunc(limits.Codecs, func(taken string) bool { return strings.Contains(taken, other) }) {
			c.State, c.Reason = state.StepWarned, "not_taken"
		}
	}
	return c
}
