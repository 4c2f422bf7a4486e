package chzzk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
)

// koreanTime is the zone of every time the platform writes, without one. It is
// fixed, so that machines without zone data read it too.
var koreanTime = time.FixedZone("KST", 9*60*60)

// reasonNotOffered marks the errors of Live that say that the address has no answer
// to give: go on without.
const reasonNotOffered = "live.not_offered"

// liveSession is a session that also asks the web site's own live status, which the
// account's settings allow.
type liveSession struct {
	*session

	mu sync.Mutex // guards what follows
	// channel is that of the user whose token it was asked for with.
	channel string
	token   secret.Text
}

// ownChannel is the user's channel, asked for once with each token.
func (s *liveSession) ownChannel(ctx context.Context) (string, error) {
	token, err := s.tokens.Token(ctx)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	channel, known := s.channel, s.token.Equal(token)
	s.mu.Unlock()
	if known && channel != "" {
		return channel, nil
	}
	me, err := s.Identity(ctx)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channel, s.token = me.UserID, token
	return me.UserID, nil
}

// liveData is the answer of the web site's live status.
type liveData struct {
	Status       lenient.Text   `json:"status"`
	Title        lenient.Text   `json:"liveTitle"`
	Viewers      lenient.Number `json:"concurrentUserCount"`
	CategoryType lenient.Text   `json:"categoryType"`
	Category     lenient.Text   `json:"liveCategory"`
	CategoryName lenient.Text   `json:"liveCategoryValue"`
	Opened       lenient.Text   `json:"openDate"`
}

// Live implements providers.LiveStatus by the web site's own live status, which is
// not documented and needs no sign-in. Only its status is to be believed: where a
// broadcast is over, the rest is left over from it. Anything but OPEN and CLOSE is
// no answer, and never "off air".
func (s *liveSession) Live(ctx context.Context) (providers.Live, error) {
	const op = "live-status"
	channel, err := s.ownChannel(ctx)
	if err != nil {
		return providers.Live{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	a, err := s.send(ctx, httpcall.Request{
		Op: op, Method: http.MethodGet, Header: http.Header{"Accept": {"application/json"}},
		URL: s.liveStatusURL + "/polling/v3.1/channels/" + url.PathEscape(channel) + "/live-status",
	}, "")
	if err != nil {
		return providers.Live{}, notOffered(err)
	}
	var d liveData
	if err := a.read(&d); err != nil {
		return providers.Live{}, notOffered(err)
	}
	switch d.Status {
	case "CLOSE":
		return providers.Live{Viewers: -1}, nil
	case "OPEN":
	default:
		return providers.Live{}, notOffered(a.MissingError("content.status"))
	}
	return providers.Live{
		OnAir: true, ID: channel + "@" + d.Opened.String(), Title: d.Title.String(),
		Category: categoryData{Type: d.CategoryType, ID: d.Category, Name: d.CategoryName}.category(),
		Viewers:  max(d.Viewers.Int(-1), -1), Started: lenient.ParseTimeIn(d.Opened.String(), koreanTime), WatchURL: watchURL(channel),
	}, nil
}

// notOffered sets reasonNotOffered on an error that says that the address does not
// answer as it did, or not to everybody.
func notOffered(err error) error {
	e, ok := errors.AsType[*providers.Error](err)
	if !ok {
		return err
	}
	gone := errors.Is(e.Kind, providers.ErrRefused) && e.Code == "HTTP 404"
	if gone || errors.Is(e.Kind, providers.ErrNotGranted) || e.Reason == "answer.missing" {
		marked := *e
		marked.Reason = reasonNotOffered
		return &marked
	}
	return err
}

// watchURL is the page to watch a channel at.
func watchURL(channel string) string {
	if channel == "" {
		return ""
	}
	return siteURL + "/live/" + url.PathEscape(channel)
}
