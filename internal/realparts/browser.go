//go:build linux

package realparts

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browsers are the names Chromium goes by.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// stepTimeout bounds one step in the browser.
const stepTimeout = 30 * time.Second

// Browser is a Chromium without a screen, with a profile of its own.
type Browser struct {
	ctx context.Context

	mu        sync.Mutex // guards requested
	requested []string
}

// StartBrowser starts Chromium in a language, such as "ko" or "en".
func StartBrowser(t testing.TB, language string) *Browser {
	t.Helper()
	profile := folder(t)
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(browserPath(t)), chromedp.UserDataDir(profile),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("lang", language), chromedp.Flag("accept-lang", language),
		chromedp.WindowSize(1000, 800),
		chromedp.Env("HOME="+profile, "LANGUAGE="+language),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }),
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits until it has written its last files
		cancel()
		stop()
	})
	// The first run starts the browser, and must not carry the deadline of one
	// step: the browser would end with it.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	b := &Browser{ctx: ctx}
	err := chromedp.Listen(ctx, func(event any) {
		if sent, ok := event.(*network.EventRequestWillBeSent); ok {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.requested = append(b.requested, sent.Request.URL)
		}
	})
	if err != nil {
		t.Fatalf("listen to the browser: %v", err)
	}
	return b
}

// Requested are the addresses of all requests so far, with what passed by in
// redirects.
func (b *Browser) Requested() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.requested)
}

func browserPath(t testing.TB) string {
	t.Helper()
	if named := os.Getenv("CUELIGHT_BROWSER"); named != "" {
		return named
	}
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "chromium")
	return ""
}

// in runs one step in the browser and gives what it found.
func in[T any](t testing.TB, b *Browser, what string, action chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepTimeout)
	defer cancel()
	found, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatalf("%s in the browser: %v", what, err)
	}
	return found
}

// Open goes to an address and waits for the page.
func (b *Browser) Open(t testing.TB, address string) {
	t.Helper()
	in(t, b, "open the page", chromedp.Navigate(address))
}

// Choose clicks a streamer on the simulated login page.
func (b *Browser) Choose(t testing.TB, streamer string) {
	t.Helper()
	in(t, b, "choose "+streamer, chromedp.Click("#user-"+streamer, chromedp.NodeVisible))
}

// Agree lets the application in, and waits for the page one lands on.
func (b *Browser) Agree(t testing.TB) {
	t.Helper()
	b.leave(t, "#agree")
}

// Refuse turns the application away, and waits for the page one lands on.
func (b *Browser) Refuse(t testing.TB) {
	t.Helper()
	b.leave(t, "#refuse")
}

func (b *Browser) leave(t testing.TB, button string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepTimeout)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(button, chromedp.NodeVisible)); err != nil {
		t.Fatalf("click %s in the browser: %v", button, err)
	}
	in(t, b, "wait for the landing page", chromedp.WaitReady("body"))
}

// Address is what the address bar shows.
func (b *Browser) Address(t testing.TB) string {
	t.Helper()
	return in(t, b, "read the address", chromedp.Location())
}

// Text is what the page says.
func (b *Browser) Text(t testing.TB) string {
	t.Helper()
	return in(t, b, "read the page", chromedp.Text("body"))
}

// History are the addresses that the back and forward buttons lead through.
func (b *Browser) History(t testing.TB) []string {
	t.Helper()
	var addresses []string
	for _, entry := range in(t, b, "read the history", chromedp.NavigationEntries()).Entries {
		addresses = append(addresses, entry.URL)
	}
	return addresses
}

// Screenshot writes a PNG of the page.
func (b *Browser) Screenshot(t testing.TB, path string) {
	t.Helper()
	picture := in(t, b, "take a picture", chromedp.FullScreenshot(100))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}
