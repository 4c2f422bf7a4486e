package kittest

import (
	"context"
	"slices"
	"sync"

	"cuelight/app"
	"cuelight/app/config"
	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Engine shows whatever State a test sets and notes what is asked of it.
type Engine struct {
	Platform
	Care
	Titles

	mu            sync.Mutex // guards everything below
	state         state.State
	Configuration config.Config
	changes       chan struct{}
	Calls         []string
	Applied       providers.Patch
	Added         app.NewAccount
	SignedInWith  app.SignIn
	Pasted        string
	Password      secret.Text
	How           app.GoLive
	Fail          map[string]error
	// Offered are offered instead of the one there is otherwise.
	Offered []providers.Description
}

// NewEngine makes one that shows a State.
func NewEngine(s state.State) *Engine {
	return &Engine{state: s, changes: make(chan struct{}, 1), Fail: map[string]error{}}
}

// Note notes a call, and gives what Fail has for it.
func (e *Engine) Note(call string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Calls = append(e.Calls, call)
	return e.Fail[call]
}

// Succeed takes a failure back.
func (e *Engine) Succeed(call string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.Fail, call)
}

// Called reports whether a call was noted.
func (e *Engine) Called(call string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Contains(e.Calls, call)
}

// Set changes the State.
func (e *Engine) Set(change func(*state.State)) {
	e.mu.Lock()
	change(&e.state)
	e.mu.Unlock()
	select {
	case e.changes <- struct{}{}:
	default:
	}
}

func (e *Engine) DismissLoss() {
	_ = e.Note("dismiss loss")
	e.Set(func(s *state.State) { *s = state.Reduce(*s, state.LossDismissed{}) })
}

func (e *Engine) State() state.State {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.state
}

func (e *Engine) Config() config.Config {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.Configuration
}

func (e *Engine) Configure(change func(*config.Config)) {
	e.mu.Lock()
	change(&e.Configuration)
	e.mu.Unlock()
	_ = e.Note("configure")
}

func (e *Engine) Draft(change providers.Patch) {
	e.Set(func(s *state.State) {
		d := &s.Broadcast.Draft
		if change.Title != nil {
			d.Title = change.Title
		}
		if change.Category != nil {
			d.Category = change.Category
		}
		if change.Hashtags != nil {
			d.Hashtags = change.Hashtags
		}
	})
}

func (e *Engine) Discard() {
	e.Set(func(s *state.State) { s.Broadcast.Draft, s.Broadcast.Problems = providers.Patch{}, nil })
}

func (e *Engine) Apply(context.Context, task.Progress) error {
	err := e.Note("apply")
	e.Set(func(s *state.State) {
		e.Applied = s.Broadcast.Draft
		if err == nil {
			s.Broadcast.Confirmed, s.Broadcast.Draft = s.Broadcast.Shown(), providers.Patch{}
		}
	})
	return err
}

func (e *Engine) AddAccount(_ context.Context, n app.NewAccount) (providers.Account, error) {
	e.mu.Lock()
	e.Added = n
	e.mu.Unlock()
	if err := e.Note("add"); err != nil {
		return providers.Account{}, err
	}
	account := providers.Account{Name: "soop", Platform: n.Platform, Settings: n.Values}
	e.Set(func(s *state.State) {
		s.Accounts = append(s.Accounts, account)
		s.Account = state.AccountState{Name: account.Name, Platform: "soop", PlatformName: "SOOP", SignedIn: state.SignedOut, CanNumber: true}
	})
	return account, nil
}

func (e *Engine) SignIn(_ context.Context, how app.SignIn) (providers.Identity, error) {
	e.mu.Lock()
	e.SignedInWith = how
	e.mu.Unlock()
	if err := e.Note("signin"); err != nil {
		e.Set(func(s *state.State) { s.Tasks = map[state.Task]state.TaskState{state.TaskSignIn: {Err: err}} })
		return providers.Identity{}, err
	}
	e.Set(func(s *state.State) {
		s.Account.SignedIn, s.Account.Nick, s.Account.UserID = state.SignedIn, "자러가자", "soop1234"
	})
	return providers.Identity{Nick: "자러가자", UserID: "soop1234"}, nil
}

// AcceptUser gives the account to the other user of the last sign-in.
func (e *Engine) AcceptUser(context.Context) (providers.Identity, error) {
	other := providers.Identity{Nick: "백호구", UserID: "baekhogu"}
	e.Set(func(s *state.State) {
		s.Tasks = nil
		s.Account.SignedIn, s.Account.Nick, s.Account.UserID = state.SignedIn, other.Nick, other.UserID
	})
	return other, e.Note("accept user")
}

func (e *Engine) SetOBSPassword(_ context.Context, password secret.Text) error {
	e.mu.Lock()
	e.Password = password
	e.mu.Unlock()
	return e.Note("password")
}

func (e *Engine) SetUp(context.Context, task.Progress) (app.SetUpResult, error) {
	return app.SetUpResult{Kept: true}, e.Note("setup")
}

func (e *Engine) PasteSignIn(text string) error {
	e.Pasted = text
	return e.Note("paste")
}

func (e *Engine) Watch() (<-chan struct{}, func()) { return e.changes, func() {} }
func (e *Engine) Dir() string                      { return "/home/u/.config/cuelight" }

func (e *Engine) Platforms() []providers.Description {
	if e.Offered != nil {
		return e.Offered
	}
	return []providers.Description{{ID: "soop", Name: "SOOP", Fields: []providers.Field{
		{Key: "client_id", Required: true},
		{Key: providers.SecretClient, Secret: true, Required: true},
		{Key: "redirect_uri", Default: "http://localhost:12482/callback"},
		{Key: "dialect", Default: "soop", Options: []string{"soop", "afreecatv"}},
		{Key: "base_url", Advanced: true},
	}}}
}

func (e *Engine) UseAccount(_ context.Context, name string) error { return e.Note("use " + name) }

func (e *Engine) RemoveAccount(_ context.Context, name string) error {
	return e.Note("remove " + name)
}
func (e *Engine) CancelSignIn() { _ = e.Note("cancel") }
func (e *Engine) SignOut(_ context.Context, everywhere bool) error {
	if everywhere {
		return e.Note("signout everywhere")
	}
	return e.Note("signout")
}
func (e *Engine) Refresh(context.Context) error { return e.Note("refresh") }
func (e *Engine) Start(_ context.Context, how app.GoLive, _ task.Progress) error {
	e.mu.Lock()
	e.How = how
	e.mu.Unlock()
	return e.Note("start")
}

// LastStart tells how going live was last asked for.
func (e *Engine) LastStart() app.GoLive {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.How
}

func (e *Engine) Stop(context.Context, task.Progress) error { return e.Note("stop") }
func (e *Engine) AllowUnprotectedOBS()                      { _ = e.Note("allow unprotected") }
func (e *Engine) RetryOBS()                                 { _ = e.Note("retry") }

func (e *Engine) RestoreFrom(_ context.Context, origin destination.Origin, overwrite bool, _ task.Progress) error {
	if origin != (destination.Origin{}) {
		return e.Note("restore from " + origin.Profile)
	}
	if overwrite {
		return e.Note("restore overwrite")
	}
	return e.Note("restore")
}
