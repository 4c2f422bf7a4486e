package app

import (
	"maps"
	"slices"
	"time"

	"cuelight/providers"
)

// maxNotices bounds State.Notices.
const maxNotices = 20

// Event is something that happened. Only reduce knows what it means for the
// State.
type Event interface{ apply(State) State }

// reduce makes the next State. It is pure.
func reduce(s State, e Event) State { return e.apply(s) }

type (
	evConfig   struct{ accounts []providers.Account }
	evSelected struct {
		account providers.Account
		desc    providers.Description
		has     Capabilities
		limits  providers.Limits
		number  bool
		token   bool
	}
	evSignIn struct {
		state SignInState
		url   string
		until time.Time
		err   error
	}
	evIdentity struct{ id providers.Identity }
	evLink     struct {
		link     LinkState
		version  string
		address  string
		practice bool
		err      error
	}
	evService struct {
		server, name string
		match        Match
	}
	evStream struct {
		stream StreamState
		since  time.Time
	}
	evRestorable struct{ can bool }
	evBroadcast  struct {
		account   string
		confirmed providers.Broadcast
		at        time.Time
		err       error
	}
	evCategory struct {
		account  string
		category providers.Category
	}
	evDraft struct {
		draft    providers.Patch
		problems map[providers.FieldID]error
	}
	evResolved struct{ field providers.FieldID }
	evQueued   struct{ queued bool }
	evApplied  struct {
		account string
		sent    providers.Patch
		at      time.Time
	}
	evLive struct {
		account string
		live    providers.Live
		at      time.Time
		err     error
	}
	evPreflight struct {
		checks []Preflight
		at     time.Time
	}
	evTaskBegan struct {
		task  Task
		steps []StepID
		at    time.Time
	}
	evStep struct {
		task Task
		step Step
	}
	evTaskEnded struct {
		task Task
		err  error
		at   time.Time
	}
	evKeyring struct {
		durable bool
		err     error
	}
	evNotice struct{ notice Notice }
)

func (e evConfig) apply(s State) State {
	s.Accounts = e.accounts
	return s
}

// A change of account forgets everything that was the other account's.
func (e evSelected) apply(s State) State {
	if s.Account.Name != e.account.Name {
		s.Account, s.Broadcast, s.Live = AccountState{}, BroadcastState{}, LiveState{}
		s.OBS.Matches = MatchUnknown
	}
	s.Account.Name, s.Account.Platform = e.account.Name, e.account.Platform
	s.Account.PlatformName, s.Account.Rooms = e.desc.Name, e.desc.Rooms
	s.Account.Has, s.Account.CanNumber = e.has, e.number
	s.Account.CanToken = e.token
	s.Broadcast.Limits = e.limits
	return s
}

func (e evSignIn) apply(s State) State {
	s.Account.SignedIn, s.Account.SignInURL, s.Account.SignInUntil = e.state, e.url, e.until
	s.Account.Err = e.err
	if e.state == SignedOut {
		s.Account.Nick, s.Account.UserID = "", ""
		s.Broadcast.Known, s.Live = false, LiveState{}
		s.OBS.Matches = MatchUnknown
	}
	return s
}

func (e evIdentity) apply(s State) State {
	s.Account.Nick, s.Account.UserID = e.id.Nick, e.id.UserID
	return s
}

func (e evLink) apply(s State) State {
	s.OBS.Link, s.OBS.Err, s.OBS.Practice = e.link, e.err, e.practice
	if e.address != "" {
		s.OBS.Address = e.address
	}
	if e.version != "" {
		s.OBS.Version = e.version
	}
	if e.link != LinkUp {
		s.OBS.Matches, s.OBS.Stream, s.OBS.Server = MatchUnknown, StreamUnknown, ""
		s.OBS.Since = time.Time{}
		s.OBS.ServiceName = ""
	}
	return s
}

func (e evService) apply(s State) State {
	s.OBS.Server, s.OBS.ServiceName, s.OBS.Matches = e.server, e.name, e.match
	return s
}

func (e evStream) apply(s State) State {
	s.OBS.Stream, s.OBS.Since = e.stream, e.since
	return s
}

func (e evRestorable) apply(s State) State {
	s.OBS.CanRestore = e.can
	return s
}

// A refresh never touches the draft, but for fields that turned out to be what
// the platform holds already: those are no change any more.
func (e evBroadcast) apply(s State) State {
	if e.account != s.Account.Name {
		return s
	}
	s.Broadcast.Err = e.err
	if e.err == nil {
		if s.Broadcast.Known {
			s.Broadcast.Conflicts = addFields(s.Broadcast.Conflicts, conflicts(s.Broadcast.Draft, s.Broadcast.Confirmed, e.confirmed))
		}
		if known := s.Broadcast.Confirmed.Category; e.confirmed.Category.Name == "" && e.confirmed.Category.Number == known.Number {
			e.confirmed.Category = known // a platform's settings give the number alone
		}
		s.Broadcast.Known, s.Broadcast.Confirmed, s.Broadcast.ConfirmedAt = true, e.confirmed, e.at
		s.Broadcast.Draft = withoutEqual(s.Broadcast.Draft, e.confirmed)
		s.Broadcast.Conflicts = stillSet(s.Broadcast.Conflicts, s.Broadcast.Draft)
	}
	return s
}

