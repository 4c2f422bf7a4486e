// Package pictures fetches the small pictures of a platform, such as thumbnails and
// portraits: into memory, bounded in time and size, never to disk, and never from
// this machine or its network.
package pictures

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// MaxSize is the largest file that is taken, in bytes.
const MaxSize = 2 << 20

// fetchTimeout bounds one fetch with all its redirects.
const fetchTimeout = 10 * time.Second

// Fetcher fetches pictures over HTTP. It is safe for concurrent use.
type Fetcher struct{ client *http.Client }

// NewFetcher makes one that keeps no cookies and follows few redirects. Addresses that
// allowed refuses are not connected to, whatever name or redirect led there; nil
// stands for Public.
func NewFetcher(allowed func(netip.Addr) bool) *Fetcher {
	if allowed == nil {
		allowed = Public
	}
	return &Fetcher{&http.Client{
		Transport: transport(allowed),
		Timeout:   fetchTimeout,
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) >= 3 {
				return errors.New("too many redirects")
			}
			return nil
		},
	}}
}

// Fetch gives the file at a web address. Errors hold no address: it may be private.
func (f *Fetcher) Fetch(ctx context.Context, address string) ([]byte, error) {
	at, err := url.Parse(address)
	if err != nil || at.Scheme != "http" && at.Scheme != "https" {
		return nil, errors.New("not the address of a picture")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, errors.New("not the address of a picture")
	}
	req.Header.Set("Accept", "image/webp,image/jpeg,image/png,image/gif")
	answer, err := f.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, errors.New("the picture could not be fetched")
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP %d", answer.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	if len(data) > MaxSize {
		return nil, errors.New("the picture is too large")
	}
	return data, nil
}
