package state

import (
	"time"

	"cuelight/providers"
)

// State is everything a face shows, at one moment. It is immutable: reduce
// makes a new one for each Event, and nobody changes the slices and maps in
// it. It holds no secret.
type State struct {
	// Sandbox marks simulated services: nothing leaves this machine.
	Sandbox bool
	// Accounts are all accounts, in the order they were added.
	Accounts  []providers.Account
	Account   AccountState
	OBS       OBSState
	Broadcast BroadcastState
	Live      LiveState
	// Presets are all presets, in the user's order.
	Presets []Preset
	// Rules are the rules that apply presets, and what they do.
	Rules RuleState
	// History is what was applied before, on every platform, the last one first.
	History []Past
	// Health is how a running stream is doing.
	Health HealthState
	// Waiting is a call that waits its turn.
	Waiting WaitState
	// Tasks are the use cases running or last ended, by kind.
	Tasks map[Task]TaskState
	// Preflight are the checks last made before going live.
	Preflight   []Preflight
	PreflightAt time.Time
	// Keyring tells where secrets go.
	Keyring KeyringState
	// Notices are the last things worth telling, oldest first, at most
	// maxNotices; a face shows the ones newer than it has shown.
	Notices []Notice
}

// AccountState is the account in use.
type AccountState struct {
	// Name and Platform are empty when there is no account yet.
	Name, Platform, PlatformName string
	// Channel is the channel or room worked on, where the platform has several.
	Channel      string
	SignedIn     SignInState
	Nick, UserID string
	// SignInURL is the address to open while a sign-in is pending.
	SignInURL string
	// SignInUntil is when a pending sign-in gives up.
	SignInUntil time.Time
	// CanNumber: the platform signs in with a number of its mobile app, too.
	CanNumber bool
	// CanToken: the account signs in with a token made on the platform's pages.
	CanToken bool
	// Rooms: the platform calls its channels rooms.
	Rooms bool
	// WaitUntil is until when a call waits its turn, because the platform limits
	// how often it may be called; zero or past where none does.
	WaitUntil time.Time
	// Has names what the platform can do.
	Has Capabilities
	// Err is the last failure that concerns the account itself.
	Err error
}

// WaitState is a call that waits its turn, because the platform limits how
// often it may be called; the zero value where none does.
type WaitState struct {
	// Op is the call in the platform's own terms, such as "channels".
	Op string
	// Wait is how long it waits, Until when that is over.
	Wait  time.Duration
	Until time.Time
}

// SignInState tells whether the account is signed in.
type SignInState int

// The states of signing in.
const (
	SignInUnknown SignInState = iota
	SignedOut
	SigningIn
	SignedIn
)

// OBSState is the link to OBS and what OBS does.
type OBSState struct {
	Link    LinkState
	Version string
	// Simulated marks the OBS of the sandbox.
	Simulated bool
	// Address is where OBS is looked for.
	Address string
	// Err is why the link is not there.
	Err error
	// ServiceKnown: OBS was asked where it sends to, and answered.
	ServiceKnown bool
	// Server is the RTMP server that OBS is set to, without the key.
	Server string
	// ServiceName is the named service that OBS is set to ("Twitch"); empty for
	// a custom server.
	ServiceName string
	// Matches tells whether OBS holds the account's server and key.
	Matches Match
	// SendsFor is the account that OBS is set to; empty where Cuelight did not set it,
	// or does not know.
	SendsFor string
	// Stream is what OBS's stream output does.
	Stream StreamState
	// Since is when the stream started, as OBS counts it.
	Since time.Time
	// ReconnectingSince is when OBS lost its ingest; zero while it has it.
	ReconnectingSince time.Time
	// LostOnAir is when the connection broke while OBS was sending; zero once OBS
	// has told again what it does, the platform is off air, or the user has
	// dismissed it. Nobody knows what OBS does meanwhile.
	LostOnAir time.Time
	// MayReturn: OBS was lost in a way that it may be back from within seconds.
	MayReturn bool
	// UnseenSince is since when OBS, which was sending, lets Cuelight in no more: its
	// user ended the session or changed the password. It goes on sending, as far as
	// anybody knows. Zero as LostOnAir is; never are both set.
	UnseenSince time.Time
	// WriteQueued: a new stream key waits for the stream to end.
	WriteQueued bool
	// CanRestore: earlier stream settings are kept and can be put back.
	CanRestore bool
}

