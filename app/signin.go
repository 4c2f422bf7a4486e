package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/oauth"
)

// Landing are the words of the page the browser comes back to.
type Landing = oauth.Landing

// signInTimeout is how long a browser sign-in may take.
const signInTimeout = 3 * time.Minute

// SignIn is how to sign in.
type SignIn struct {
	// Number signs in with the one-time number of the platform's mobile app,
	// without a browser.
	Number string
	// Token signs in with a token that the user made on the platform's pages.
	Token secret.Text
	// NoBrowser only announces the address and waits.
	NoBrowser bool
	// PasteOnly opens no listener: the user pastes where the browser ended up.
	PasteOnly bool
	// Announce is told the address to open; may be nil.
	Announce func(url string)
	// Progress may be nil.
	Progress Progress
}

// signIns owns the browser sign-in that is pending, of which there is one at
// most.
type signIns struct {
	// mu guards the fields below.
	mu      sync.Mutex
	cancel  context.CancelFunc
	pending *oauth.Pending
}

// begin makes a sign-in the pending one; end takes it out again.
func (s *signIns) begin(pending *oauth.Pending, cancel context.CancelFunc) (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending, s.cancel = pending, cancel
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.pending == pending {
			s.pending, s.cancel = nil, nil
		}
	}
}

// present gives the pending sign-in; nil where there is none.
func (s *signIns) present() (*oauth.Pending, context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pending, s.cancel
}

// SignIn signs the account in use in and tells whose account it turned out to
// be, before anything else is done with it.
func (a *Accounts) SignIn(ctx context.Context, how SignIn) (providers.Identity, error) {
	account, session, err := a.current()
	if err != nil {
		return providers.Identity{}, err
	}
	var id providers.Identity
	err = a.tasks.run(ctx, state.TaskSignIn, how.Progress, []state.StepID{state.StepAccount}, func(ctx context.Context, s *steps) error {
		return s.do(state.StepAccount, func() (string, error) {
			switch {
			case how.Number != "":
				err = a.signInWithNumber(ctx, session, how.Number)
			case !how.Token.Empty():
				err = a.signInWithToken(ctx, session, how.Token)
			default:
				err = a.signInWithBrowser(ctx, session, how)
			}
			if err != nil {
				a.checkSignedIn(ctx, session, err)
				return "", err
			}
			a.sessions.ForgetIngest(account.Name)
			a.emit(state.SignInChanged{State: state.SignedIn})
			id = a.identify(ctx, session)
			return id.Nick, nil
		})
	})
	return id, err
}

func (a *Accounts) signInWithNumber(ctx context.Context, session providers.Session, number string) error {
	can, err := sessions.Require[providers.NumberSignIn](session, "sign in with a number")
	if err != nil {
		return err
	}
	return can.SignInWithNumber(ctx, number)
}

func (a *Accounts) signInWithToken(ctx context.Context, session providers.Session, token secret.Text) error {
	can, err := sessions.Require[providers.TokenSignIn](session, "sign in with a token")
	if err != nil {
		return err
	}
	plain, err := text.Token(token.Reveal())
	if err != nil {
		return unseenError("personal_token", err)
	}
	return can.SignInWithToken(ctx, secret.New(plain))
}

func (a *Accounts) signInWithBrowser(ctx context.Context, session providers.Session, how SignIn) error {
	can, err := sessions.Require[providers.BrowserSignIn](session, "sign in with a browser")
	if err != nil {
		return err
	}
	now := oauth.NewState()
	request := can.SignInRequest(now)
	ctx, cancel := context.WithTimeout(ctx, signInTimeout)
	defer cancel()
	options := oauth.Options{Landing: a.opt.Landing, Timeout: signInTimeout, PasteOnly: how.PasteOnly}
	pending, err := oauth.Begin(ctx, request, now, options)
	var deaf error
	if err != nil && a.interactive.Load() && pastingHelps(err) {
		// The browser cannot come back here, but a window has a field to paste
		// into: that beats starting over.
		deaf, options.PasteOnly = err, true
		pending, err = oauth.Begin(ctx, request, now, options)
	}
	if err != nil {
		return err
	}
	defer func() { _ = pending.Close() }()

	defer a.signIns.begin(pending, cancel)()
	a.emit(state.SignInChanged{State: state.SigningIn, URL: request.URL, Until: a.now().Add(signInTimeout), Err: deaf})
	if how.Announce != nil {
		how.Announce(request.URL)
	}
	if !how.NoBrowser && a.opt.OpenURL != nil {
		// The address stays on screen with a copy button: a browser that does
		// not open is no reason to give up.
		if err := a.opt.OpenURL(request.URL); err != nil {
			a.notice("browser_failed", "", nil)
		}
	}
	code, err := pending.Wait(ctx)
	if err != nil {
		return err
	}
	return can.Exchange(ctx, code)
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

// PasteSignIn finishes a pending sign-in with what the user copied: the
// address the browser was sent to, or the code alone.
func (a *Accounts) PasteSignIn(pasted string) error {
	pending, _ := a.signIns.present()
	if pending == nil {
		return &providers.Error{Kind: providers.ErrUsage, Op: "paste", Reason: "signin.none_pending"}
	}
	return pending.Paste(pasted)
}

// CancelSignIn ends a pending sign-in, if there is one.
func (a *Accounts) CancelSignIn() {
	if _, cancel := a.signIns.present(); cancel != nil {
		cancel()
	}
}

// SignOut forgets the token of the account in use.
func (a *Accounts) SignOut(ctx context.Context) error {
	account, session, err := a.current()
	if err != nil {
		return err
	}
	can, err := sessions.Require[providers.SignedIn](session, "sign out")
	if err != nil {
		return err
	}
	return a.tasks.run(ctx, state.TaskSignOut, nil, nil, func(ctx context.Context, _ *steps) error {
		if err := can.SignOut(ctx); err != nil {
			return fmt.Errorf("sign out: %w", err)
		}
		a.sessions.ForgetIngest(account.Name)
		a.emit(state.SignInChanged{State: state.SignedOut})
		return nil
	})
}

// identify asks whose account it is. A platform that does not answer does not
// undo the sign-in.
func (a *Accounts) identify(ctx context.Context, session providers.Session) providers.Identity {
	can, ok := session.(providers.Identifier)
	if !ok {
		return providers.Identity{}
	}
	id, err := can.Identity(ctx)
	if err != nil {
		a.log.Warn("identify", "err", err)
		a.signInLost(err)
		return providers.Identity{}
	}
	a.emit(state.Identified{Identity: id})
	return id
}

// checkSignedIn shows whether there is a token, with why when there is none.
func (a *Accounts) checkSignedIn(ctx context.Context, session providers.Session, why error) bool {
	in, err := sessions.HasToken(context.WithoutCancel(ctx), session)
	if err != nil && why == nil {
		why = err
	}
	now := state.SignedOut
	if in {
		now = state.SignedIn
	}
	a.emit(state.SignInChanged{State: now, Err: why})
	return in
}

// signInLost shows that the platform wants a new sign-in, if that is what err
// says.
func (c *core) signInLost(err error) {
	if errors.Is(err, providers.ErrSignIn) {
		c.emit(state.SignInChanged{State: state.SignedOut, Err: err})
	}
}
