package desktop

import (
	"context"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Engine is what the window needs of app.Engine. Its quick methods may be
// called on the window's goroutine; whatever takes a context never is.
type Engine interface {
	PlatformEngine
	CarefulEngine

	State() state.State
	Watch() (changed <-chan struct{}, stop func())
	Config() app.Config
	Configure(change func(*app.Config))
	Dir() string

	Platforms() []providers.Description
	AddAccount(ctx context.Context, n app.NewAccount) (providers.Account, error)
	UseAccount(ctx context.Context, name string) error
	RemoveAccount(ctx context.Context, name string) error

	SignIn(ctx context.Context, how app.SignIn) (providers.Identity, error)
	PasteSignIn(text string) error
	CancelSignIn()
	SignOut(ctx context.Context) error

	Draft(change providers.Patch)
	Discard()
	Apply(ctx context.Context, tell app.Progress) error
	Refresh(ctx context.Context) error

	SetUp(ctx context.Context, tell app.Progress) (app.SetUpResult, error)
	Start(ctx context.Context, how app.GoLive, tell app.Progress) error
	Stop(ctx context.Context, tell app.Progress) error
	Restore(ctx context.Context, overwrite bool, tell app.Progress) error
	SetOBSPassword(ctx context.Context, password secret.Text) error
	RetryOBS()
}

// useCases is app.Engine with all its use cases side by side.
type useCases struct {
	*app.Engine
	*app.Accounts
	*app.Broadcast
	*app.Stream
	*app.Features
	*app.Support
}

// UseCases gives an Engine's use cases to the window.
func UseCases(e *app.Engine) Engine {
	return useCases{e, e.Accounts, e.Broadcast, e.Stream, e.Features, e.Support}
}
