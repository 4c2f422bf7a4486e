//go:build linux

package endtoend

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// TestAStrangersPageAnswersNoSignIn: pictures, frames, scripts and prefetches of a
// page that is open beside it used to answer a pending sign-in, with the page's own
// code.
func TestAStrangersPageAnswersNoSignIn(t *testing.T) {
	p, u, _ := startPlain(t)
	b := realparts.StartBrowser(t, "en")
	login := u.start(t, "login", "--no-browser", "--json")
	address := openLine(t, login)
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprintf(w, `<!doctype html><link rel="prefetch" href="%[1]s?code=stranger-prefetch"><body>
<img src="%[1]s?code=stranger-picture"><iframe src="%[1]s?code=stranger-frame"></iframe>
<script>fetch("%[1]s?code=stranger-script", {mode: "no-cors"})</script></body>`, p.redirect)
	}))
	t.Cleanup(stranger.Close)
	b.Open(t, stranger.URL)
	waitFor(t, 20*time.Second, "the page to try", func() bool {
		tried := strings.Join(b.Requested(), "\n")
		return strings.Contains(tried, "stranger-picture") && strings.Contains(tried, "stranger-frame") && strings.Contains(tried, "stranger-script")
	})
	time.Sleep(time.Second) // for the answers, and the prefetch that comes when the browser is idle
	if n := p.calls(t, "POST auth/token"); n != 0 {
		t.Fatalf("a stranger's code was sent to the platform %d times", n)
	}
	b.Open(t, address)
	b.Choose(t, streamer)
	b.Agree(t)
	u.end(t, login).want(t, 0, "login")
	checkLanding(t, b)
	if n := p.calls(t, "POST auth/token"); n != 1 {
		t.Errorf("a code was sent to the platform %d times", n)
	}
}

// TestABrowserInTheForegroundHoldsNoSignInUp: xdg-open may become the browser, which
// ends when the user closes it.
func TestABrowserInTheForegroundHoldsNoSignInUp(t *testing.T) {
	_, u, _ := startPlain(t)
	b := realparts.StartBrowser(t, "en")
	dir := t.TempDir()
	started := filepath.Join(dir, "started")
	script := "#!/bin/sh\necho $$ > '" + started + "'\nexec sleep 300\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	u.env = append(u.env, "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	login := u.start(t, "login", "--json")
	address := openLine(t, login)
	var browser int
	waitFor(t, 20*time.Second, "the browser to be started", func() bool {
		text, err := os.ReadFile(started)
		if err == nil {
			browser, err = strconv.Atoi(strings.TrimSpace(string(text)))
		}
		return err == nil
	})
	t.Cleanup(func() { _ = syscall.Kill(browser, syscall.SIGKILL) })
	b.Open(t, address)
	b.Choose(t, streamer)
	began := time.Now()
	b.Agree(t)
	u.end(t, login).want(t, 0, "login")
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("the sign-in took %v after the user agreed", took)
	}
	if err := syscall.Kill(browser, 0); err != nil {
		t.Errorf("the user's browser was ended: %v", err)
	}
}
