package words

import (
	"context"
	"errors"

	"cuelight/obs"
	"cuelight/obs/discovery"
)

// obsKeys are the words for each kind of failure with OBS.
var obsKeys = []struct {
	kind error
	key  string
}{
	{obs.ErrSilent, "error.obs_silent"},
	{obs.ErrUnreachable, "error.obs_unreachable"},
	{obs.ErrPassword, "error.obs_password"},
	{obs.ErrUnprotected, "error.obs_unprotected"},
	{obs.ErrKicked, "error.obs_kicked"},
	{obs.ErrClosed, "error.obs_closed"},
	{obs.ErrNoAnswer, "error.obs_no_answer"},
	{obs.ErrNotReady, "error.obs_not_ready"},
	{obs.ErrStreaming, "error.obs_streaming"},
	{obs.ErrNotStreaming, "error.obs_not_streaming"},
	{obs.ErrNotStopped, "error.obs_not_stopped"},
	{obs.ErrMismatch, "error.obs_mismatch"},
	{obs.ErrChanged, "error.obs_changed"},
	{obs.ErrTorn, "error.obs_torn"},
	{obs.ErrNotFound, "error.obs_not_found"},
	{obs.ErrExists, "error.obs_exists"},
	{obs.ErrNoKind, "error.obs_no_kind"},
	{obs.ErrUnsupported, "error.obs_unsupported"},
	{obs.ErrProtocol, "error.obs_protocol"},
	{obs.ErrUsage, "error.obs_usage"},
	{discovery.ErrNotInstalled, "error.obs_find.not-installed"},
	{discovery.ErrNeverStarted, "error.obs_find.never-started"},
	{discovery.ErrServerOff, "error.obs_find.server-off"},
	{discovery.ErrUnreadable, "error.obs_find.unreadable"},
	{discovery.ErrBroken, "error.obs_find.broken"},
	{obs.ErrRefused, "error.obs_refused"},
	{context.Canceled, "error.canceled"},
}

func (w *Words) explainOBS(e *obs.Error) Explanation {
	args := Args{"Code": e.Code, "Op": e.Op}
	key := "error.obs_refused"
	for _, known := range obsKeys {
		if errors.Is(e, known.kind) {
			key = known.key
			break
		}
	}
	if e.Phase != "" {
		key = "error.obs_not_started." + string(e.Phase)
	}
	x := w.explanation(key, args)
	if e.Comment != "" && errors.Is(e, obs.ErrRefused) {
		x.Said = w.Say("error.obs_said", Args{"Words": e.Comment})
	}
	return x
}
