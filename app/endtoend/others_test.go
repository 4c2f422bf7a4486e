//go:build linux

package endtoend

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// job is the way from a chosen channel or room to the stream and back.
type job struct {
	// pick chooses it: --channel KEY or --room ID.
	pick []string
	// console is a stream key that the platform's answers lack; empty where
	// they have it.
	console string
	// server is where OBS has to stream to; empty is the ingest's usual address.
	server string
	// key begins the stream key that OBS has to hold.
	key string
	// published is the name that the ingest has to log, where it is not the key.
	published string
	// title asks the platform for the title as viewers see it.
	title func(worldState) string
	// onAir asks the platform whether somebody streams; nil where the ingest
	// does not tell it.
	onAir func(worldState) bool
}

// do does the job and gives the stream key that OBS held.
func (w *studio) do(t *testing.T, j job) string {
	t.Helper()
	p, u := w.platform, w.user

	// Set OBS up, and read it back behind Cuelight's back.
	args := append([]string{"setup", "--json"}, j.pick...)
	if j.console != "" {
		u.run(t, args...).want(t, 2, args...)
		args = append(args, "--server", w.ingest.URL, "--key-stdin")
	}
	set := u.runWith(t, j.console+"\n", args...).want(t, 0, args...).object(t)
	service, server := w.behind.Service(t), cmp.Or(j.server, w.ingest.URL)
	if service.Type != "rtmp_custom" || strings.TrimSuffix(service.Server, "/") != server || service.UseAuth ||
		set["server"] != service.Server || set["changed"] != true || set["kept"] != true {
		t.Fatalf("OBS streams to %s at %q; setup says %v", service.Type, service.Server, set)
	}
	if !strings.HasPrefix(service.Key, j.key) || j.console != "" && service.Key != j.console {
		t.Fatal("OBS holds another key")
	}

	// Edit the title before the broadcast, and while it runs.
	w.retitle(t, j, "큐라이트로 준비 🎬")
	u.do(t, append([]string{"start", "--json"}, j.pick...)...).object(t)
	name := service.Key
	if j.published != "" {
		name = j.published
	}
	w.ingest.WaitPublished(t, name, 20*time.Second)
	if j.onAir == nil {
		j.onAir = func(worldState) bool { return w.behind.Streaming(t) }
	}
	waitFor(t, 10*time.Second, "the platform to see the stream", func() bool { return j.onAir(p.all(t)) })
	w.retitle(t, j, "큐라이트로 방송 중")
	status := u.do(t, "status", "--json").object(t)
	for name, got := range map[string]any{
		"obs.streaming": at(status, "obs", "streaming"), "obs.service.matches": at(status, "obs", "service", "matches"),
		"account.signed_in": at(status, "account", "signed_in"),
		"broadcast.title":   at(status, "broadcast", "title") == "큐라이트로 방송 중",
	} {
		if got != true {
			t.Errorf("status: %s is %v", name, got)
		}
	}

	w.stop(t, func() bool { return !j.onAir(p.all(t)) })
	w.restore(t)
	return service.Key
}

// retitle changes the title and asks the platform whether viewers see it.
func (w *studio) retitle(t *testing.T, j job, title string) {
	t.Helper()
	w.user.do(t, append([]string{"update", "--json", "--title", title}, j.pick...)...).object(t)
	if got := j.title(w.platform.all(t)); got != title {
		t.Errorf("the platform shows the title %q, not %q", got, title)
	}
}

// atKollus is the job for a channel of Kollus Live.
func atKollus(channel string) job {
	return job{
		pick: []string{"--channel", channel}, key: channel + "_",
		title: func(s worldState) string { return s.Kollus.Titles[channel] },
		onAir: func(s worldState) bool { _, on := s.Kollus.OnAir[channel]; return on },
	}
}

// other gives a simulated account that has a secret of a name.
func (p *platform) other(t *testing.T, name string) sandboxAccount {
	t.Helper()
	i := slices.IndexFunc(p.others, func(a sandboxAccount) bool { return a.Secrets[name] != "" })
	if i < 0 {
		t.Fatalf("the sandbox has no simulated account with a %s", name)
	}
	return p.others[i]
}

// add adds a simulated account for the user, its secret on standard input.
func (w *studio) add(t *testing.T, a sandboxAccount, secretName string, more ...string) {
	t.Helper()
	args := append([]string{"account", "add", a.Platform, "--name", "me", "--json"}, more...)
	for _, field := range slices.Sorted(maps.Keys(a.Values)) {
		args = append(args, "--"+strings.ReplaceAll(field, "_", "-"), a.Values[field])
	}
	w.user.runWith(t, a.Secrets[secretName]+"\n", args...).want(t, 0, args...).object(t)
}

