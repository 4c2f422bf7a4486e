package desktop

import (
	"context"
	"slices"
	"sync"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// fakeEngine shows whatever State a test sets and notes what is asked of it.
type fakeEngine struct {
	fakePlatform
	fakeCareful

	mu       sync.Mutex
	state    state.State
	config   app.Config
	changed  chan struct{}
	calls    []string
	applied  providers.Patch
	added    app.NewAccount
	signedIn app.SignIn
	pasted   string
	password secret.Text
	how      app.GoLive
	fail     map[string]error
	list     []providers.Category
	// platforms are offered instead of the one there is otherwise.
	platforms []providers.Description
}

func newFakeEngine(s state.State) *fakeEngine {
	return &fakeEngine{state: s, changed: make(chan struct{}, 1), fail: map[string]error{}}
}

var _ Engine = (*fakeEngine)(nil)

func (e *fakeEngine) note(call string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.calls = append(e.calls, call)
	return e.fail[call]
}

func (e *fakeEngine) called(call string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Contains(e.calls, call)
}

func (e *fakeEngine) set(change func(*state.State)) {
	e.mu.Lock()
	change(&e.state)
	e.mu.Unlock()
	select {
	case e.changed <- struct{}{}:
	default:
	}
}

func (e *fakeEngine) State() state.State {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.state
}

func (e *fakeEngine) Config() app.Config {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.config
}

func (e *fakeEngine) Configure(change func(*app.Config)) {
	e.mu.Lock()
	change(&e.config)
	e.mu.Unlock()
	_ = e.note("configure")
}

func (e *fakeEngine) Draft(change providers.Patch) {
	e.set(func(s *state.State) {
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

func (e *fakeEngine) Discard() {
	e.set(func(s *state.State) { s.Broadcast.Draft, s.Broadcast.Problems = providers.Patch{}, nil })
}

func (e *fakeEngine) Apply(context.Context, app.Progress) error {
	err := e.note("apply")
	e.set(func(s *state.State) {
		e.applied = s.Broadcast.Draft
		if err == nil {
			s.Broadcast.Confirmed, s.Broadcast.Draft = s.Broadcast.Shown(), providers.Patch{}
		}
	})
	return err
}

func (e *fakeEngine) AddAccount(_ context.Context, n app.NewAccount) (providers.Account, error) {
	e.mu.Lock()
	e.added = n
	e.mu.Unlock()
	if err := e.note("add"); err != nil {
		return providers.Account{}, err
	}
	account := providers.Account{Name: "soop", Platform: n.Platform, Settings: n.Values}
	e.set(func(s *state.State) {
		s.Accounts = append(s.Accounts, account)
		s.Account = state.AccountState{Name: account.Name, Platform: "soop", PlatformName: "SOOP", SignedIn: state.SignedOut, CanNumber: true}
	})
	return account, nil
}

func (e *fakeEngine) SignIn(_ context.Context, how app.SignIn) (providers.Identity, error) {
	e.mu.Lock()
	e.signedIn = how
	e.mu.Unlock()
	if err := e.note("signin"); err != nil {
		e.set(func(s *state.State) { s.Tasks = map[state.Task]state.TaskState{state.TaskSignIn: {Err: err}} })
		return providers.Identity{}, err
	}
	e.set(func(s *state.State) {
		s.Account.SignedIn, s.Account.Nick, s.Account.UserID = state.SignedIn, "자러가자", "soop1234"
	})
	return providers.Identity{Nick: "자러가자", UserID: "soop1234"}, nil
}

func (e *fakeEngine) SetOBSPassword(_ context.Context, password secret.Text) error {
	e.mu.Lock()
	e.password = password
	e.mu.Unlock()
	return e.note("password")
}

func (e *fakeEngine) SetUp(context.Context, app.Progress) (app.SetUpResult, error) {
	return app.SetUpResult{Kept: true}, e.note("setup")
}

func (e *fakeEngine) PasteSignIn(text string) error {
	e.pasted = text
	return e.note("paste")
}

func (e *fakeEngine) Watch() (<-chan struct{}, func()) { return e.changed, func() {} }
func (e *fakeEngine) Dir() string                      { return "/home/u/.config/cuelight" }

func (e *fakeEngine) Platforms() []providers.Description {
	if e.platforms != nil {
		return e.platforms
	}
	return []providers.Description{{ID: "soop", Name: "SOOP", Fields: []providers.Field{
		{Key: "client_id", Required: true},
		{Key: providers.SecretClient, Secret: true, Required: true},
		{Key: "redirect_uri", Default: "http://localhost:12482/callback"},
		{Key: "dialect", Default: "soop", Options: []string{"soop", "afreecatv"}},
		{Key: "base_url", Advanced: true},
	}}}
}

func (e *fakeEngine) Categories(context.Context, string) ([]providers.Category, error) {
	return e.list, e.note("categories")
}

func (e *fakeEngine) UseAccount(_ context.Context, name string) error { return e.note("use " + name) }

func (e *fakeEngine) RemoveAccount(_ context.Context, name string) error {
	return e.note("remove " + name)
}
func (e *fakeEngine) CancelSignIn()                 { _ = e.note("cancel") }
func (e *fakeEngine) SignOut(context.Context) error { return e.note("signout") }
func (e *fakeEngine) Refresh(context.Context) error { return e.note("refresh") }
func (e *fakeEngine) Start(_ context.Context, how app.GoLive, _ app.Progress) error {
	e.mu.Lock()
	e.how = how
	e.mu.Unlock()
	return e.note("start")
}
func (e *fakeEngine) Stop(context.Context, app.Progress) error          { return e.note("stop") }
func (e *fakeEngine) Restore(context.Context, bool, app.Progress) error { return e.note("restore") }
func (e *fakeEngine) RetryOBS()                                         { _ = e.note("retry") }
