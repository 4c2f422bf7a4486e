// Package httpcall makes the HTTP calls of the platforms that speak JSON. It
// recognises responses that are not the platform's own (a proxy's page, a
// redirect, a server error) and reports them as *providers.Error.
//
// Redirects are not followed and cookies not kept: both could carry a token to
// another address. No error holds an address, for addresses can hold secrets.
package httpcall

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/oauth"
)

// MaxBody bounds an answer, in bytes. The largest real ones are below 100 KiB, and
// what is made of one in memory may be many times its size.
const MaxBody = 1 << 20

// Client makes calls, each with a timeout.
type Client struct {
	http         http.Client
	ownTransport *http.Transport // nil where the caller supplied a client
	now          func() time.Time
}

// New wraps the program's HTTP client, or makes one where shared is nil. timeout
// bounds one call of the latter, reading the body included.
func New(shared *http.Client, timeout time.Duration) *Client {
	c := &Client{now: time.Now}
	if shared != nil {
		c.http = *shared
	} else {
		c.ownTransport = &http.Transport{
			Proxy:             http.ProxyFromEnvironment,
			DialContext:       (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			ForceAttemptHTTP2: true,
			MaxIdleConns:      8,
			// Shorter than any server keeps a connection: a POST on one that the
			// server is closing fails, and may not be sent again by itself.
			IdleConnTimeout:       4 * time.Second,
			TLSHandshakeTimeout:   10 * time.Second,
			ExpectContinueTimeout: time.Second,
		}
		c.http = http.Client{Transport: c.ownTransport, Timeout: timeout}
	}
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.http.Jar = nil
	return c
}

// HTTP returns the underlying client, for packages such as oauth that make their
// own requests.
func (c *Client) HTTP() *http.Client { return &c.http }

// Close closes idle connections.
func (c *Client) Close() {
	if c.ownTransport != nil {
		c.ownTransport.CloseIdleConnections()
	}
}

// Request is one request.
type Request struct {
	// Op names the call in errors, in the platform's own term.
	Op          string
	Method, URL string
	Header      http.Header
	Body        string
	// Secrets are the secrets in the request. They are masked in the platform's
	// messages.
	Secrets []secret.Text
}

// Do makes a call and reads the whole answer. It fails with *providers.Error of
// kind ErrUnreachable, or ErrUsage where the address is none.
func (c *Client) Do(ctx context.Context, r Request) (Response, error) {
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, strings.NewReader(r.Body))
	if err != nil {
		return Response{}, &providers.Error{Kind: providers.ErrUsage, Op: r.Op, Field: "base_url", Reason: "base_url.invalid"}
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	req.Header.Set("User-Agent", UserAgent())
	resp, err := c.http.Do(req)
	if err != nil {
		return Response{}, unreachable(r.Op, "", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, MaxBody+1))
	if err != nil {
		return Response{}, unreachable(r.Op, "answer.cut", err)
	}
	out := Response{Op: r.Op, Status: resp.StatusCode, Header: resp.Header, Body: body, Received: c.now(), Secrets: r.Secrets}
	if target, err := resp.Location(); err == nil {
		out.redirectTarget = fmt.Sprintf("%s://%s", target.Scheme, target.Host)
	}
	return out, nil
}

// unreachable is the error of a call without an answer. Of *url.Error only the
// cause is kept: its text holds the whole address.
func unreachable(op, reason string, err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	if certificate := oauth.CertificateReason(err); certificate != "" {
		reason = certificate
	}
	return &providers.Error{Kind: providers.ErrUnreachable, Op: op, Reason: reason, Err: err}
}

// UserAgent names the program and its version, as far as the build knows it.
func UserAgent() string {
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = strings.TrimPrefix(info.Main.Version, "v")
	}
	return "Cuelight/" + version
}
