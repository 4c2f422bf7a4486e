package app

import (
	"context"
	"errors"
	"fmt"

	"cuelight/app/sessions"
	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/oauth"
)

// Landing are the words of the page the browser comes back to.
type Landing = oauth.Landing

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
	Progress task.Progress
}

// SignIn signs the account in use in and tells whose account it turned out to
// be, before anything else is done with it.
func (a *Accounts) SignIn(ctx context.Context, how SignIn) (providers.Identity, error) {
	account, session, err := a.current()
	if err != nil {
		return providers.Identity{}, err
	}
	var id providers.Identity
	err = a.tasks.Run(ctx, state.TaskSignIn, how.Progress, []state.StepID{state.StepAccount}, func(ctx context.Context, s *task.Steps) error {
		return s.Do(state.StepAccount, func() (string, error) {
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
		return providers.UnseenError("personal_token", err)
	}
	return can.SignInWithToken(ctx, secret.New(plain))
}

func (a *Accounts) signInWithBrowser(ctx context.Context, session providers.Session, how SignIn) error {
	can, err := sessions.Require[providers.BrowserSignIn](session, "sign in with a browser")
	if err != nil {
		return err
	}
	return a.browser.SignIn(ctx, can, signin.Way{
		Interactive: a.interactive.Load(), NoBrowser: how.NoBrowser, PasteOnly: how.PasteOnly, Announce: how.Announce,
	})
}

// PasteSignIn finishes a pending sign-in with what the user copied: the
// address the browser was sent to, or the code alone.
func (a *Accounts) PasteSignIn(pasted string) error { return a.browser.Paste(pasted) }

// CancelSignIn ends a pending sign-in, if there is one.
func (a *Accounts) CancelSignIn() { a.browser.Cancel() }

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
	return a.tasks.Run(ctx, state.TaskSignOut, nil, nil, func(ctx context.Context, _ *task.Steps) error {
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
