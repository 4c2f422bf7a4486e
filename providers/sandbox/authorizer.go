package sandbox

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/chzzksim"
	"cuelight/providers/sandbox/ingest"
	"cuelight/providers/sandbox/kollussim"
	"cuelight/providers/sandbox/soopsim"
	"cuelight/providers/sandbox/tencentsim"
)

// authorizer asks the platforms about publishers: the one whose stream key it is
// takes the stream. A publisher's name is the platform's own, prefixed with the
// platform everywhere but at SOOP.
type authorizer struct{ *Server }

const (
	kollusPrefix  = "kollus/"
	tencentPrefix = "tencent/"
	chzzkPrefix   = "chzzk/"
)

// Begin implements ingest.Authorizer.
func (g authorizer) Begin(ctx context.Context, app string, key secret.Text) (string, error) {
	return g.begin(ctx, app, key, ingest.Own)
}

// begin asks the platforms in turn. CHZZK's application takes its keys only, and
// every other one all but those; for an unnamed one all are asked.
func (s *Server) begin(ctx context.Context, app string, key secret.Text, from ingest.Source) (string, error) {
	if app == "" || app == chzzksim.App {
		channel, err := s.chzzk.Begin(ctx, key, from)
		if !errors.Is(err, chzzksim.ErrUnknownKey) {
			return chzzkPrefix + channel, err
		}
		if app != "" {
			return "", soopsim.ErrUnknownKey
		}
	}
	user, err := s.soop.Begin(ctx, key, from)
	if !errors.Is(err, soopsim.ErrUnknownKey) {
		return user, err
	}
	channel, err := s.kollus.Begin(ctx, key, from)
	if !errors.Is(err, kollussim.ErrUnknownKey) {
		return kollusPrefix + channel, err
	}
	room, err := s.tencent.Begin(ctx, key, from)
	if errors.Is(err, tencentsim.ErrUnknownKey) {
		err = soopsim.ErrUnknownKey
	}
	return tencentPrefix + room, err
}

// StillAllowed implements ingest.Authorizer.
func (g authorizer) StillAllowed(ctx context.Context, user string, key secret.Text) (bool, error) {
	if channel, ok := strings.CutPrefix(user, kollusPrefix); ok {
		return g.kollus.StillAllowed(ctx, channel)
	}
	if room, ok := strings.CutPrefix(user, tencentPrefix); ok {
		return g.tencent.StillAllowed(ctx, room)
	}
	if channel, ok := strings.CutPrefix(user, chzzkPrefix); ok {
		return g.chzzk.StillAllowed(ctx, channel)
	}
	return g.soop.StillAllowed(ctx, user, key)
}

// End implements ingest.Authorizer.
func (g authorizer) End(ctx context.Context, user string, clean bool) error {
	if channel, ok := strings.CutPrefix(user, kollusPrefix); ok {
		return g.kollus.End(ctx, channel, ingest.Own)
	}
	if room, ok := strings.CutPrefix(user, tencentPrefix); ok {
		return g.tencent.End(ctx, room, ingest.Own)
	}
	if channel, ok := strings.CutPrefix(user, chzzkPrefix); ok {
		return g.chzzk.End(ctx, channel, ingest.Own)
	}
	return g.soop.End(ctx, user, ingest.Own, clean)
}

// endKey ends the broadcast of a stream key.
func (s *Server) endKey(ctx context.Context, key secret.Text, from ingest.Source) error {
	err := s.soop.EndKey(ctx, key, from)
	if !errors.Is(err, soopsim.ErrUnknownKey) {
		return err
	}
	if err = s.kollus.EndKey(ctx, key, from); !errors.Is(err, kollussim.ErrUnknownKey) {
		return err
	}
	if err = s.chzzk.EndKey(ctx, key, from); !errors.Is(err, chzzksim.ErrUnknownKey) {
		return err
	}
	if err = s.tencent.EndKey(ctx, key, from); errors.Is(err, tencentsim.ErrUnknownKey) {
		err = soopsim.ErrUnknownKey
	}
	return err
}

// callbackKey restores the stream key of a callback: ingests split what follows
// the name into parameters.
func callbackKey(form url.Values) secret.Text {
	key := form.Get("name")
	if sig := form.Get("usersig"); sig != "" && !strings.Contains(key, "?") {
		key += "?sdkappid=" + form.Get("sdkappid") + "&userid=" + form.Get("userid") + "&usersig=" + sig
	}
	return secret.New(key)
}
