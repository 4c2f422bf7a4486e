package oauth

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// authority is an authorisation server that spends each refresh token once.
type authority struct {
	*httptest.Server
	rotate bool
	// answer, where set, replaces everything.
	answer func(w http.ResponseWriter, r *http.Request) bool

	calls, issued atomic.Int64
	mu            sync.Mutex
	live          map[string]bool
	styles        []string
}

func newAuthority(t *testing.T, rotate bool) *authority {
	t.Helper()
	a := &authority{rotate: rotate, live: map[string]bool{"refresh-0": true}}
	a.Server = httptest.NewServer(http.HandlerFunc(a.token))
	t.Cleanup(a.Close)
	return a
}

func (a *authority) token(w http.ResponseWriter, r *http.Request) {
	a.calls.Add(1)
	if a.answer != nil && a.answer(w, r) {
		return
	}
	_ = r.ParseForm()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.styles = append(a.styles, r.Header.Get("Authorization")+"|"+r.PostForm.Get("client_secret"))
	// The label that x/oauth2 would read as a query string.
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if r.PostForm.Get("grant_type") == "refresh_token" && !a.live[r.PostForm.Get("refresh_token")] {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error":"invalid_grant","error_description":"Invalid refresh token %s"}`, r.PostForm.Get("refresh_token"))
		return
	}
	if r.PostForm.Get("grant_type") == "authorization_code" && r.PostForm.Get("code") != "good-code" {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"error":"invalid_grant","error_description":"Authorization code doesn't exist"}`)
		return
	}
	n := a.issued.Add(1)
	refresh := ""
	if a.rotate || r.PostForm.Get("grant_type") == "authorization_code" {
		delete(a.live, r.PostForm.Get("refresh_token"))
		a.live[fmt.Sprintf("refresh-%d", n)] = true
		refresh = fmt.Sprintf(`,"refresh_token":"refresh-%d"`, n)
	}
	fmt.Fprintf(w, `{"access_token":"access-%d","expires_in":"28800","token_type":"Bearer","scope":null%s}`, n, refresh)
}

// clock is moved by hand.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC).UnixNano())
	return c
}
func (c *clock) now() time.Time          { return time.Unix(0, c.at.Load()).UTC() }
func (c *clock) forward(d time.Duration) { c.at.Add(int64(d)) }

// source makes one "process" over a vault.
func source(t *testing.T, a *authority, v providers.Vault, c *clock) *Source {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}, Timeout: 5 * time.Second}
	s := NewSource(Config{
		Vault: v, Now: c.now,
		Endpoint: Endpoint{TokenURL: a.URL, ClientID: "id", RedirectURI: "http://localhost:1/cb", HTTP: client},
	})
	t.Cleanup(func() {
		_ = s.Close()
		client.CloseIdleConnections()
	})
	return s
}

// put stores a token that ends after life.
func put(t *testing.T, v *memoryVault, c *clock, life time.Duration) {
	t.Helper()
	err := save(context.Background(), v, Token{
		Access: secret.New("access-0"), Refresh: secret.New("refresh-0"), Type: "Bearer", Scope: "broad_rtmp",
		Issued: c.now().Add(life - 8*time.Hour), Expires: c.now().Add(life),
	})
	if err != nil {
		t.Fatal(err)
	}
}
