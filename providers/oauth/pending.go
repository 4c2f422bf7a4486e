package oauth

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"cuelight/internal/text"
	"cuelight/providers"
)

const (
	// PendingTimeout is how long a sign-in may take.
	PendingTimeout = 3 * time.Minute
	// finalPageTimeout is how long the browser has to fetch the page that ends the
	// sign-in, and shutdownTimeout how long its connections have to finish.
	finalPageTimeout = 1500 * time.Millisecond
	shutdownTimeout  = 500 * time.Millisecond
	// reloadTime is how long the callback is answered after that page was fetched:
	// some browsers fetch it twice.
	reloadTime = 500 * time.Millisecond
	// maxCodeLength bounds a code, in bytes.
	maxCodeLength = 2048
	// maxConnections bounds those at a time of a listener. A browser makes a few;
	// whoever else on this machine makes more is cut off.
	maxConnections = 1024
)

// Options are a sign-in's choices; the zero value is usable.
type Options struct {
	// Landing are the pages shown in the browser; zero means English.
	Landing Landing
	// Timeout is how long the sign-in may take; 0 means PendingTimeout.
	Timeout time.Duration
	// PasteOnly opens no listener: the user pastes the address that the browser
	// ends at. It works with any redirect URI and with a taken port.
	PasteOnly bool
	// Listen replaces the network in tests.
	Listen ListenFunc
}

// Pending is one sign-in in progress. It ends once: by a code, a refusal, a
// timeout, or Close. Close must be called.
type Pending struct {
	request  providers.SignInRequest
	state    string
	landing  Landing
	redirect redirect
	server   *http.Server

	timer      *time.Timer
	finishOnce sync.Once
	// done is closed when code and err are final.
	done chan struct{}
	code string
	err  error
	// pageServed is closed when the browser has fetched its final page.
	pageServed     chan struct{}
	pageServedOnce sync.Once
	// awaitsPage is set where the browser was redirected to its final page.
	awaitsPage bool
	serving    sync.WaitGroup
}

// Begin starts a sign-in: it listens on the request's redirect URI until the
// sign-in ends. ctx bounds the opening only. Open URL in the browser next.
// Errors are of kind ErrUsage: signin.redirect_invalid,
// signin.redirect_not_loopback, signin.port_taken, signin.port_denied.
func Begin(ctx context.Context, request providers.SignInRequest, state string, opts Options) (*Pending, error) {
	p := &Pending{
		request: request, state: state, landing: opts.Landing.withDefaults(),
		done: make(chan struct{}), pageServed: make(chan struct{}),
	}
	timeout := opts.Timeout
	if timeout <= 0 {
		timeout = PendingTimeout
	}
	p.timer = time.AfterFunc(timeout, func() {
		p.finish("", signInError(providers.ErrSignIn, "signin.timeout", "nobody came back from the browser in time"), false)
	})
	if opts.PasteOnly {
		return p, nil
	}
	if err := p.serve(ctx, opts.Listen); err != nil {
		p.timer.Stop()
		return nil, err
	}
	return p, nil
}

