//go:build linux

package endtoend

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// chzzkChannel is the practice streamer of CHZZK that the tests sign in as.
const chzzkChannel = "0c3a5e17b2d94f6899aa1b2c3d4e5f60"

// at gives a practice account of a platform.
func (p *platform) at(t *testing.T, name string) sandboxAccount {
	t.Helper()
	i := slices.IndexFunc(p.others, func(a sandboxAccount) bool { return a.Platform == name })
	if i < 0 {
		t.Fatalf("the sandbox has no practice account of %s", name)
	}
	return p.others[i]
}

// atCHZZK is the job at CHZZK, whose stream goes to an application of its own.
func (w *studio) atCHZZK() job {
	return job{
		server: w.ingest.Relay,
		title:  func(s worldState) string { return s.CHZZK.Streamers[0].Setting.Title },
		onAir:  func(s worldState) bool { return s.CHZZK.Streamers[0].OnAir },
	}
}

// signInToCHZZK adds the practice account and signs in with a browser.
func (w *studio) signInToCHZZK(t *testing.T) (account sandboxAccount, browser *realparts.Browser) {
	t.Helper()
	browser = realparts.StartBrowser(t, "ko")
	account = w.platform.at(t, "chzzk")
	w.add(t, account, "client_secret")
	login := w.user.start(t, "login", "--no-browser", "--json")
	browser.Open(t, openLine(t, login))
	browser.Choose(t, chzzkChannel)
	browser.Screenshot(t, picture("chzzk-login"))
	browser.Agree(t)
	said := w.user.end(t, login).want(t, 0, "login").object(t)
	if said["signed_in"] != true || said["user_id"] != chzzkChannel || said["nick"] != "치즈냥이" {
		t.Errorf("login says %v", said)
	}
	checkLanding(t, browser)
	return account, browser
}

func TestCHZZKFromSignInToARealStreamAndBack(t *testing.T) {
	w := startStudio(t)
	account, browser := w.signInToCHZZK(t)
	held := tokensIn(t, w.keyring)

	found, _ := w.user.do(t, "categories", "리그", "--json").object(t)["categories"].([]any)
	if len(found) != 1 || at(found[0].(map[string]any), "number") != "GAME:League_of_Legends" {
		t.Fatalf("categories finds %v", found)
	}
	w.user.do(t, "update", "--category", "리그 오브 레전드", "--hashtags", "게임,롤", "--json").object(t)
	set := w.platform.all(t).CHZZK.Streamers[0].Setting
	if set.CategoryID != "League_of_Legends" || !slices.Equal(set.Tags, []string{"게임", "롤"}) || set.Title == "" {
		t.Errorf("the platform holds %+v", set)
	}
	// What the platform would not take is not sent.
	changes := w.platform.calls(t, "PATCH lives/setting")
	for _, wrong := range [][]string{
		{"update", "--hashtags", strings.Repeat("가", 16)},
		{"update", "--hashtags", "a,b,c,d,e,f"},
		{"update", "--title", strings.Repeat("가", 101)},
		{"update", "--category", "없는 게임"},
		{"update", "--hidden"},
	} {
		w.user.run(t, wrong...).want(t, 2, wrong...)
	}
	if n := w.platform.calls(t, "PATCH lives/setting"); n != changes {
		t.Errorf("%d changes were sent that the platform would not take", n-changes)
	}

	streamKey := w.do(t, w.atCHZZK())
	if len(streamKey) != 32 {
		t.Errorf("OBS held a stream key of %d characters", len(streamKey))
	}
	if missing := w.user.run(t, "key", "reset", "--yes"); missing.code != 2 {
		t.Errorf("a key that cannot be reset: %d", missing.code)
	}

	secrets := append(held, secret{"client secret", account.Secrets["client_secret"]}, secret{"stream key", streamKey})
	w.checkNothingLeaked(t, append(secrets, codesIn(t, browser)...))
}

// TestTwoRealProcessesReplaceCHZZKsTokenOnce: a refresh token works once, and with
// the second use the sign-in would be lost.
func TestTwoRealProcessesReplaceCHZZKsTokenOnce(t *testing.T) {
	w := startStudio(t)
	w.signInToCHZZK(t)
	for round := range 2 { // the token of the second round is one that was refreshed
		asked := w.platform.calls(t, "POST auth/v1/token")
		// The first to be rejected takes its time to refresh, so that the other is
		// rejected with the same token meanwhile.
		w.platform.spoil(t, `[{"endpoint":"streams/key","kind":"envelope","status":401,"message":"INVALID_TOKEN","times":2},
			{"endpoint":"auth/v1/token","kind":"slow","delay_ms":5000}]`)
		one, other := w.user.start(t, "key", "show", "--json"), w.user.start(t, "key", "show", "--json")
		for _, command := range []*realparts.Process{one, other} {
			if shown := w.user.end(t, command).want(t, 0, "key", "show").object(t); shown["server"] != w.ingest.Relay {
				t.Errorf("round %d: key show says %v", round, shown["server"])
			}
		}
		if n := w.platform.calls(t, "POST auth/v1/token") - asked; n != 1 {
			t.Errorf("round %d: the refresh token was sent %d times", round, n)
		}
		w.platform.heal(t)
	}

	// A wrong client secret says nothing about the refresh token, which stays good.
	w.platform.spoil(t, `[{"endpoint":"streams/key","kind":"envelope","status":401,"message":"INVALID_TOKEN"},
		{"endpoint":"auth/v1/token","kind":"envelope","status":401,"message":"INVALID_CLIENT"}]`)
	if refused := w.user.run(t, "key", "show"); refused.code == 0 {
		t.Error("a rejected token was used")
	}
	w.platform.heal(t)
	w.user.do(t, "key", "show", "--json").object(t)

	// Signing out everywhere ends every sign-in.
	w.user.do(t, "logout", "--everywhere", "--json").object(t)
	if n := w.platform.all(t).CHZZK.Streamers[0].Tokens; n != 0 {
		t.Errorf("%d sign-ins are left at the platform", n)
	}
	waitFor(t, 5*time.Second, "status to say that nobody is signed in", func() bool {
		return at(w.user.do(t, "status", "--json").object(t), "account", "signed_in") == false
	})
}
