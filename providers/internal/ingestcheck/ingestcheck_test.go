package ingestcheck

import (
	"errors"
	"testing"

	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestWhatAPersonGivesIsCleanedOrRefused(t *testing.T) {
	got, err := Given(providers.Ingest{Server: "\ufeffrtmp://host/app\r\n", Key: secret.New("\u200bkey-1\u00a0")})
	if err != nil || got.Server != "rtmp://host/app" || got.Key.Reveal() != "key-1" {
		t.Errorf("got %q, %q, %v", got.Server, got.Key.Reveal(), err)
	}
	for _, c := range []struct{ server, key, field string }{
		{"rtmp://host/\x1bapp", "key", "server"}, {"rtmp://host/app", "k\x00y", "stream_key"}, {"", "k\ny", "stream_key"},
	} {
		_, err := Given(providers.Ingest{Server: c.server, Key: secret.New(c.key)})
		e, _ := errors.AsType[*providers.Error](err)
		if e == nil || !errors.Is(err, providers.ErrUsage) || e.Reason != "field.unseen" || e.Field != c.field || e.Limit == 0 {
			t.Errorf("%q, %q: %v", c.server, c.key, err)
		}
	}
}