// serve opens the listener and serves it until the sign-in ends.
func (p *Pending) serve(ctx context.Context, listen ListenFunc) error {
	at, err := parseRedirect(p.request.RedirectURI)
	if err != nil {
		return err
	}
	p.redirect = at
	if listen == nil {
		listen = (&net.ListenConfig{}).Listen
	}
	listeners, err := listenAll(ctx, listen, at)
	if err != nil {
		return err
	}
	p.server = &http.Server{
		Handler:           p.handler(),
		ReadHeaderTimeout: 2 * time.Second,
		ReadTimeout:       5 * time.Second,
		WriteTimeout:      5 * time.Second,
		IdleTimeout:       5 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ConnState:         limitConnections(),
		// The server's log messages quote requests, and a request contains a code.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	p.server.SetKeepAlivesEnabled(false)
	for _, l := range listeners {
		p.serving.Go(func() { _ = p.server.Serve(l) })
	}
	p.serving.Go(p.shutdownWhenDone)
	return nil
}

// limitConnections closes each new connection while there are maxConnections.
func limitConnections() func(net.Conn, http.ConnState) {
	var open atomic.Int32
	return func(c net.Conn, is http.ConnState) {
		switch is {
		case http.StateNew:
			if open.Add(1) > maxConnections {
				_ = c.Close()
			}
		case http.StateClosed, http.StateHijacked:
			open.Add(-1)
		}
	}
}

// shutdownWhenDone closes the listener once the sign-in has ended and the browser
// has fetched its final page.
func (p *Pending) shutdownWhenDone() {
	<-p.done
	if p.awaitsPage {
		select {
		case <-p.pageServed:
			time.Sleep(reloadTime)
		case <-time.After(finalPageTimeout):
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if p.server.Shutdown(ctx) != nil {
		_ = p.server.Close()
	}
}

// Wait returns the code once it has arrived. It may be called again and returns
// the same. Errors: ErrSignIn with signin.timeout or signin.refused (with the
// platform's words), or the context's end, which does not end the sign-in.
func (p *Pending) Wait(ctx context.Context) (string, error) {
	select {
	case <-p.done:
		return p.code, p.err
	default:
	}
	select {
	case <-p.done:
		return p.code, p.err
	case <-ctx.Done():
		reason := "signin.timeout"
		if errors.Is(ctx.Err(), context.Canceled) {
			reason = "signin.over"
		}
		return "", &providers.Error{Kind: providers.ErrSignIn, Op: opSignIn, Reason: reason, Err: ctx.Err()}
	}
}

// Paste takes what the user copied instead of a redirect: the whole address
// that the browser ended at, or the code alone. A state in it is checked.
// Errors are signin.bad_paste and signin.state, after which another try may be
// made, signin.refused where the address carries a refusal, and signin.over.
func (p *Pending) Paste(pasted string) error {
	pasted = text.Trim(strings.Trim(text.Trim(pasted), `"'<>`))
	answer := addressQuery(pasted)
	if !answer.Has("code") && !answer.Has("error") && !strings.Contains(pasted, "://") && !strings.Contains(pasted, "?") {
		answer = url.Values{"code": {pasted}} // the code alone, which may contain / and =
	}
	code, err := p.validate(answer, false)
	if err != nil && !isRefusal(err) {
		return err
	}
	if !p.finish(code, err, false) {
		return signInError(providers.ErrUsage, "signin.over", "this sign-in has already ended")
	}
	return err
}

// addressQuery finds the query in a pasted address, whole or cut. Of a query that
// is malformed in part it gives what can be read.
func addressQuery(pasted string) url.Values {
	query := pasted
	if _, after, found := strings.Cut(pasted, "?"); found {
		query = after
	}
	query, _, _ = strings.Cut(query, "#")
	values, _ := url.ParseQuery(query)
	return values
}

// Close ends the sign-in if nothing else has, and returns when the listener is
// closed, at most two seconds later.
func (p *Pending) Close() error {
	p.timer.Stop()
	p.finish("", signInError(providers.ErrSignIn, "signin.over", "the sign-in was given up"), false)
	p.serving.Wait()
	return nil
}

// finish ends the sign-in; only the first call counts, and it returns true.
// awaitsPage says that the browser will request the final page.
func (p *Pending) finish(code string, err error, awaits bool) (first bool) {
	p.finishOnce.Do(func() {
		first = true
		p.code, p.err, p.awaitsPage = code, err, awaits
		close(p.done)
	})
	return first
}

// took reports whether a sign-in that has ended did so with this answer.
func (p *Pending) took(code string, err error) bool {
	<-p.done
	if p.err != nil || err != nil {
		return isRefusal(p.err) && isRefusal(err)
	}
	return subtle.ConstantTimeCompare([]byte(p.code), []byte(code)) == 1
}

// validate returns the code of an answer, or why there is none. stateRequired is
// false for what the user pastes.
func (p *Pending) validate(answer url.Values, stateRequired bool) (string, error) {
	states := answer["state"]
	if len(states) > 1 || (len(states) == 1 && !sameState(states[0], p.state)) || (len(states) == 0 && stateRequired) {
		return "", signInError(providers.ErrUsage, "signin.state", "the answer belongs to another sign-in")
	}
	if answer.Has("error") {
		return "", &providers.Error{
			Kind: providers.ErrSignIn, Op: opSignIn, Reason: "signin.refused",
			Code: Clean(answer.Get("error")), Message: Clean(answer.Get("error_description")),
		}
	}
	codes := answer["code"]
	if p.request.RefusedWithoutCode && len(states) == 1 && len(codes) == 0 {
		return "", &providers.Error{Kind: providers.ErrSignIn, Op: opSignIn, Reason: "signin.refused"}
	}
	if len(codes) != 1 || !validCode(codes[0]) {
		return "", signInError(providers.ErrUsage, "signin.bad_paste", "there is no code in it")
	}
	return codes[0], nil
}

// isRefusal reports whether an answer without a code ends the sign-in.
func isRefusal(err error) bool {
	e, ok := errors.AsType[*providers.Error](err)
	return ok && e.Reason == "signin.refused"
}

// validCode reports whether a text can be a code: printable ASCII (RFC 6749,
// A.11) of 4 to maxCodeLength bytes.
func validCode(code string) bool {
	unprintable := func(r rune) bool { return r <= ' ' || r >= unicode.MaxASCII }
	return len(code) >= 4 && len(code) <= maxCodeLength && !strings.ContainsFunc(code, unprintable)
}