// Place names where OBS sends to, for people: the named service, else the
// server.
func (o OBSState) Place() string {
	if o.ServiceName != "" {
		return o.ServiceName
	}
	return o.Server
}

// LinkState is the state of the connection to OBS.
type LinkState int

// The states of the link.
const (
	LinkUnknown LinkState = iota
	// LinkConnecting: an attempt is under way.
	LinkConnecting
	// LinkUp: connected and identified.
	LinkUp
	// LinkWaiting: OBS is not there; tried again quietly.
	LinkWaiting
	// LinkPassword: the password is wrong; nothing is tried until the user
	// gives another.
	LinkPassword
	// LinkUnprotected: what listens asked for no password although one is known;
	// it is not used until the user allows it, and tried again quietly.
	LinkUnprotected
	// LinkKicked: OBS's user closed the connection; nothing is tried until
	// asked for.
	LinkKicked
)

// Match tells whether OBS points at the account.
type Match int

// The states of a match.
const (
	MatchUnknown Match = iota
	MatchYes
	MatchNo
)

// StreamState is what OBS's stream output does.
type StreamState int

// The states of the stream.
const (
	StreamUnknown StreamState = iota
	StreamOff
	StreamStarting
	StreamOn
	StreamReconnecting
	StreamStopping
)

// Running reports whether OBS sends, or tries to.
func (s StreamState) Running() bool {
	return s == StreamStarting || s == StreamOn || s == StreamReconnecting || s == StreamStopping
}

// KeyringState tells where secrets are kept.
type KeyringState struct {
	Known bool
	// Durable: in the system's keyring; otherwise in memory for this run.
	Durable bool
	Err     error
}

// Task is a use case that takes a while.
type Task string

// The tasks.
const (
	TaskSignIn   Task = "signin"
	TaskSignOut  Task = "signout"
	TaskAccount  Task = "account"
	TaskRefresh  Task = "refresh"
	TaskSetUp    Task = "setup"
	TaskApply    Task = "apply"
	TaskStart    Task = "start"
	TaskStop     Task = "stop"
	TaskRestore  Task = "restore"
	TaskResetKey Task = "resetkey"
	TaskOverlay  Task = "overlay"
)

// TaskState is how a task stands.
type TaskState struct {
	Running bool
	// Steps are the parts of the task, in order.
	Steps []Step
	// Err is why it ended without success.
	Err   error
	Began time.Time
	Ended time.Time
}

// Step is one part of a task.
type Step struct {
	ID    StepID
	State StepState
	// Detail is a fact to show with it: a server, a version, a nickname.
	Detail string
	Err    error
}

// StepID names a step; faces find its words under "step.<id>".
type StepID string

// The steps.
const (
	StepAccount StepID = "account"
	StepIngest  StepID = "ingest"
	StepOBS     StepID = "obs"
	StepKeep    StepID = "keep"
	StepWrite   StepID = "write"
	StepVerify  StepID = "verify"
	StepCheck   StepID = "check"
	StepStart   StepID = "start"
	StepOnAir   StepID = "onair"
	StepStop    StepID = "stop"
	StepSend    StepID = "send"
	StepReset   StepID = "reset"
	StepOverlay StepID = "overlay"
	StepScene   StepID = "scene"
)

// StepState is how a step stands.
type StepState int

// The states of a step.
const (
	StepPending StepState = iota
	StepRunning
	StepDone
	StepWarned
	StepFailed
	StepSkipped
)
