package pictures

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestAFileIsFetchedWhole(t *testing.T) {
	want := bytes.Repeat([]byte("p"), MaxSize)
	base := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(want) })
	got, err := NewFetcher(Anywhere).Fetch(t.Context(), base+"/a.png")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
}

func TestWhatIsNoPictureOrTooLargeIsRefused(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"missing":   http.NotFound,
		"too large": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, MaxSize+1)) },
		"a circle": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		},
	} {
		t.Run(name, func(t *testing.T) {
			base := serve(t, handler)
			got, err := NewFetcher(Anywhere).Fetch(t.Context(), base+"/secret-path")
			if err == nil || got != nil {
				t.Fatalf("got %d bytes", len(got))
			}
			if strings.Contains(err.Error(), "secret-path") || strings.Contains(err.Error(), base) {
				t.Errorf("the error holds the address: %v", err)
			}
		})
	}
}

func TestOnlyWebAddressesAreFetched(t *testing.T) {
	for _, address := range []string{"", "file:///etc/passwd", "data:image/png;base64,AAAA", "ftp://127.0.0.1/a", ":::"} {
		if got, err := NewFetcher(Anywhere).Fetch(t.Context(), address); err == nil {
			t.Errorf("%q gave %d bytes", address, len(got))
		}
	}
}

func TestACancelledFetchSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	base := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := NewFetcher(Anywhere).Fetch(ctx, base); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
