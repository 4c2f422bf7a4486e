package sandbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"strings"

	"cuelight/internal/secret"
)

// addresses are remembered so that what was set up once, such as the server in
// OBS, is still valid the next time.
type addresses struct {
	Web    string `json:"web,omitempty"`
	Ingest string `json:"ingest,omitempty"`
}

func randomSeed() secret.Text { return secret.New(rand.Text() + rand.Text()) }

// listen opens the web side: where asked, or for port 0 where it was last time.
func (s *Server) listen(ctx context.Context) (net.Listener, error) {
	var last addresses
	if err := s.ports.View(ctx, func(a *addresses) { last = *a }); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	for _, address := range addressesToTry(s.options.Listen, last.Web) {
		listener, err := config.Listen(ctx, "tcp", address)
		if err != nil {
			if address == s.options.Listen {
				return nil, fmt.Errorf("open the sandbox: %w", err)
			}
			continue
		}
		err = s.ports.Update(ctx, func(a *addresses) error {
			// A second process beside the first must not take its place.
			if address == last.Web || a.Web == "" || !strings.HasSuffix(s.options.Listen, ":0") {
				a.Web = listener.Addr().String()
			}
			return nil
		})
		return listener, err
	}
	return nil, errors.New("open the sandbox: no address")
}

// addressesToTry returns the addresses to listen on: that of last time first,
// where the port does not matter.
func addressesToTry(asked, last string) []string {
	host, port, _ := net.SplitHostPort(asked)
	lastHost, _, err := net.SplitHostPort(last)
	if port == "0" && err == nil && lastHost == host {
		return []string{last, asked}
	}
	return []string{asked}
}

// IngestURL is where people stream to, in the platform's form: with the app,
// ending in "/".
func (s *Server) IngestURL(ctx context.Context) string {
	if s.options.IngestURL != "" {
		return s.options.IngestURL
	}
	return s.rtmp.url(ctx)
}
