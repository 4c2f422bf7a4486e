//go:build linux

package realobs

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Ingest is an nginx with its RTMP module: an ingest that takes every key and
// writes down which.
type Ingest struct {
	// Server is the address for OBS, without a key.
	Server string

	folder string
	nginx  *process
}

// rtmpModules are where distributions put the module.
var rtmpModules = []string{
	"/usr/lib/nginx/modules/ngx_rtmp_module.so",
	"/usr/lib64/nginx/modules/ngx_rtmp_module.so",
	"/usr/share/nginx/modules/ngx_rtmp_module.so",
}

func rtmpModule() (string, bool) {
	for _, path := range rtmpModules {
		if _, err := os.Stat(path); err == nil {
			return path, true
		}
	}
	return "", false
}

// IngestForTest starts an ingest for a test; absence is handled as in ForTest.
func IngestForTest(t *testing.T) *Ingest {
	t.Helper()
	_, lookErr := exec.LookPath("nginx")
	if _, ok := rtmpModule(); !ok || lookErr != nil {
		if os.Getenv("CUELIGHT_REAL") == "1" {
			t.Fatal("real parts are demanded and nginx with its RTMP module is missing")
		}
		t.Skip("needs nginx with its RTMP module")
	}
	i, err := StartIngest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(i.Stop)
	return i
}

// StartIngest runs one on a free loopback port.
func StartIngest(ctx context.Context) (*Ingest, error) {
	module, ok := rtmpModule()
	if !ok {
		return nil, fmt.Errorf("%w: nginx's RTMP module", ErrAbsent)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "real-ingest-")
	if err != nil {
		return nil, err
	}
	i := &Ingest{Server: fmt.Sprintf("rtmp://127.0.0.1:%d/app", port), folder: folder}
	if err := i.start(ctx, module, port); err != nil {
		i.Stop()
		return nil, err
	}
	return i, nil
}

func (i *Ingest) start(ctx context.Context, module string, port int) error {
	text := fmt.Sprintf(`load_module %s;
daemon off;
master_process off;
pid %s/nginx.pid;
error_log %s/error.log info;
events { worker_connections 64; }
rtmp { server { listen 127.0.0.1:%d; application app { live on; } } }
`, module, i.folder, i.folder, port)
	file := filepath.Join(i.folder, "nginx.conf")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return err
	}
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + i.folder}
	p, err := run(filepath.Join(i.folder, "output.log"), env, "nginx", "-p", i.folder, "-c", file)
	if err != nil {
		return err
	}
	i.nginx = p
	return i.waitOpen(ctx, net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
}

func (i *Ingest) waitOpen(ctx context.Context, address string) error {
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); {
		conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-i.nginx.ended:
			out, _ := os.ReadFile(filepath.Join(i.folder, "output.log"))
			return fmt.Errorf("nginx ended: %s", out)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("nginx does not listen on %s", address)
}

var publish = regexp.MustCompile(`publish: name='([^']*)'`)

// Published lists the keys under which something was published so far, oldest
// first.
func (i *Ingest) Published() []string {
	raw, _ := os.ReadFile(filepath.Join(i.folder, "error.log"))
	var keys []string
	for line := range strings.Lines(string(raw)) {
		if m := publish.FindStringSubmatch(line); m != nil {
			keys = append(keys, m[1])
		}
	}
	return keys
}

// Kill ends it as an outage does; Stop is still needed.
func (i *Ingest) Kill() { i.nginx.kill() }

// Stop ends it and removes what was made.
func (i *Ingest) Stop() {
	i.nginx.kill()
	_ = os.RemoveAll(i.folder)
}
