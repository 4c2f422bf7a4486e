//go:build linux

package endtoend

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// streamer is the simulated streamer the tests sign in as.
const streamer = "soop1234"

// platform is the simulated SOOP, in a process of its own.
type platform struct {
	process *realparts.Process
	// owner runs it; not the user under test.
	owner *user
	url   string
	soop  string
	// The simulated application.
	clientID, clientSecret, redirect string
	// others are simulated accounts of the other platforms.
	others []sandboxAccount
}

// sandboxAccount is an account as adding one asks for it.
type sandboxAccount struct {
	Platform string            `json:"platform"`
	Values   map[string]string `json:"values"`
	Secrets  map[string]string `json:"secrets"`
	// Keys are stream keys, by channel, that only the console shows.
	Keys map[string]string `json:"keys"`
}

// startPlatform runs `cuelight sandbox` for somebody, at a port where an
// ingest may already expect it.
func startPlatform(t testing.TB, owner *user, port int, ingest string) *platform {
	t.Helper()
	args := []string{"sandbox", "--json", "--listen", "127.0.0.1:" + strconv.Itoa(port)}
	if ingest != "" {
		args = append(args, "--ingest", ingest)
	}
	p := &platform{owner: owner, process: owner.start(t, args...)}
	p.process.Stdout.Find(t, "accounts", 30*time.Second)
	waitFor(t, 10*time.Second, "the sandbox to say all", func() bool {
		return json.Valid([]byte(p.process.Stdout.Text()))
	})
	var place struct {
		URL          string `json:"url"`
		SOOP         string `json:"soop"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		RedirectURI  string `json:"redirect_uri"`
		Accounts     []sandboxAccount
	}
	if err := json.Unmarshal([]byte(p.process.Stdout.Text()), &place); err != nil {
		t.Fatalf("what the sandbox says of itself: %v\n%s", err, p.process.Stdout.Text())
	}
	p.url, p.soop, p.clientID = place.URL, place.SOOP, place.ClientID
	p.clientSecret, p.redirect = place.ClientSecret, place.RedirectURI
	p.others = place.Accounts
	return p
}

// streamerState is what the platform knows of a streamer.
type streamerState struct {
	UserID   string `json:"user_id"`
	Nick     string `json:"nick"`
	OnAir    bool   `json:"on_air"`
	Title    string `json:"title"`
	Category struct{ Number, Name string }
	Hashtags []string `json:"hashtags"`
}

// state asks the platform, past Cuelight's client.
func (p *platform) state(t testing.TB) streamerState {
	t.Helper()
	for _, s := range p.all(t).Streamers {
		if s.UserID == streamer {
			return s
		}
	}
	t.Fatalf("the platform does not know %s", streamer)
	return streamerState{}
}

// worldState is what all the simulated platforms know.
type worldState struct {
	Streamers []streamerState
	Calls     map[string]int
	Kollus    struct {
		TooMany int               `json:"too_many"`
		OnAir   map[string]string `json:"on_air"`
		Titles  map[string]string `json:"titles"`
	}
	CHZZK struct {
		Streamers []struct {
			Channel string `json:"channel_id"`
			OnAir   bool   `json:"on_air"`
			Setting struct {
				Title      string
				CategoryID string `json:"category_id"`
				Tags       []string
			}
			Tokens int
		}
	}
	Tencent struct {
		Changed map[string]string
		TooMany int `json:"too_many"`
	}
}

func (p *platform) all(t testing.TB) (all worldState) {
	t.Helper()
	if err := json.Unmarshal([]byte(p.ask(t, http.MethodGet, "/sandbox/state", "")), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// spoil makes the platform answer one endpoint wrongly: see its faults.
func (p *platform) spoil(t testing.TB, fault string) {
	t.Helper()
	p.ask(t, http.MethodPost, "/sandbox/faults", fault)
}

// heal ends all faults.
func (p *platform) heal(t testing.TB) {
	t.Helper()
	p.ask(t, http.MethodDelete, "/sandbox/faults", "")
}

// calls counts the calls of an endpoint of SOOP's dialect so far.
func (p *platform) calls(t testing.TB, endpoint string) int {
	t.Helper()
	return p.all(t).Calls[endpoint]
}

func (p *platform) ask(t testing.TB, method, path, body string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, p.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		t.Fatalf("%s %s: %s %v: %s", method, path, answer.Status, err, text)
	}
	return string(text)
}

// addAccount adds an account of the platform for a user.
func (p *platform) addAccount(t testing.TB, u *user, more ...string) {
	t.Helper()
	args := append([]string{
		"account", "add", "soop", "--name", "me", "--client-id", p.clientID,
		"--base-url", p.soop, "--redirect-uri", p.redirect,
	}, more...)
	u.runWith(t, p.clientSecret+"\n", args...).want(t, 0, args...)
}

// signIn signs a user in with the browser, and gives what login said.
func (p *platform) signIn(t testing.TB, u *user, b *realparts.Browser) result {
	t.Helper()
	login := u.start(t, "login", "--no-browser", "--json")
	b.Open(t, openLine(t, login))
	b.Choose(t, streamer)
	b.Agree(t)
	return u.end(t, login).want(t, 0, "login")
}

// startPlain starts a platform for tests that need no OBS and no browser, and
// a user with a keyring and an account.
func startPlain(t testing.TB) (*platform, *user, *realparts.Keyring) {
	t.Helper()
	k := realparts.StartKeyring(t)
	owner := newUser(t, realparts.StartKeyring(t).Session)
	p := startPlatform(t, owner, realparts.FreePort(t), "")
	u := newUser(t, k.Session)
	p.addAccount(t, u)
	return p, u, k
}

// byNumber signs in with the number of the mobile app, which needs no browser.
func (p *platform) byNumber(t testing.TB, u *user) {
	t.Helper()
	u.do(t, "login", "--number", "111111")
}
