package sandbox_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"cuelight/providers"
	"cuelight/providers/kollus"
	"cuelight/providers/oauth"
	"cuelight/providers/sandbox"
)

// TestAPersonSignsInToKollusWithABrowser goes the whole way over the real
// network and in real time: listener, sign-in page, token, calls.
func TestAPersonSignsInToKollusWithABrowser(t *testing.T) {
	ctx := browser(t, "ko")
	s := open(t, sandbox.Options{})
	practice := s.Kollus(false)
	practice.Values["redirect_uri"] = "http://localhost:38117/callback"
	client := &http.Client{Transport: &http.Transport{}, Timeout: 15 * time.Second}
	defer client.CloseIdleConnections()
	opened, err := kollus.New().Open(
		s.Point(t.Context(), providers.Account{Platform: "kollus", Settings: practice.Values, Channel: kollusChannel}),
		providers.Environment{Vault: &providers.MemoryVault{Values: practice.Secrets}, HTTP: client})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	account := opened.(interface {
		providers.BrowserSignIn
		providers.Verifier
		providers.Ingester
		providers.TokenInfo
	})
	if err := account.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	state := oauth.NewState()
	request := account.SignInRequest(state)
	pending, err := oauth.Begin(t.Context(), request, state, oauth.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pending.Close() }()
	if err := chromedp.Do(ctx, chromedp.Navigate(request.URL), chromedp.Click("#agree", chromedp.NodeVisible)); err != nil {
		t.Fatal(err)
	}
	code, err := pending.Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := account.Exchange(t.Context(), providers.SignInRequest{}, code); err != nil {
		t.Fatal(err)
	}
	ingest, err := account.Ingest(t.Context())
	if err != nil || !ingest.Key.Equal(s.KollusKey(kollusChannel)) || ingest.Server != s.IngestURL(t.Context()) {
		t.Errorf("the ingest is %s, the creator's key: %t (%v)", ingest.Server, ingest.Key.Equal(s.KollusKey(kollusChannel)), err)
	}
	if seen, err := s.KollusState(t.Context()); err != nil || seen.TooMany != 0 || seen.Calls != 2 || seen.SignedIn != "operator" {
		t.Errorf("the platform saw %d calls, %d too soon, signed in %q (%v)", seen.Calls, seen.TooMany, seen.SignedIn, err)
	}
}