// The name belongs to the number: a category changed meanwhile keeps its own.
func (e evCategory) apply(s State) State {
	if e.account == s.Account.Name && e.category.Number == s.Broadcast.Confirmed.Category.Number {
		s.Broadcast.Confirmed.Category = e.category
	}
	return s
}

func (e evDraft) apply(s State) State {
	s.Broadcast.Draft, s.Broadcast.Problems = e.draft, e.problems
	s.Broadcast.Conflicts = stillSet(s.Broadcast.Conflicts, e.draft)
	return s
}

// What was sent is confirmed; what the user typed meanwhile stays a draft.
func (e evApplied) apply(s State) State {
	if e.account != s.Account.Name {
		return s
	}
	if s.Broadcast.Known {
		s.Broadcast.Undo = inverse(e.sent, s.Broadcast.Confirmed)
	}
	s.Broadcast.Confirmed = overlay(s.Broadcast.Confirmed, e.sent)
	s.Broadcast.Known, s.Broadcast.ConfirmedAt, s.Broadcast.Err = true, e.at, nil
	s.Broadcast.Draft = withoutEqual(withoutSent(s.Broadcast.Draft, e.sent), s.Broadcast.Confirmed)
	s.Broadcast.Conflicts = stillSet(s.Broadcast.Conflicts, s.Broadcast.Draft)
	return s
}

func (e evResolved) apply(s State) State {
	s.Broadcast.Conflicts = slices.DeleteFunc(slices.Clone(s.Broadcast.Conflicts), func(id providers.FieldID) bool { return id == e.field })
	return s
}

func (e evQueued) apply(s State) State {
	s.OBS.WriteQueued = e.queued
	return s
}

// addFields joins two lists of fields, each once.
func addFields(to, more []providers.FieldID) []providers.FieldID {
	to = slices.Clone(to)
	for _, id := range more {
		if !slices.Contains(to, id) {
			to = append(to, id)
		}
	}
	return to
}

// stillSet keeps the fields that a draft still sets.
func stillSet(ids []providers.FieldID, draft providers.Patch) []providers.FieldID {
	var kept []providers.FieldID
	for _, f := range fields {
		if slices.Contains(ids, f.id) && f.isSet(draft) {
			kept = append(kept, f.id)
		}
	}
	return kept
}

func (e evLive) apply(s State) State {
	if e.account != s.Account.Name {
		return s
	}
	s.Live.Err, s.Live.At = e.err, e.at
	if e.err == nil {
		s.Live.Known, s.Live.Live = true, e.live
	}
	return s
}

func (e evPreflight) apply(s State) State {
	s.Preflight, s.PreflightAt = e.checks, e.at
	return s
}

func (e evTaskBegan) apply(s State) State {
	t := TaskState{Running: true, Began: e.at}
	for _, id := range e.steps {
		t.Steps = append(t.Steps, Step{ID: id})
	}
	s.Tasks = withTask(s.Tasks, e.task, t)
	return s
}

func (e evStep) apply(s State) State {
	t := s.Tasks[e.task]
	t.Steps = slices.Clone(t.Steps)
	if i := slices.IndexFunc(t.Steps, func(st Step) bool { return st.ID == e.step.ID }); i >= 0 {
		t.Steps[i] = e.step
	} else {
		t.Steps = append(t.Steps, e.step)
	}
	s.Tasks = withTask(s.Tasks, e.task, t)
	return s
}

func (e evTaskEnded) apply(s State) State {
	t := s.Tasks[e.task]
	t.Running, t.Err, t.Ended = false, e.err, e.at
	s.Tasks = withTask(s.Tasks, e.task, t)
	return s
}

func (e evKeyring) apply(s State) State {
	s.Keyring = KeyringState{Known: true, Durable: e.durable, Err: e.err}
	return s
}

func (e evNotice) apply(s State) State {
	e.notice.Seq = 1
	if n := len(s.Notices); n > 0 {
		e.notice.Seq = s.Notices[n-1].Seq + 1
	}
	s.Notices = append(slices.Clone(s.Notices), e.notice)
	if extra := len(s.Notices) - maxNotices; extra > 0 {
		s.Notices = s.Notices[extra:]
	}
	return s
}

func withTask(tasks map[Task]TaskState, task Task, t TaskState) map[Task]TaskState {
	next := maps.Clone(tasks)
	if next == nil {
		next = make(map[Task]TaskState)
	}
	next[task] = t
	return next
}
