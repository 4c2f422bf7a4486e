// Package signin owns the sign-in that is pending, of which there is one at most:
// from the address that the user opens to the code that the browser comes back
// with, and to whose account it turns out to be.
package signin

import (
	"context"
	"errors"
	"sync"
	"time"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/oauth"
)

// Timeout is how long a browser sign-in may take.
const Timeout = 3 * time.Minute

// Options are what a Browser is given.
type Options struct {
	// Landing are the words of the page the browser comes back to.
	Landing oauth.Landing
	// OpenURL opens an address in the user's browser; nil never opens one.
	OpenURL func(string) error
	Emit    func(...state.Event)
	// NotOpened is told that the browser could not be opened.
	NotOpened func()
	Now       func() time.Time
}

// Way is how to sign in: with a number, a token, or else a browser.
type Way struct {
	// Number is the one-time number of the platform's mobile app.
	Number string
	// Token is one that the user made on the platform's pages.
	Token secret.Text
	// Interactive: the user has a field to paste into where the browser cannot
	// come back by itself.
	Interactive bool
	// NoBrowser only announces the address and waits.
	NoBrowser bool
	// PasteOnly opens no listener: the user pastes where the browser ended up.
	PasteOnly bool
	// Announce is told the address to open; may be nil.
	Announce func(url string)
}

// Browser signs in with a browser. Its methods may be called from any goroutine.
type Browser struct {
	opt Options

	// mu guards the fields below.
	mu      sync.Mutex
	cancel  context.CancelFunc
	pending *oauth.Pending
	// held is a sign-in by somebody else than the account's user, see Trial.
	held *heldSignIn
}

// New makes a Browser.
func New(opt Options) *Browser { return &Browser{opt: opt} }

// Browse sends the user to the platform and waits for the code, then exchanges
// it. It ends with the context, with Cancel, and after Timeout.
func (b *Browser) Browse(ctx context.Context, account string, platform providers.BrowserSignIn, way Way) error {
	nonce := oauth.NewState()
	request := platform.SignInRequest(nonce)
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	pending, deaf, err := b.listen(ctx, request, nonce, way)
	if err != nil {
		return err
	}
	defer func() { _ = pending.Close() }()
	defer b.begin(pending, cancel)()

	b.opt.Emit(state.SignInChanged{Account: account, State: state.SigningIn, URL: request.URL, Until: b.opt.Now().Add(Timeout), Err: deaf})
	if way.Announce != nil {
		way.Announce(request.URL)
	}
	if !way.NoBrowser && b.opt.OpenURL != nil {
		go b.open(ctx, request.URL)
	}
	code, err := pending.Wait(ctx)
	if err != nil {
		return err
	}
	return platform.Exchange(ctx, request, code)
}

// open opens the browser beside the wait for it, which a slow one must not hold
// up: a code is good for seconds only. The address stays on screen with a copy
// button, so that a browser that does not open is no reason to give up. It may
// outlast the sign-in for as long as OpenURL takes, and tells nobody anything then.
func (b *Browser) open(ctx context.Context, url string) {
	if err := b.opt.OpenURL(url); err != nil && ctx.Err() == nil {
		b.opt.NotOpened()
	}
}

// listen waits for the browser to come back. deaf is why it cannot, where the
// sign-in can still be finished by pasting: that beats starting over.
func (b *Browser) listen(ctx context.Context, request providers.SignInRequest, nonce string, way Way) (pending *oauth.Pending, deaf, err error) {
	options := oauth.Options{Landing: b.opt.Landing, Timeout: Timeout, PasteOnly: way.PasteOnly}
	pending, err = oauth.Begin(ctx, request, nonce, options)
	if err == nil || !way.Interactive || !pastingHelps(err) {
		return pending, nil, err
	}
	deaf, options.PasteOnly = err, true
	pending, err = oauth.Begin(ctx, request, nonce, options)
	return pending, deaf, err
}

// pastingHelps reports whether a sign-in that cannot listen for the browser can
// still be finished by pasting.
func pastingHelps(err error) bool {
	var e *providers.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Reason {
	case "signin.port_taken", "signin.port_denied", "signin.redirect_not_loopback":
		return true
	}
	return false
}

// begin makes a sign-in the pending one; end takes it out again.
func (b *Browser) begin(pending *oauth.Pending, cancel context.CancelFunc) (end func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending, b.cancel = pending, cancel
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.pending == pending {
			b.pending, b.cancel = nil, nil
		}
	}
}

func (b *Browser) present() (*oauth.Pending, context.CancelFunc) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pending, b.cancel
}

// Paste finishes a pending sign-in with what the user copied: the address the
// browser was sent to, or the code alone.
func (b *Browser) Paste(text string) error {
	pending, _ := b.present()
	if pending == nil {
		return &providers.Error{Kind: providers.ErrUsage, Op: "paste", Reason: "signin.none_pending"}
	}
	return pending.Paste(text)
}

// Cancel ends a pending sign-in, if there is one, and drops one that was held.
func (b *Browser) Cancel() {
	b.hold(nil)
	if _, cancel := b.present(); cancel != nil {
		cancel()
	}
}
