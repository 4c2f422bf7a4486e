//go:build linux

package realparts

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// rtmpModules are the places where distributions put nginx's RTMP module.
var rtmpModules = []string{
	"/usr/lib/nginx/modules/ngx_rtmp_module.so", "/usr/lib64/nginx/modules/ngx_rtmp_module.so",
	"/usr/share/nginx/modules/ngx_rtmp_module.so",
}

const nginxConfig = `load_module %[1]s;
daemon off;
master_process off;
pid nginx.pid;
error_log stderr info;
events { worker_connections 64; }
rtmp {
	access_log off;
	server {
		listen 127.0.0.1:%[2]d;
		ping 10s;
		application app { live on; %[3]s }
		application relay { live on; %[3]s }
	}
}
`

// Ingest is nginx taking RTMP streams, with a log of who publishes.
type Ingest struct {
	// URL is where to stream to: the server that OBS is given. Relay is another
	// application of the same server, as CHZZK has it.
	URL, Relay string

	Port int
	// Log has a line with publish: name='KEY' for each stream that begins, and
	// one with deleteStream or disconnect for each that ends.
	Log     *Lines
	process *Process
	command Command
}

// Hooks are http addresses that nginx calls; empty ones it does not.
type Hooks struct {
	// OnPublish is asked whether a stream may begin; any status but 2xx is no.
	OnPublish string
	// OnPublishDone is told that one has ended.
	OnPublishDone string
}

func (h Hooks) config() string {
	var lines strings.Builder
	for name, address := range map[string]string{"on_publish": h.OnPublish, "on_publish_done": h.OnPublishDone} {
		if address != "" {
			fmt.Fprintf(&lines, "%s %s; ", name, address)
		}
	}
	return lines.String()
}

// StartIngest starts nginx.
func StartIngest(t testing.TB, hooks Hooks) *Ingest {
	t.Helper()
	Need(t, "nginx")
	dir, port := folder(t), FreePort(t)
	config := fmt.Sprintf(nginxConfig, rtmpModule(t), port, hooks.config())
	for _, sub := range []string{"logs", "body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	i := &Ingest{
		URL: fmt.Sprintf("rtmp://127.0.0.1:%d/app", port), Relay: fmt.Sprintf("rtmp://127.0.0.1:%d/relay", port), Port: port,
		command: Command{Name: "nginx", Args: []string{"-p", dir, "-c", "nginx.conf", "-e", "stderr"}},
	}
	i.Start(t)
	return i
}

// Start starts it again after Kill, with a new log.
func (i *Ingest) Start(t testing.TB) {
	t.Helper()
	i.process = Run(t, i.command)
	i.Log = i.process.Stderr
	i.waitListening(t)
}

func (i *Ingest) waitListening(t testing.TB) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(i.Port)))
		if err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-i.process.ended:
			t.Fatalf("nginx ended: %s", i.Log.Text())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("nginx does not listen: %v: %s", err, i.Log.Text())
		}
	}
}

// WaitPublished waits until a stream with the key has begun. The key is not
// printed where it has not: the message shows the masked line instead.
func (i *Ingest) WaitPublished(t testing.TB, key string, timeout time.Duration) {
	t.Helper()
	if _, ok := i.Log.find("publish: name='"+key+"'", timeout); !ok {
		t.Fatalf("no stream with the key began within %v; %d with another name did", timeout, len(i.Published()))
	}
}

var published = regexp.MustCompile(`publish: name='([^']*)'`)

// Published lists the keys under which something was published so far, oldest
// first.
func (i *Ingest) Published() []string {
	var keys []string
	for _, m := range published.FindAllStringSubmatch(i.Log.Text(), -1) {
		keys = append(keys, m[1])
	}
	return keys
}

// Kill ends the ingest as a crash would.
func (i *Ingest) Kill() { i.process.Kill() }

func rtmpModule(t testing.TB) string {
	t.Helper()
	for _, path := range rtmpModules {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	missing(t, "nginx's RTMP module")
	return ""
}

// FreePort gives a port of loopback that nobody listens on.
func FreePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
