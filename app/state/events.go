package state

import (
	"time"

	"cuelight/providers"
)

// Event is something that happened. It carries what changed, never a value
// computed from a State read earlier; only Reduce knows what it means for the
// State.
type Event interface{ apply(State) State }

// Events of accounts and signing in.
type (
	// AccountsChanged: these are all accounts now.
	AccountsChanged struct{ Accounts []providers.Account }
	// AccountSelected: this account, with this channel, is in use now; the zero
	// value says that there is none.
	AccountSelected struct {
		Account      providers.Account
		Description  providers.Description
		Capabilities Capabilities
		Limits       providers.Limits
		// CanNumber and CanToken are ways to sign in without a browser.
		CanNumber, CanToken bool
	}
	// SignInChanged: an account is signed in, out, or about to be. URL and Until
	// belong to a sign-in that is pending.
	SignInChanged struct {
		Account string
		State   SignInState
		URL     string
		Until   time.Time
		Err     error
		// Outcome: a sign-in came to this. What a refresh finds meanwhile does not
		// end a sign-in that is pending.
		Outcome bool
		// Forget: what was read of the account is not to be shown any more, because
		// its user has signed out or somebody else has signed in.
		Forget bool
	}
	// Identified: the platform said whose account it is.
	Identified struct {
		Account  string
		Identity providers.Identity
	}
)

// Events of OBS.
type (
	// LinkChanged: the connection to OBS came, went, or is being made.
	LinkChanged struct {
		Link      LinkState
		Version   string
		Address   string
		Simulated bool
		Err       error
		// Transient: a running OBS may be back from Err within seconds.
		Transient bool
		// At is when that was.
		At time.Time
	}
	// ServiceRead: OBS was asked where it sends to. Match tells whether that is
	// Account's, in its channel.
	ServiceRead struct {
		Account, Channel string
		Server, Name     string
		Match            Match
	}
	// StreamChanged: OBS's stream output does this, since then.
	StreamChanged struct {
		Stream StreamState
		Since  time.Time
		// At is when OBS said so; needed where it reconnects.
		At time.Time
	}
	// RestorableChanged: earlier stream settings are kept, or are not any more.
	RestorableChanged struct{ CanRestore bool }
	// WriteQueuedChanged: a new stream key waits to be written, or does not any
	// more.
	WriteQueuedChanged struct{ Queued bool }
)

// DraftCheck judges a draft; it is pure.
type DraftCheck func(providers.Patch) error

// Events of the broadcast's settings.
type (
	// BroadcastRead: the platform was asked for the settings of an account, in the
	// channel that was worked on then.
	BroadcastRead struct {
		Account, Channel string
		Confirmed        providers.Broadcast
		At               time.Time
		Err              error
	}
	// CategoryNamed: the name of a category that was known by number.
	CategoryNamed struct {
		Account  string
		Category providers.Category
	}
	// DraftChanged: the user set some fields of a draft, and dropped others.
	DraftChanged struct {
		Account, Channel string
		Set              providers.Patch
		Drop             []providers.FieldID
		// Check judges the draft by the platform's rules; nil finds nothing wrong.
		Check DraftCheck
	}
	// DraftDiscarded: the user dropped a whole draft.
	DraftDiscarded struct{ Account, Channel string }
	// DraftLoaded: what is kept of a draft outside this process went from Before
	// to After. A field that the user has changed since stays.
	DraftLoaded struct {
		Account, Channel string
		Before, After    providers.Patch
		Check            DraftCheck
	}
	// ConflictResolved: the user keeps the draft's value of a field.
	ConflictResolved struct{ Field providers.FieldID }
	// Applied: the platform took these settings. Asked is the change as it was
	// asked for, with the placeholders of its title.
	Applied struct {
		Account, Channel string
		Asked, Sent      providers.Patch
		At               time.Time
	}
	// LiveRead: the platform was asked whether an account is on air, in the channel
	// that was worked on then.
	LiveRead struct {
		Account, Channel string
		Live             providers.Live
		At               time.Time
		Err              error
	}
)

// Events of tasks, checks and the program itself.
type (
	// PreflightDone: the checks before going live were made.
	PreflightDone struct {
		Checks []Preflight
		At     time.Time
	}
	// TaskBegan: a task runs, with these steps ahead.
	TaskBegan struct {
		Task  Task
		Steps []StepID
		At    time.Time
	}
	// StepChanged: a step of a running task stands like this.
	StepChanged struct {
		Task Task
		Step Step
	}
	// TaskEnded: a task ended, with success where Err is nil.
	TaskEnded struct {
		Task Task
		Err  error
		At   time.Time
	}
	// KeyringChanged: secrets outlive this run, or do not, and why.
	KeyringChanged struct {
		Durable bool
		Err     error
	}
	// NoticePosted: something is worth telling once. Its Seq is given by Reduce.
	NoticePosted struct{ Notice Notice }
)
