package state

import (
	"maps"
	"slices"
	"time"
)

// maxNotices bounds State.Notices.
const maxNotices = 20

// Reduce makes the next State. It is pure.
func Reduce(s State, e Event) State { return e.apply(s) }

func (e AccountsChanged) apply(s State) State {
	s.Accounts = e.Accounts
	return s
}

// A change of account, or of its channel, forgets everything that was the
// other's.
func (e AccountSelected) apply(s State) State {
	if s.Account.Name != e.Account.Name {
		s.Account = AccountState{}
	}
	if s.Account.Name != e.Account.Name || s.Account.Channel != e.Account.Channel {
		s.Broadcast, s.Live = BroadcastState{}, LiveState{}
		s.OBS.Matches = MatchUnknown
	}
	s.Account.Name, s.Account.Platform = e.Account.Name, e.Account.Platform
	s.Account.Channel = e.Account.Channel
	s.Account.PlatformName, s.Account.Rooms = e.Description.Name, e.Description.Rooms
	s.Account.Has, s.Account.CanNumber = e.Capabilities, e.CanNumber
	s.Account.CanToken = e.CanToken
	s.Broadcast.Limits = e.Limits
	return s
}

func (e LinkChanged) apply(s State) State {
	s.OBS = s.OBS.outOfSight(e, s.Tasks[TaskStop].Running)
	s.OBS.Link, s.OBS.Err, s.OBS.Simulated = e.Link, e.Err, e.Simulated
	if e.Address != "" {
		s.OBS.Address = e.Address
	}
	if e.Version != "" {
		s.OBS.Version = e.Version
	}
	if e.Link != LinkUp {
		s.OBS.Matches, s.OBS.Stream, s.OBS.Server = MatchUnknown, StreamUnknown, ""
		s.OBS.Since, s.OBS.ReconnectingSince = time.Time{}, time.Time{}
		s.OBS.ServiceName, s.OBS.ServiceKnown, s.OBS.SendsFor = "", false, ""
	}
	return s
}

func (e ServiceRead) apply(s State) State {
	s.OBS.Server, s.OBS.ServiceName, s.OBS.ServiceKnown = e.Server, e.Name, true
	if e.Account == s.Account.Name && e.Channel == s.Account.Channel {
		s.OBS.Matches = e.Match
	}
	switch {
	case e.Match == MatchYes:
		s.OBS.SendsFor = e.Account
	case e.Match == MatchNo && s.OBS.SendsFor == e.Account:
		s.OBS.SendsFor = ""
	}
	return s
}

func (e StreamChanged) apply(s State) State {
	s.OBS = s.OBS.inSight()
	switch {
	case e.Stream != StreamReconnecting:
		s.OBS.ReconnectingSince = time.Time{}
	case s.OBS.Stream != StreamReconnecting:
		s.OBS.ReconnectingSince = e.At
	}
	s.OBS.Stream, s.OBS.Since = e.Stream, e.Since
	return s
}

func (e RestorableChanged) apply(s State) State {
	s.OBS.CanRestore = e.CanRestore
	return s
}

// The name belongs to the number: a category changed meanwhile keeps its own.
func (e CategoryNamed) apply(s State) State {
	if e.Account == s.Account.Name && e.Category.Number == s.Broadcast.Confirmed.Category.Number {
		s.Broadcast.Confirmed.Category = e.Category
	}
	return s
}

func (e WriteQueuedChanged) apply(s State) State {
	s.OBS.WriteQueued = e.Queued
	return s
}

func (e PreflightDone) apply(s State) State {
	s.Preflight, s.PreflightAt = e.Checks, e.At
	return s
}

func (e TaskBegan) apply(s State) State {
	t := TaskState{Running: true, Began: e.At}
	for _, id := range e.Steps {
		t.Steps = append(t.Steps, Step{ID: id})
	}
	s.Tasks = withTask(s.Tasks, e.Task, t)
	return s
}

func (e StepChanged) apply(s State) State {
	t := s.Tasks[e.Task]
	t.Steps = slices.Clone(t.Steps)
	if i := slices.IndexFunc(t.Steps, func(st Step) bool { return st.ID == e.Step.ID }); i >= 0 {
		t.Steps[i] = e.Step
	} else {
		t.Steps = append(t.Steps, e.Step)
	}
	s.Tasks = withTask(s.Tasks, e.Task, t)
	return s
}

func (e TaskEnded) apply(s State) State {
	t := s.Tasks[e.Task]
	t.Running, t.Err, t.Ended = false, e.Err, e.At
	s.Tasks = withTask(s.Tasks, e.Task, t)
	if e.Task == TaskApply && s.Broadcast.Known { // nothing is on its way any more, see DraftChanged
		s.Broadcast = s.Broadcast.redrafted(WithoutEqual(s.Broadcast.Draft, s.Broadcast.Confirmed))
	}
	return s
}

func (e KeyringChanged) apply(s State) State {
	s.Keyring = KeyringState{Known: true, Durable: e.Durable, Err: e.Err}
	return s
}

func (e NoticePosted) apply(s State) State {
	e.Notice.Seq = 1
	if n := len(s.Notices); n > 0 {
		e.Notice.Seq = s.Notices[n-1].Seq + 1
	}
	s.Notices = append(slices.Clone(s.Notices), e.Notice)
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
