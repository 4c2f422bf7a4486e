package tencent

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox"
)

func TestErrorCodesComeDownToWhatToDo(t *testing.T) {
	for _, c := range []struct {
		code   int
		kind   error
		reason string
		field  string
		calls  int
	}{
		{60002, providers.ErrRefused, "platform.request", "", 1},
		{60005, providers.ErrSignIn, "secret_key.wrong", FieldSecretKey, 1},
		{60006, providers.ErrSignIn, "sdkappid.wrong", FieldSDKAppID, 1},
		{60007, providers.ErrTooFrequent, "platform.too_frequent", "", 2},
		{60008, providers.ErrUnreachable, "platform.timeout", "", 2},
		{60010, providers.ErrRefused, "admin.needed", FieldIdentifier, 1},
		{70001, providers.ErrRefused, "usersig.clock", "", 2},
		{70005, providers.ErrSignIn, "secret_key.wrong", FieldSecretKey, 1},
		{70013, providers.ErrSignIn, "identifier.wrong", FieldIdentifier, 1},
		{70014, providers.ErrSignIn, "sdkappid.wrong", FieldSDKAppID, 1},
		{70500, providers.ErrUnreachable, "platform.fault", "", 2},
		{100001, providers.ErrUnreachable, "platform.fault", "", 2},
		{100002, providers.ErrRefused, "platform.parameter", "", 1},
		{100004, providers.ErrRefused, "room.unknown", "", 1},
		{99999, providers.ErrRefused, "", "", 1},
	} {
		t.Run(fmt.Sprint(c.code), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls := 0
				s, _ := answering(t, "r", func(w http.ResponseWriter, r *http.Request) {
					calls++
					_, _ = fmt.Fprintf(w, `{"ActionStatus":"FAIL","ErrorCode":%d,"ErrorInfo":"not so, %s","RequestId":"Id-1"}`, c.code, r.URL.Query().Get("usersig"))
				})
				_, err := s.Channel(t.Context(), "r")
				e := failure(err)
				if !errors.Is(err, c.kind) || e.Reason != c.reason || e.Field != c.field || e.Code != fmt.Sprint(c.code) || calls != c.calls {
					t.Errorf("%v (field %q) after %d calls", err, e.Field, calls)
				}
				if e.Message != "not so, "+secret.Mask {
					t.Errorf("the words are %q", e.Message)
				}
			})
		})
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		reason string
	}{
		"a bad gateway": {502, "<html>", "platform.fault"},
		"a web page":    {200, "<html>", "answer.html"},
		"cut":           {200, `{"ActionStatus":"OK`, "answer.not_json"},
		"nothing":       {200, `{}`, "answer.missing"},
		"no room":       {200, `{"ActionStatus":"OK","ErrorCode":0}`, "answer.missing"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := answering(t, "r", func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			if _, err := s.Channel(t.Context(), "r"); failure(err).Reason != c.reason {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestNoErrorIsUnderstoodHoweverItIsWritten(t *testing.T) {
	const room = `"Response":{"RoomInfo":{"RoomId":"r"}}`
	for _, head := range []string{
		`"ActionStatus":"OK","ErrorCode":0`, `"ActionStatus":"ok","ErrorCode":"0"`, `"ActionStatus":"OK"`, `"ErrorCode":0`,
		`"ActionStatus":"OK","ErrorCode":null`, `"ActionStatus":"OK","ErrorCode":false`, `"ActionStatus":"OK","ErrorCode":[]`,
		`"ActionStatus":"OK","ErrorCode":0.0`,
	} {
		s, _ := answering(t, "r", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{"+head+","+room+"}") })
		if _, err := s.Channel(t.Context(), "r"); err != nil {
			t.Errorf("%s: %v", head, err)
		}
	}
}

func TestASignatureThatHasEndedIsMadeAnewAtOnce(t *testing.T) {
	platform := inSandbox(t, sandbox.Options{})
	s, _ := open(t, platform, "live_001")
	made := 0
	s.signer.make = func(app uint32, user string, key secret.Text, life time.Duration) (secret.Text, error) {
		if made++; made == 1 {
			life = -time.Hour // one that has ended already
		}
		return userSig(app, user, key, life)
	}
	room, err := s.Channel(t.Context(), "live_001")
	if err != nil || room.Key != "live_001" || made != 2 {
		t.Errorf("%s after %d signatures (%v)", room.Key, made, err)
	}
}

func TestVerifyTellsWhatIsWrongBeforeAnythingIsSaved(t *testing.T) {
	platform := inSandbox(t, sandbox.Options{})
	for name, c := range map[string]struct {
		spoil  func(*vault, map[string]string)
		reason string
	}{
		"nothing":            {func(*vault, map[string]string) {}, ""},
		"no secret key":      {func(v *vault, _ map[string]string) { delete(v.Values, FieldSecretKey) }, "secret_key.missing"},
		"a wrong secret key": {func(v *vault, _ map[string]string) { v.Values[FieldSecretKey] = secret.New("wrong") }, "secret_key.wrong"},
		"no administrator":   {func(_ *vault, set map[string]string) { set[FieldIdentifier] = "viewer1" }, "admin.needed"},
		"another app":        {func(_ *vault, set map[string]string) { set[FieldSDKAppID] = "1400000001" }, "sdkappid.wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			simulated := platform.Tencent()
			v := &vault{Values: simulated.Secrets}
			c.spoil(v, simulated.Values)
			account := platform.Point(t.Context(), providers.Account{Platform: ID, Settings: simulated.Values})
			err := opened(t, account, v, platform.Handler()).Verify(t.Context())
			if (err == nil) != (c.reason == "") || failure(err).Reason != c.reason {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestAccountsThatCannotWorkAreNotOpened(t *testing.T) {
	right := map[string]string{FieldRegion: "seoul", FieldSDKAppID: "1400000000", FieldIdentifier: "administrator"}
	for name, c := range map[string]struct{ field, value, reason string }{
		"no region":       {FieldRegion, "", "region.unknown"},
		"unknown region":  {FieldRegion, "mars", "region.unknown"},
		"no number":       {FieldSDKAppID, "app", "sdkappid.invalid"},
		"too large":       {FieldSDKAppID, "4294967296", "sdkappid.invalid"},
		"no identifier":   {FieldIdentifier, "", "identifier.invalid"},
		"plain http":      {FieldBaseURL, "http://console.example", "base_url.insecure"},
		"not RTMP":        {FieldRTMPURL, "https://rtmp.example/", "rtmp_url.invalid"},
		"right otherwise": {FieldRTMPURL, "rtmps://rtmp.example/push/", ""},
	} {
		t.Run(name, func(t *testing.T) {
			set := map[string]string{c.field: c.value}
			for key, value := range right {
				if key != c.field {
					set[key] = value
				}
			}
			_, err := New().Open(providers.Account{Settings: set}, providers.Environment{Vault: &vault{}})
			if (err == nil) != (c.reason == "") || err != nil && !strings.Contains(err.Error(), c.reason) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestWhereAnAppStreamsTo(t *testing.T) {
	for app, want := range map[uint32]string{
		1400000000: "rtmp://rtmp.rtc.qq.com/push/", 20008185: "rtmp://intl-rtmp.rtc.qq.com/push/",
	} {
		if got := defaultRTMPServer(app); got != want {
			t.Errorf("app %d streams to %s", app, got)
		}
	}
}
