//go:build linux

package realparts

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// store puts a secret into a keyring over the bus, as any program would.
func store(t *testing.T, k *Keyring, name, value string) {
	t.Helper()
	conn := k.connect(t)
	session := open(t, conn.Object(secretsName, secretsPath))
	properties := map[string]dbus.Variant{
		secretsIface + "Item.Label":      dbus.MakeVariant(name),
		secretsIface + "Item.Attributes": dbus.MakeVariant(map[string]string{"name": name}),
	}
	var item, prompt dbus.ObjectPath
	collection := conn.Object(secretsName, "/org/freedesktop/secrets/aliases/default")
	err := collection.Call(secretsIface+"Collection.CreateItem", 0, properties,
		busSecret{session, nil, []byte(value), "text/plain"}, true).Store(&item, &prompt)
	if err != nil {
		t.Fatal(err)
	}
}

func TestAKeyringKeepsWhatIsStoredAndShowsIt(t *testing.T) {
	k := StartKeyring(t)
	if items := k.Items(t); len(items) != 0 {
		t.Fatalf("a new keyring holds %d items", len(items))
	}
	store(t, k, "practice", "a value")
	items := k.Items(t)
	if len(items) != 1 || items[0].Value != "a value" || items[0].Attributes["name"] != "practice" {
		t.Errorf("stored one item, read %d", len(items))
	}
	k.Replace(t, items[0], "another value")
	if items := k.Items(t); len(items) != 1 || items[0].Value != "another value" {
		t.Errorf("replaced one item, read %d", len(items))
	}
	k.Lock(t)
	if items := k.Items(t); len(items) != 0 {
		t.Errorf("a locked keyring shows %d items", len(items))
	}
}

func TestAHangingKeyringNeverAnswers(t *testing.T) {
	s := HangingKeyring(t)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	call := s.connect(t).Object(secretsName, secretsPath).
		CallWithContext(ctx, secretsIface+"Service.OpenSession", 0, "plain", dbus.MakeVariant(""))
	if call.Err == nil || ctx.Err() == nil {
		t.Errorf("it answered %v with error %v", call.Body, call.Err)
	}
}

func TestABareSessionOffersNothing(t *testing.T) {
	s := BareSession(t)
	err := s.connect(t).Object(secretsName, secretsPath).Call("org.freedesktop.DBus.Peer.Ping", 0).Err
	if err == nil {
		t.Error("somebody offers secrets on a bare bus")
	}
}

func TestTheIngestListens(t *testing.T) {
	i := StartIngest(t, Hooks{})
	if !strings.HasPrefix(i.URL, "rtmp://127.0.0.1:") {
		t.Errorf("streams go to %q", i.URL)
	}
}

func TestTheBrowserChoosesAndAgrees(t *testing.T) {
	landed := make(chan string, 1)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<!doctype html><form method=post action=/done>
<input type=radio name=user value=a id=user-a checked><input type=radio name=user value=b id=user-b>
<button id=agree name=decision value=agree>Agree</button><button id=refuse name=decision value=refuse>Refuse</button></form>`))
	})
	mux.HandleFunc("POST /done", func(w http.ResponseWriter, r *http.Request) {
		landed <- r.PostFormValue("user") + " " + r.PostFormValue("decision")
		_, _ = w.Write([]byte("<!doctype html><p>You may close this page</p>"))
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	b := StartBrowser(t, "en")
	for _, c := range []struct {
		leave func(testing.TB)
		want  string
	}{{b.Agree, "b agree"}, {b.Refuse, "b refuse"}} {
		b.Open(t, server.URL+"/login")
		b.Choose(t, "b")
		c.leave(t)
		if got := <-landed; got != c.want {
			t.Errorf("the server heard %q, want %q", got, c.want)
		}
	}
	if text := b.Text(t); !strings.Contains(text, "You may close") {
		t.Errorf("the landing page says %q", text)
	}
	if got := b.History(t); !slices.Contains(got, server.URL+"/login") || b.Address(t) != server.URL+"/done" {
		t.Errorf("history %v", got)
	}
	picture := filepath.Join(t.TempDir(), "page.png")
	b.Screenshot(t, picture)
	if raw, err := os.ReadFile(picture); err != nil || !strings.HasPrefix(string(raw), "\x89PNG") {
		t.Errorf("no picture: %v", err)
	}
}

func TestAProcessDiesWithItsChildren(t *testing.T) {
	p := Run(t, Command{Name: "sh", Args: []string{"-c", "sleep 300 & echo child $!; wait"}})
	var child int
	line := p.Stdout.Find(t, "child ", 5*time.Second)
	if _, err := fmt.Sscanf(line, "child %d", &child); err != nil {
		t.Fatal(err)
	}
	p.Kill()
	deadline := time.Now().Add(5 * time.Second)
	for alive(child) {
		if time.Now().After(deadline) {
			t.Fatal("its child lives on")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// alive reports whether a process runs; one that is dead and not yet collected
// by its parent does not.
func alive(pid int) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	return err == nil && !strings.Contains(string(stat), ") Z ") && syscall.Kill(pid, 0) == nil
}

func TestWhatAProcessSaysIsFoundOrItsEndNoticed(t *testing.T) {
	p := Run(t, Command{Name: "sh", Args: []string{"-c", "cat; echo said; exit 7"}, Stdin: "given\n"})
	p.Stdout.Find(t, "given", 5*time.Second)
	if code := p.Wait(t, 5*time.Second); code != 7 {
		t.Errorf("exit code %d", code)
	}
	if _, found := p.Stdout.find("never", time.Minute); found {
		t.Error("found what was never said")
	}
}
