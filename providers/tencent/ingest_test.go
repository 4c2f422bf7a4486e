package tencent

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox"
)

func TestOBSGetsAKeyOfItsOwnThatStaysTheSame(t *testing.T) {
	platform := inSandbox(t, sandbox.Options{})
	s, v := open(t, platform, "live_012")
	ingest, err := s.Ingest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id, rest, _ := strings.Cut(ingest.Key.Reveal(), "?")
	q, err := url.ParseQuery(rest)
	if err != nil || id != "live_012" || q.Get("sdkappid") != "1400000000" || q.Get("userid") != "obs_administrator" {
		t.Errorf("room %q, user %q, app %q (%v)", id, q.Get("userid"), q.Get("sdkappid"), err)
	}
	if ingest.Server != platform.IngestURL(t.Context()) {
		t.Errorf("server %s", ingest.Server)
	}
	secretKey := v.Values[FieldSecretKey].Reveal()
	if err := tencentyun.VerifyUserSig(1400000000, secretKey, "obs_administrator", q.Get("usersig"), time.Now().Add(29*24*time.Hour)); err != nil {
		t.Errorf("in four weeks: %v", err)
	}
	if err := tencentyun.VerifyUserSig(1400000000, secretKey, "administrator", q.Get("usersig"), time.Now()); err == nil {
		t.Error("OBS's key is good for the administrator")
	}
	if err := platform.SetOnAir(t.Context(), ingest.Key, true); err != nil {
		t.Errorf("the ingest refuses the key: %v", err)
	}
	same := func(when string, s *session, want bool) {
		t.Helper()
		again, err := s.Ingest(t.Context())
		if err != nil || again.Key.Equal(ingest.Key) != want {
			t.Errorf("%s: the same key %t (%v)", when, !want, err)
		}
	}
	s.signer.make = func(uint32, string, secret.Text, time.Duration) (secret.Text, error) {
		return secret.New("another"), nil
	}
	same("at once", s, true)
	s.now = func() time.Time { return time.Now().Add(19 * 24 * time.Hour) }
	same("after 19 days", s, true)
	s.now = func() time.Time { return time.Now().Add(21 * 24 * time.Hour) }
	same("after three weeks", s, false)
	s.now = time.Now
	v.Values[FieldSecretKey] = secret.New("another-secret-key")
	same("with another secret key", s, false)
	if err := s.SignOut(t.Context()); err != nil || len(v.Values) != 0 {
		t.Errorf("signed out, the vault holds %d values (%v)", len(v.Values), err)
	}
	if _, err := s.Ingest(t.Context()); failure(err).Reason != "secret_key.missing" || !errors.Is(err, providers.ErrSignIn) {
		t.Errorf("signed out: %v", err)
	}
}

func TestRoomsThatCannotBeStreamedInto(t *testing.T) {
	for room, reason := range map[string]string{"": "room.none", "a b": "room.not_streamable", "a?b=c": "room.not_streamable", strings.Repeat("r", 65): "room.not_streamable"} {
		s, _ := answering(t, room, func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
		if _, err := s.Ingest(t.Context()); failure(err).Reason != reason {
			t.Errorf("%q: %v", room, err)
		}
	}
}
