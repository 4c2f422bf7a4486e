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
	// AnotherUser takes whoever signs in, also where the account is known to be
	// somebody else's.
	AnotherUser bool
	// Announce is told the address to open; may be nil.
	Announce func(url string)
	// Progress may be nil.
	Progress task.Progress
}

// SignIn signs the account in use in and tells whose account it turned out to
// be, before anything else is done with it. Where that is another user than the
// account's, nothing is kept, and the error is a *signin.AnotherUserError.
func (a *Accounts) SignIn(ctx context.Context, how SignIn) (providers.Identity, error) {
	account, session, err := a.current()
	if err != nil {
		return providers.Identity{}, err
	}
	var id providers.Identity
	err = a.tasks.Run(ctx, state.TaskSignIn, how.Progress, []state.StepID{state.StepAccount}, func(ctx context.Context, s *task.Steps) error {
		return s.Do(state.StepAccount, func() (string, error) {
			if err := a.signIn(ctx, account, session, how); err != nil {
				a.signInFailed(ctx, account.Name, session, err)
				return "", err
			}
			a.sessions.ForgetIngest(account.Name)
			a.emit(state.SignInChanged{Account: account.Name, State: state.SignedIn, Outcome: true, Forget: how.AnotherUser})
			if how.AnotherUser {
				account.UserID = ""
			}
			id = a.identify(ctx, account, session)
			return id.Nick, nil
		})
	})
	return id, err
}

func (a *Accounts) signIn(ctx context.Context, account providers.Account, session providers.Session, how SignIn) error {
	way := signin.Way{
		Number: how.Number, Token: how.Token, NoBrowser: how.NoBrowser, PasteOnly: how.PasteOnly, Announce: how.Announce,
		Interactive: a.interactive.Load(),
	}
	if account.UserID == "" || how.AnotherUser {
		return a.browser.SignIn(ctx, account.Name, session, way)
	}
	return a.browser.Try(ctx, signin.Trial{
		Account: account, Vault: a.vault.Account(account.Name), Secrets: a.secretsOf(account),
		Open: func(vault providers.Vault) (providers.Session, error) { return a.open(account, vault, nil) },
	}, way)
}

// AcceptUser keeps the sign-in of another user, which SignIn has refused: the
// account is theirs from now on.
func (a *Accounts) AcceptUser(ctx context.Context) (providers.Identity, error) {
	account, _, err := a.current()
	if err != nil {
		return providers.Identity{}, err
	}
	var id providers.Identity
	err = a.tasks.Run(ctx, state.TaskSignIn, nil, nil, func(ctx context.Context, _ *task.Steps) error {
		if id, err = a.browser.Accept(ctx, account.Name, a.vault.Account(account.Name)); err != nil {
			return err
		}
		a.sessions.ForgetIngest(account.Name)
		a.emit(state.SignInChanged{Account: account.Name, State: state.SignedIn, Outcome: true, Forget: true},
			state.Identified{Account: account.Name, Identity: id})
		a.remember(ctx, account.Name, id)
		return nil
	})
	return id, err
}

// PasteSignIn finishes a pending sign-in with what the user copied: the
// address the browser was sent to, or the code alone.
func (a *Accounts) PasteSignIn(pasted string) error { return a.browser.Paste(pasted) }

// CancelSignIn ends a pending sign-in, if there is one.
func (a *Accounts) CancelSignIn() { a.browser.Cancel() }

// SignOut forgets the token of the account in use. everywhere has the platform
// revoke it first, which ends every sign-in of the same user through the same
// application, on whatever computer.
func (a *Accounts) SignOut(ctx context.Context, everywhere bool) error {
	account, session, err := a.current()
	if err != nil {
		return err
	}
	can, err := sessions.Require[providers.SignedIn](session, "sign out")
	if err != nil {
		return err
	}
	signOut := can.SignOut
	if everywhere {
		platform, err := sessions.Require[providers.Revoker](session, "sign out everywhere")
		if err != nil {
			return err
		}
		signOut = platform.Revoke
	}
	return a.tasks.Run(ctx, state.TaskSignOut, nil, nil, func(ctx context.Context, _ *task.Steps) error {
		if err := signOut(ctx); err != nil {
			return fmt.Errorf("sign out: %w", err)
		}
		a.sessions.ForgetIngest(account.Name)
		a.emit(state.SignInChanged{Account: account.Name, State: state.SignedOut, Forget: true})
		return nil
	})
}

// identify asks whose account it is. A platform that does not answer does not
// undo the sign-in.
func (a *Accounts) identify(ctx context.Context, account providers.Account, session providers.Session) providers.Identity {
	can, ok := session.(providers.Identifier)
	if !ok {
		return providers.Identity{}
	}
	id, err := can.Identity(ctx)
	if err != nil {
		a.log.Warn("identify", "err", err)
		a.signInLost(account.Name, err)
		return providers.Identity{}
	}
	a.emit(state.Identified{Account: account.Name, Identity: id})
	if account.UserID == "" {
		a.remember(ctx, account.Name, id)
	}
	return id
}

// userOf tells whom an account belongs to, asking the platform only where that is
// not known yet.
func (a *Accounts) userOf(ctx context.Context, account providers.Account, session providers.Session) providers.Identity {
	shown := a.states.State().Account
	if shown.Name == account.Name && shown.Nick != "" {
		return providers.Identity{UserID: shown.UserID, Nick: shown.Nick}
	}
	if account.UserID != "" {
		return providers.Identity{UserID: account.UserID}
	}
	return a.identify(ctx, account, session)
}

// remember keeps whom an account belongs to, so that nobody else is signed in to
// it unnoticed. Where that cannot be saved it is learned again.
func (a *Accounts) remember(ctx context.Context, account string, id providers.Identity) {
	if id.UserID == "" {
		return
	}
	if err := a.config.SetUser(ctx, account, id.UserID); err != nil {
		a.log.Warn("remember whose account it is", "err", err)
	}
}

// checkSignedIn shows whether there is a token.
func (a *Accounts) checkSignedIn(ctx context.Context, account string, session providers.Session) bool {
	now, err := a.signedIn(ctx, session)
	a.emit(state.SignInChanged{Account: account, State: now, Err: err})
	return now == state.SignedIn
}

// signInFailed shows what is left after a sign-in that failed.
func (a *Accounts) signInFailed(ctx context.Context, account string, session providers.Session, why error) {
	now, _ := a.signedIn(ctx, session)
	a.emit(state.SignInChanged{Account: account, State: now, Err: why, Outcome: true})
}

func (a *Accounts) signedIn(ctx context.Context, session providers.Session) (state.SignInState, error) {
	in, err := sessions.HasToken(context.WithoutCancel(ctx), session)
	if in {
		return state.SignedIn, err
	}
	return state.SignedOut, err
}

// signInLost shows that the platform wants a new sign-in, if that is what err
// says.
func (c *core) signInLost(account string, err error) {
	if errors.Is(err, providers.ErrSignIn) {
		c.emit(state.SignInChanged{Account: account, State: state.SignedOut, Err: err})
	}
}
