package contract

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/providers"
	"cuelight/providers/sandbox"
)

// renewing runs a test on every platform whose tokens are refreshed.
func renewing(t *testing.T, test func(w *world, s providers.Session)) {
	t.Helper()
	for _, p := range platforms() {
		t.Run(p.name, func(t *testing.T) {
			if p.tokenPath == "" {
				t.Skipf("%s does not refresh tokens", p.name)
			}
			run(t, p, func(w *world) { test(w, w.signedIn()) })
		})
	}
}

func TestARejectedTokenIsReplacedOnceStoredAndThenUsed(t *testing.T) {
	renewing(t, func(w *world, s providers.Session) {
		before := w.token()
		w.platform.expire(w)
		if err := ask(w.t.Context(), s); err != nil {
			w.t.Fatal(err)
		}
		after := w.token()
		if after.Access.Equal(before.Access) || after.Refresh.Equal(before.Refresh) {
			w.t.Error("the token was not replaced")
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		events := slices.DeleteFunc(slices.Clone(w.events), func(e string) bool { return e == "set paced" })
		if len(events) != 4 || !strings.HasSuffix(events[1], w.platform.tokenPath) || events[2] != "set token" || events[3] != events[0] {
			w.t.Errorf("in this order: %q", events)
		}
	})
}

func TestTwoSessionsRefreshOnce(t *testing.T) {
	renewing(t, func(w *world, s providers.Session) {
		another := w.open()
		old := w.token().Access.Reveal()
		w.replyWith(func(r *http.Request) *http.Response {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			if !strings.Contains(r.Header.Get("Authorization")+string(body), old) {
				return nil
			}
			return respond(http.StatusUnauthorized, `{"error":"expired_token"}`)
		})
		var both sync.WaitGroup
		for _, each := range []providers.Session{s, another} {
			both.Go(func() {
				if err := ask(w.t.Context(), each); err != nil {
					w.t.Error(err)
				}
			})
		}
		both.Wait()
		if _, calls := w.sent(); calls != 1 {
			w.t.Errorf("the refresh token was sent %d times", calls)
		}
	})
}

func TestARefreshThatWasSentIsStoredWhoeverCancelsIt(t *testing.T) {
	renewing(t, func(w *world, s providers.Session) {
		before := w.token()
		w.platform.expire(w)
		w.fault(sandbox.Fault{Endpoint: strings.Trim(w.platform.tokenPath, "/"), Kind: "slow", DelayMS: 8000})
		ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Second)
		defer cancel()
		began := time.Now()
		if err := ask(ctx, s); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 5*time.Second {
			w.t.Errorf("%v after %s", err, time.Since(began))
		}
		if err := s.Close(); err != nil {
			w.t.Error(err)
		}
		if took := time.Since(began); took > 30*time.Second {
			w.t.Errorf("closing took %s", took)
		}
		after := w.token()
		if after.Refresh.Equal(before.Refresh) {
			w.t.Fatal("the rotated token was not stored")
		}
		if err := ask(w.t.Context(), w.open()); err != nil {
			w.t.Errorf("the next start: %v", err)
		}
		if _, calls := w.sent(); calls != 1 {
			w.t.Errorf("%d calls to the token endpoint", calls)
		}
	})
}

func TestATokenThatCannotBeStoredIsNotUsed(t *testing.T) {
	renewing(t, func(w *world, s providers.Session) {
		before := w.token()
		w.platform.expire(w)
		w.vault.fail.Store(true)
		err := ask(w.t.Context(), s)
		if err == nil {
			w.t.Error("an unstored token was used")
		}
		w.withoutSecrets("a keyring that fails", err)
		if calls, tokens := w.sent(); len(calls) != 1 || tokens != 1 {
			w.t.Errorf("%d calls, %d to the token endpoint", len(calls), tokens)
		}
		w.vault.fail.Store(false)
		if err := ask(w.t.Context(), s); err != nil || w.token().Refresh.Equal(before.Refresh) {
			w.t.Errorf("with the keyring back: %v", err)
		}
		if _, tokens := w.sent(); tokens != 1 {
			w.t.Errorf("the spent refresh token was sent again: %d calls", tokens)
		}
	})
}
