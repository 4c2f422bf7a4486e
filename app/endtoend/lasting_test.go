//go:build linux

package endtoend

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
)

func TestWithoutAKeyringNothingIsKeptAndThatIsSaid(t *testing.T) {
	hanging := func(t testing.TB) *realparts.Session { return realparts.HangingKeyring(t) }
	locked := func(t testing.TB) *realparts.Session {
		k := realparts.StartKeyring(t)
		k.Lock(t)
		return k.Session
	}
	for name, session := range map[string]func(testing.TB) *realparts.Session{
		"no session bus": realparts.NoSession, "a bus and no keyring": realparts.BareSession,
		"a keyring that hangs": hanging, "a locked keyring": locked,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t, session(t))
			began := time.Now()
			args := []string{"account", "add", "soop", "--name", "me", "--client-id", "an-id", "--base-url", "http://" + elsewhere}
			r := u.runWith(t, "a-client-secret-0d55\n", args...)
			if !strings.Contains(r.stderr, "keyring") {
				t.Errorf("nothing is said of the keyring (exit code %d):\n%s%s", r.code, r.stdout, r.stderr)
			}
			if took := time.Since(began); took > 40*time.Second {
				t.Errorf("it took %v", took)
			}
			checkNothingLeaked(t, []secret{{"client secret", "a-client-secret-0d55"}}, nil, u)
		})
	}
}

func TestTwoProcessesRefreshTheTokenOnce(t *testing.T) {
	p, u, k := startPlain(t)
	p.byNumber(t, u)
	before := tokensIn(t, k)
	expire(t, k)
	u.obs = elsewhere
	asked := p.calls(t, "POST auth/token")

	results := make([]result, 2)
	var both sync.WaitGroup
	for i := range results {
		both.Go(func() { results[i] = u.run(t, "status", "--json") })
	}
	both.Wait()
	for _, r := range results {
		r.want(t, 0, "status")
		if at(r.object(t), "account", "signed_in") != true {
			t.Errorf("a process lost its sign-in:\n%s%s", r.stdout, r.stderr)
		}
	}
	if refreshed := p.calls(t, "POST auth/token") - asked; refreshed != 1 {
		t.Errorf("%d refreshes for two processes", refreshed)
	}
	after := tokensIn(t, k)
	if slices.Equal(before, after) {
		t.Error("the keyring holds the old tokens")
	}
	// What is kept still works, whoever was last.
	u.do(t, "update", "--title", "갱신한 뒤")
	if got := p.state(t).Title; got != "갱신한 뒤" {
		t.Errorf("the platform holds the title %q", got)
	}
}

// life finds when a token in the keyring was issued and when it ends.
var life = regexp.MustCompile(`"issued":"[^"]+","expires":"[^"]+"`)

// expire makes the token in the keyring look as old as one that ends in a
// minute, which is when a new one is due.
func expire(t testing.TB, k *realparts.Keyring) {
	t.Helper()
	now := time.Now()
	old := fmt.Sprintf(`"issued":%q,"expires":%q`,
		now.Add(-8*time.Hour).Format(time.RFC3339), now.Add(time.Minute).Format(time.RFC3339))
	for _, item := range k.Items(t) {
		if value := life.ReplaceAllString(item.Value, old); value != item.Value {
			k.Replace(t, item, value)
			return
		}
	}
	t.Fatal("no token in the keyring has an end")
}

// TestKilledWhileSettingUpARealOBSCanStillBePutBack kills the program at many
// moments of a set-up; whatever it had done, OBS's own settings come back.
func TestKilledWhileSettingUpARealOBSCanStillBePutBack(t *testing.T) {
	realOBS := realobs.ForTest(t, realobs.Options{})
	p, u, _ := startPlain(t)
	p.byNumber(t, u)
	u.obs, u.env = realOBS.Address(), []string{"CUELIGHT_OBS_PASSWORD=" + realOBS.Password}
	behind := realparts.DialOBS(t, realOBS.Address(), realOBS.Password)

	var touched, untouched int
	for delay := time.Duration(0); delay <= 240*time.Millisecond; delay += 12 * time.Millisecond {
		behind.SetService(t, earlierServer, earlierKey)
		process := u.start(t, "setup")
		time.Sleep(delay) // the moment is what is tried here
		process.Kill()
		if behind.Service(t).Server == earlierServer {
			untouched++
			continue
		}
		touched++
		u.do(t, "restore")
		if after := behind.Service(t); after.Server != earlierServer || after.Key != earlierKey {
			t.Fatalf("killed after %v, OBS streams to %q after restore", delay, after.Server)
		}
	}
	if touched == 0 || untouched == 0 {
		t.Logf("killed before OBS was touched %d times, after it %d times", untouched, touched)
	}
	if touched == 0 {
		t.Error("it was never killed late enough to matter")
	}
}
