//go:build linux

package endtoend

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// TestFromSignInToARealStreamAndBack is the whole job of Cuelight in one run, with
// real parts: sign in with a browser, tokens in the keyring, OBS set up, the
// broadcast edited, the stream seen at the ingest, stopped, OBS as it was.
func TestFromSignInToARealStreamAndBack(t *testing.T) {
	w := startStudio(t)
	p, u, behind := w.platform, w.user, w.behind
	browser := realparts.StartBrowser(t, "ko")

	// Sign in.
	p.addAccount(t, u)
	login := p.signIn(t, u, browser).object(t)
	if login["signed_in"] != true || login["nick"] == "" {
		t.Errorf("login says %v", login)
	}
	browser.Screenshot(t, picture("landing"))
	checkLanding(t, browser)
	held := tokensIn(t, w.keyring)

	// Set OBS up, and read it back behind Cuelight's back.
	u.do(t, "setup", "--json").object(t)
	service := behind.Service(t)
	if service.Type != "rtmp_custom" || strings.TrimSuffix(service.Server, "/") != w.ingest.URL || service.UseAuth {
		t.Fatalf("OBS streams to %s at %q", service.Type, service.Server)
	}
	if !strings.HasPrefix(service.Key, streamer+"-") {
		t.Fatal("OBS holds no key of the streamer")
	}

	// Edit the broadcast.
	u.do(t, "update", "--title", "큐라이트로 첫 방송 🎮", "--category", "40066", "--hashtags", "연습,cuelight")
	edited := p.state(t)
	if edited.Title != "큐라이트로 첫 방송 🎮" || !strings.HasSuffix(edited.Category.Number, "40066") ||
		!slices.Equal(edited.Hashtags, []string{"연습", "cuelight"}) {
		t.Errorf("the platform holds %+v", edited)
	}

	// Go live.
	u.do(t, "start", "--json").object(t)
	w.ingest.WaitPublished(t, service.Key, 20*time.Second)
	checkStatusOnAir(t, u.do(t, "status", "--json").object(t), edited)

	// And back.
	w.stop(t, func() bool { return !p.state(t).OnAir })
	w.restore(t)

	secrets := append(held, secret{"client secret", p.clientSecret}, secret{"stream key", service.Key})
	w.checkNothingLeaked(t, append(secrets, codesIn(t, browser)...))
}

// checkLanding: the page one lands on sends people back to Cuelight, and the
// one-time code is out of sight.
func checkLanding(t testing.TB, b *realparts.Browser) {
	t.Helper()
	if text := b.Text(t); !strings.Contains(text, "Cuelight") {
		t.Errorf("the landing page says %q", text)
	}
	for _, address := range append(b.History(t), b.Address(t)) {
		if strings.Contains(address, "code=") {
			t.Error("the one-time code stays in the browser's history")
		}
	}
}

// checkStatusOnAir holds the shape of `status --json`.
func checkStatusOnAir(t testing.TB, status map[string]any, want streamerState) {
	t.Helper()
	for _, c := range []struct {
		name string
		got  any
		want any
	}{
		{"account.name", at(status, "account", "name"), "me"},
		{"account.platform", at(status, "account", "platform"), "soop"},
		{"account.nick", at(status, "account", "nick"), want.Nick},
		{"account.signed_in", at(status, "account", "signed_in"), true},
		{"obs.connected", at(status, "obs", "connected"), true},
		{"obs.streaming", at(status, "obs", "streaming"), true},
		{"obs.service.matches", at(status, "obs", "service", "matches"), true},
		{"broadcast.title", at(status, "broadcast", "title"), want.Title},
		{"broadcast.category.name", at(status, "broadcast", "category", "name") != "", true},
		{"live.on_air", at(status, "live", "on_air"), true},
	} {
		if c.got != c.want {
			t.Errorf("status: %s is %v, want %v", c.name, c.got, c.want)
		}
	}
	if got := texts(at(status, "broadcast", "hashtags")); !slices.Equal(got, want.Hashtags) {
		t.Errorf("status: broadcast.hashtags is %q", got)
	}
	if version, _ := at(status, "obs", "version").(string); version == "" {
		t.Error("status: obs.version is missing")
	}
	if server, _ := at(status, "obs", "service", "server").(string); !strings.HasPrefix(server, "rtmp://") {
		t.Errorf("status: obs.service.server is %q", server)
	}
	if number, _ := at(status, "broadcast", "category", "number").(string); !strings.HasSuffix(number, "40066") {
		t.Errorf("status: broadcast.category.number is %q", number)
	}
}

// picture is where a screenshot goes, to be looked at.
func picture(name string) string {
	return filepath.Join("..", "..", "build", "screens", name+".png")
}

// waitFor asks again and again until a condition holds.
func waitFor(t testing.TB, timeout time.Duration, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(timeout)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("waited %v in vain for %s", timeout, what)
		}
		time.Sleep(50 * time.Millisecond)
	}
}
