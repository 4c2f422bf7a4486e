package httpcall

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWhatGoesWrongOnTheWayIsToldWithoutTheAddress(t *testing.T) {
	stop := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "https://elsewhere.example/login?secret=1", http.StatusFound)
		case "/cut":
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
		case "/slow":
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		case "/busy":
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = io.WriteString(w, `{"message":"Too Many Attempts. the-secret-value"}`)
		}
	}))
	defer server.Close()
	defer close(stop)
	c := New(nil, 5*time.Second)
	defer c.Close()
	do := func(address string) error {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		r, err := c.Do(ctx, Request{
			Op: "op", Method: http.MethodGet, URL: address + "?token=the-secret-value", Secrets: []secret.Text{secret.New("the-secret-value")},
		})
		if err != nil {
			return err
		}
		if fault := r.ServiceError(); fault != nil {
			return fault
		}
		return nil
	}
	for address, want := range map[string]struct {
		kind   error
		reason string
	}{
		server.URL + "/moved": {providers.ErrBadAnswer, "answer.moved"},
		server.URL + "/cut":   {providers.ErrUnreachable, "answer.cut"},
		server.URL + "/slow":  {providers.ErrUnreachable, ""},
		server.URL + "/busy":  {providers.ErrTooFrequent, "platform.too_frequent"},
		"http://127.0.0.1:1/": {providers.ErrUnreachable, ""},
		"http://[::1":         {providers.ErrUsage, "base_url.invalid"},
	} {
		err := do(address)
		e, _ := errors.AsType[*providers.Error](err)
		if e == nil || !errors.Is(err, want.kind) || e.Reason != want.reason {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error says %v", address, err)
		}
		if e.Reason == "platform.too_frequent" && e.RetryAfter != 7*time.Second {
			t.Errorf("to wait %s", e.RetryAfter)
		}
	}
}
