package obslink_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/app/obslink"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/obs/link"
	"cuelight/obs/obssim"
	"cuelight/providers"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	native  = "/home/u/.config/obs-studio"
	flatpak = "/home/u/.var/app/com.obsproject.Studio/config/obs-studio"
	newer   = "/plugin_config/obs-websocket/config.json"
)

// settings are what an OBS keeps of its websocket server.
func settings(port int, password string) string {
	return fmt.Sprintf(`{"server_enabled":true,"server_port":%d,"auth_required":true,"server_password":%q}`, port, password)
}

// memory is a vault.
type memory struct {
	mu    sync.Mutex
	items map[string]secret.Text
}

func (m *memory) Get(_ context.Context, name string) (secret.Text, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if value, ok := m.items[name]; ok {
		return value, nil
	}
	return secret.Text{}, providers.ErrNoSecret
}

func (m *memory) Set(_ context.Context, name string, value secret.Text) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[name] = value
	return nil
}

func (m *memory) Delete(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.items, name)
	return nil
}

// file is a settings file of OBS.
type file struct{ name, text string }

// connect makes a Connection on a machine with these settings files, the one that
// was written last first.
func connect(t *testing.T, vault *memory, password string, files ...file) *obslink.Connection {
	t.Helper()
	now := time.Now()
	find := func(name string) int {
		for i, f := range files {
			if f.name == filepath.ToSlash(name) {
				return i
			}
		}
		return -1
	}
	c := obslink.New(obslink.Options{
		Password: secret.New(password), Vault: vault, Emit: func(...state.Event) {}, Err: func() error { return nil },
		Configured: func() (string, bool) { return "", false },
		Places: func() discovery.Places {
			return discovery.Places{
				OS: "linux", Home: "/home/u", Env: func(string) string { return "" },
				Exists:   func(string) bool { return false },
				LookPath: func(string) (string, error) { return "", fs.ErrNotExist },
				Modified: func(name string) time.Time { return now.Add(-time.Duration(find(name)) * time.Second) },
				ReadFile: func(name string) ([]byte, error) {
					if i := find(name); i >= 0 {
						return []byte(files[i].text), nil
					}
					return nil, fs.ErrNotExist
				},
			}
		},
	})
	t.Cleanup(c.Close)
	return c
}

// running starts an OBS with a password and gives its port.
func running(t *testing.T, password string) int {
	t.Helper()
	o, err := obssim.New(obssim.Options{Password: secret.New(password)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Close)
	return o.Endpoint().Port
}

// unused is a port that nobody listens on.
func unused(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port
}

func TestEverySettingsFileIsTriedBeforeAnybodyIsAsked(t *testing.T) {
	port, gone := running(t, "right"), unused(t)
	ini := fmt.Sprintf("[OBSWebSocket]\nServerEnabled=true\nServerPort=%d\nServerPassword=right\n", port)
	item := "obs/password/localhost:" + strconv.Itoa(port)
	for name, c := range map[string]struct {
		kept  string
		files []file
	}{
		"a stale native one beside a running Flatpak's": {files: []file{
			{native + newer, settings(gone, "stale")}, {flatpak + newer, settings(port, "right")},
		}},
		"a config.json left by a newer OBS beside a running older one": {files: []file{
			{native + newer, settings(gone, "stale")}, {native + "/global.ini", ini},
		}},
		"an older password in the fresher file": {files: []file{
			{native + newer, settings(port, "older")}, {flatpak + newer, settings(port, "right")},
		}},
		"an empty config.json and a good global.ini":    {files: []file{{native + newer, ""}, {native + "/global.ini", ini}}},
		"a broken config.json and a good global.ini":    {files: []file{{native + newer, "{"}, {native + "/global.ini", ini}}},
		"a password in the keyring that was changed":    {kept: "older", files: []file{{native + newer, settings(port, "right")}}},
		"a password in the keyring, older ones on disk": {kept: "right", files: []file{{native + newer, settings(port, "older")}}},
	} {
		t.Run(name, func(t *testing.T) {
			vault := &memory{items: map[string]secret.Text{}}
			if c.kept != "" {
				vault.items[item] = secret.New(c.kept)
			}
			client, err := connect(t, vault, "", c.files...).Client(t.Context())
			if err != nil {
				t.Fatalf("a command: %v", err)
			}
			if _, err := client.Version(t.Context()); err != nil {
				t.Error(err)
			}
			wantLinked(t, connect(t, vault, "", c.files...))
		})
	}
}

// wantLinked wants the lasting link to get in without a word about a password.
func wantLinked(t *testing.T, c *obslink.Connection) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	connected := false
	c.Run(ctx, func(e link.Event, _ obslink.Place) {
		switch e.Kind {
		case link.Connected:
			connected = true
			cancel()
		case link.Stopped:
			t.Errorf("a window asks for the password: %v", e.Err)
			cancel()
		}
	})
	if !connected {
		t.Error("a window does not get in")
	}
}

func TestAPasswordThatIsGivenIsForTheOBSThatRefused(t *testing.T) {
	port := running(t, "right")
	vault := &memory{items: map[string]secret.Text{}}
	files := []file{{native + newer, settings(unused(t), "stale")}, {flatpak + newer, settings(port, "older")}}
	c := connect(t, vault, "", files...)
	if _, err := c.Client(t.Context()); !errors.Is(err, obs.ErrPassword) {
		t.Fatalf("got %v", err)
	}
	if err := c.SetPassword(t.Context(), secret.New("\ufeffright\r\n")); err != nil {
		t.Fatal(err)
	}
	if got := vault.items["obs/password/localhost:"+strconv.Itoa(port)]; got.Reveal() != "right" {
		t.Errorf("kept %q of %v", got.Reveal(), vault.items)
	}
	if _, err := c.Client(t.Context()); err != nil {
		t.Error(err)
	}
}

// A wrong one used to be kept, and told of at the next start.
func TestAWrongPasswordIsToldAtOnceAndNotKept(t *testing.T) {
	port := running(t, "right")
	item := "obs/password/localhost:" + strconv.Itoa(port)
	vault := &memory{items: map[string]secret.Text{item: secret.New("right")}}
	c := connect(t, vault, "", file{native + newer, settings(port, "older")})
	if _, err := c.Client(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.SetPassword(t.Context(), secret.New("wrong")); !errors.Is(err, obs.ErrPassword) {
		t.Errorf("got %v", err)
	}
	if !vault.items[item].Equal(secret.New("right")) {
		t.Error("the right password is gone")
	}
}

func TestAPasswordOfTheEnvironmentMayEndInALineEnd(t *testing.T) {
	port := running(t, "right")
	c := connect(t, &memory{}, "right\r", file{native + newer, settings(port, "older")})
	if _, err := c.Client(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestWhatIsInTheWayOfOBSIsTold(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	port := silent.Addr().(*net.TCPAddr).Port
	_, err = connect(t, &memory{}, "", file{native + newer, settings(port, "p")}).Client(t.Context())
	if !errors.Is(err, obs.ErrSilent) || !errors.Is(err, obs.ErrUnreachable) {
		t.Errorf("what listens and says nothing: %v", err)
	}
	off := `{"server_enabled":false,"server_port":4455}`
	_, err = connect(t, &memory{}, "", file{flatpak + newer, off}, file{native + newer, settings(unused(t), "p")}).Client(t.Context())
	var lost *obslink.NotFoundError
	if !errors.As(err, &lost) || lost.Finding.Reason != discovery.ServerOff {
		t.Errorf("an OBS whose server was switched off later: %v", err)
	}
}