// TestKollusFromSignInToARealStreamAndBack signs in with a browser.
func TestKollusFromSignInToARealStreamAndBack(t *testing.T) {
	w := startStudio(t)
	browser := realparts.StartBrowser(t, "ko")
	account := w.platform.other(t, "client_secret")
	w.add(t, account, "client_secret")

	login := w.user.start(t, "login", "--no-browser", "--json")
	browser.Open(t, openLine(t, login))
	browser.Screenshot(t, picture("kollus-login"))
	browser.Agree(t)
	if said := w.user.end(t, login).want(t, 0, "login").object(t); said["signed_in"] != true {
		t.Errorf("login says %v", said)
	}
	checkLanding(t, browser)
	held := tokensIn(t, w.keyring)

	first := w.user.do(t, "channels", "--json").object(t)
	channels, _ := first["channels"].([]any)
	if len(channels) == 0 || at(first, "total") != float64(72) {
		t.Fatalf("channels gives %d of %v", len(channels), first["total"])
	}
	channel, _ := channels[0].(map[string]any)
	if channel["title"] == "" || channel["on_air"] != false {
		t.Errorf("the first channel is %v", channel)
	}
	key, _ := channel["key"].(string)
	streamKey := w.do(t, atKollus(key))

	stats := w.user.do(t, "stats", "--channel", key, "--json").object(t)
	if summary, _ := stats["summary"].(map[string]any); len(summary) == 0 {
		t.Errorf("stats gives %v", stats)
	}
	if n := w.platform.all(t).Kollus.TooMany; n != 0 {
		t.Errorf("%d calls came too soon", n)
	}
	secrets := append(held, secret{"client secret", account.Secrets["client_secret"]}, secret{"stream key", streamKey})
	w.checkNothingLeaked(t, append(secrets, codesIn(t, browser)...))
}

// TestKollusByTokenSetsUpARealOBSWithAKeyFromTheConsole needs no browser: a Personal Access
// Token, and a channel whose answer has no stream key.
func TestKollusByTokenSetsUpARealOBSWithAKeyFromTheConsole(t *testing.T) {
	w := startStudio(t)
	account := w.platform.other(t, "personal_token")
	delete(account.Values, "base_url") // OAuth's, of no use with a token
	w.add(t, account, "personal_token", "--token-stdin")

	const channel = "pk1111live03"
	j := atKollus(channel)
	if j.console = account.Keys[channel]; j.console == "" {
		t.Fatalf("the simulated console has no key for %s", channel)
	}
	streamKey := w.do(t, j)

	// It was asked for once.
	w.user.do(t, "setup", "--channel", channel, "--json").object(t)
	if w.behind.Service(t).Key != streamKey {
		t.Error("the key given once is not used again")
	}
	w.restore(t)
	w.checkNothingLeaked(t, []secret{
		{"personal token", account.Secrets["personal_token"]}, {"stream key", streamKey},
	})
}

// nginxName is how many characters of a stream's name nginx keeps, with what is
// behind the "?"; a signed key is longer.
const nginxName = 255

// TestTencentFromAccountToARealStreamAndBack needs no sign-in: the secret key signs.
// The ingest asks nobody, for it could not hand the whole signature on.
func TestTencentFromAccountToARealStreamAndBack(t *testing.T) {
	w := startStudioWith(t, func(int) realparts.Hooks { return realparts.Hooks{} })
	account := w.platform.other(t, "secret_key")
	w.add(t, account, "secret_key")

	rooms, _ := w.user.do(t, "rooms", "--json").object(t)["rooms"].([]any)
	if len(rooms) == 0 {
		t.Fatal("rooms gives none")
	}
	most, _ := rooms[0].(map[string]any)
	id, _ := most["id"].(string)
	for i, one := range rooms {
		room, _ := one.(map[string]any)
		if room["id"] == "" || room["name"] == "" || room["owner"] == "" || room["viewers"] == nil {
			t.Errorf("room %d is %v", i, room)
		}
	}
	streamKey := w.do(t, job{
		pick: []string{"--room", id}, key: id + "?sdkappid=" + account.Values["sdkappid"], published: id,
		title: func(s worldState) string { return s.Tencent.Changed[id] },
	})
	_, sig, signed := strings.Cut(streamKey, "usersig=")
	if !signed {
		t.Fatal("the stream key is not signed")
	}
	_, sent, _ := strings.Cut(streamKey[:min(len(streamKey), nginxName)], "?")
	if !strings.Contains(w.ingest.Log.Text(), "args='"+sent+"'") {
		t.Error("OBS did not send the signature along")
	}
	if n := w.platform.all(t).Tencent.TooMany; n != 0 {
		t.Errorf("%d list calls came too often", n)
	}
	w.checkNothingLeaked(t, []secret{{"secret key", account.Secrets["secret_key"]}, {"usersig", sig}})
}
