package soop

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// ReasonNotOffered marks the errors of Live where the platform has no answer to
// give at all: go on without.
const ReasonNotOffered = "live.not_offered"

// Live implements providers.LiveStatus by validate/live/status, which neither
// document has: it answers where the application may use it. Where it may not,
// the error's reason is ReasonNotOffered.
func (s *session) Live(ctx context.Context) (providers.Live, error) {
	live, _, err := s.liveStatus(ctx)
	return live, err
}

// statusData is the answer as it was seen; off air perhaps only broad_no and
// status are there.
type statusData struct {
	User     lenient.Text   `json:"user_id"`
	Status   lenient.Text   `json:"status"`
	Number   lenient.Text   `json:"broad_no"`
	Title    lenient.Text   `json:"broad_title"`
	Category lenient.Text   `json:"broad_cate_no"`
	Start    lenient.Text   `json:"broad_start"`
	Viewers  lenient.Number `json:"current_view_cnt"`
}

// liveStatus returns the login id as well.
func (s *session) liveStatus(ctx context.Context) (providers.Live, string, error) {
	const op = "validate/live/status"
	a, err := s.callSignedIn(ctx, op, nil)
	if e, ok := errors.AsType[*providers.Error](err); ok {
		if e.Code == strconv.Itoa(resultNotLive) {
			return providers.Live{Viewers: -1}, "", nil
		}
		return providers.Live{}, "", markNotOffered(e)
	}
	if err != nil {
		return providers.Live{}, "", err
	}
	var data lenient.Record[statusData]
	_ = data.UnmarshalJSON(a["data"])
	d := data.Value
	switch strings.ToLower(d.Status.String()) {
	case "streaming":
	case "streamend":
		return providers.Live{Viewers: -1}, d.User.String(), nil
	default:
		return providers.Live{}, "", markNotOffered(&providers.Error{
			Kind: providers.ErrBadAnswer, Op: op, Err: errors.New("no data.status"),
		})
	}
	live := providers.Live{
		OnAir: true, ID: d.Number.String(), Title: string(d.Title),
		Viewers: max(d.Viewers.Int(-1), -1), Started: parseTime(d.Start),
		WatchURL: s.dialect.watchURL(d.User.String(), d.Number.String()),
	}
	live.Category.Number, _ = NormalizeCategory(string(d.Category))
	return live, d.User.String(), nil
}

// markNotOffered sets ReasonNotOffered on an error that says that the endpoint does
// not exist, or not for this application. Signing in again would change neither.
func markNotOffered(e *providers.Error) error {
	absent := errors.Is(e.Kind, providers.ErrBadAnswer) || errors.Is(e.Kind, providers.ErrNotGranted)
	forbidden := errors.Is(e.Kind, providers.ErrSignIn) && e.Code == "HTTP 403"
	if !absent && !forbidden {
		return e
	}
	marked := *e
	marked.Reason = ReasonNotOffered
	if forbidden || errors.Is(e.Kind, providers.ErrNotGranted) {
		marked.Kind = providers.ErrRefused
	}
	return &marked
}
