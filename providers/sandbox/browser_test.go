package sandbox_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox"
)

// browser starts a real Chromium, in a language.
func browser(t *testing.T, language string) context.Context {
	t.Helper()
	path := real(t, "chromium")
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.Flag("accept-lang", language), chromedp.Flag("lang", language),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); end() })
	// The first run starts the browser and must not have a deadline: the
	// browser would end with it.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, late := context.WithTimeout(ctx, 60*time.Second)
	t.Cleanup(late)
	return ctx
}

func TestAPersonClicksThroughTheLoginPage(t *testing.T) {
	ctx := browser(t, "en-US")
	landed := make(chan url.Values, 4)
	back := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/callback" {
			if r.Referer() != "" {
				t.Errorf("the page told where it came from: %s", r.Referer())
			}
			landed <- r.URL.Query()
		}
		_, _ = w.Write([]byte("<p id=back>back</p>"))
	}))
	defer back.Close()
	app := sandbox.Client{ID: "clicked", Secret: secret.New("clicked-secret"), RedirectURI: back.URL + "/callback"}
	s := open(t, sandbox.Options{Clients: []sandbox.Client{app}})
	start := s.URL() + "/soop/auth/code?client_id=clicked"

	if err := chromedp.Do(ctx, chromedp.Navigate(start)); err != nil {
		t.Fatal(err)
	}
	if heading, err := chromedp.Run(ctx, chromedp.Text("h1")); err != nil || heading != "Sign in to SOOP" {
		t.Errorf("the heading is %q, %v", heading, err)
	}
	err := chromedp.Do(ctx, chromedp.Click("#user-baekhogu", chromedp.NodeVisible),
		chromedp.Click("#agree", chromedp.NodeVisible), chromedp.WaitVisible("#back"))
	if err != nil {
		t.Fatal(err)
	}
	agreed := <-landed
	pair := askJSON(t, http.MethodPost, s.URL()+"/soop/auth/token", form("grant_type", "authorization_code",
		"client_id", "clicked", "client_secret", "clicked-secret", "code", agreed.Get("code")))
	access, _ := pair["access_token"].(string)
	station := session{t, s, s.URL() + "/soop", access}.data("user/stationinfo")
	if station["user_nick"] != "백호구" {
		t.Errorf("signed in as %v", station["user_nick"])
	}

	err = chromedp.Do(ctx, chromedp.Navigate(start), chromedp.Click("#refuse", chromedp.NodeVisible), chromedp.WaitVisible("#back"))
	if err != nil {
		t.Fatal(err)
	}
	if refused := <-landed; refused.Get("error") != "access_denied" || refused.Has("code") {
		t.Errorf("refusing comes back with %v", refused)
	}
}

func TestAPracticeOverlayMovesInABrowser(t *testing.T) {
	ctx := browser(t, "ko")
	s := open(t, sandbox.Options{})
	address := signIn(t, s, "/soop").data("aqua/component/get", "component_type", "chat")["component_url"].(string)
	if err := chromedp.Do(ctx, chromedp.Navigate(address), chromedp.WaitVisible("#chat p:nth-child(4)")); err != nil {
		t.Fatal(err)
	}
	if first, err := chromedp.Run(ctx, chromedp.Text("#chat p:first-child")); err != nil || first == "" {
		t.Errorf("the chat says %q, %v", first, err)
	}
}
