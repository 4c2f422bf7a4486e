package state

import (
	"slices"
	"strings"

	"cuelight/providers"
)

// Action is what a face can do about a check, with one click.
type Action string

// The actions.
const (
	ActionNone        Action = ""
	ActionAddAccount  Action = "add_account"
	ActionSignIn      Action = "sign_in"
	ActionOBSHelp     Action = "obs_help"
	ActionOBSPassword Action = "obs_password"
	ActionOBSRetry    Action = "obs_retry"
	// ActionOBSUnprotected asks whether an OBS that wants no password is used.
	ActionOBSUnprotected Action = "obs_unprotected"
	ActionSetUp          Action = "set_up"
	ActionEdit           Action = "edit"
	ActionStart          Action = "start"
	ActionStop           Action = "stop"
)

// Check is one line of the checklist on the way to being on air.
type Check struct {
	// ID is "signin", "obs", "service", "details", "send" or "onair"; faces find
	// words under "check.<id>.<state>".
	ID    string
	State StepState
	// Detail is a fact: a nickname, a version, a server, a title.
	Detail string
	Err    error
	// Action is what to do about it.
	Action Action
}

// Checklist derives the way to being on air from a State: what is done, what
// is missing and what to do about it. It is pure.
func Checklist(s State) []Check {
	checks := []Check{checkSignIn(s), checkOBS(s)}
	if s.Account.Name == "" || s.Account.Has.Ingest {
		checks = append(checks, checkPointing(s))
	}
	if len(s.Broadcast.Limits) > 0 {
		checks = append(checks, CheckDetails(s))
	}
	checks = append(checks, checkSending(s))
	if s.Account.Has.LiveStatus {
		checks = append(checks, checkOnAir(s))
	}
	return checks
}

func checkSignIn(s State) Check {
	c := Check{ID: "signin", Detail: s.Account.Nick, Err: s.Account.Err}
	switch {
	case s.Account.Name == "":
		c.State, c.Action = StepFailed, ActionAddAccount
	case s.Account.SignedIn == SigningIn:
		c.State = StepRunning
	case s.Account.SignedIn == SignedIn:
		c.State = StepDone
		if id := s.Account.UserID; id != "" && id != s.Account.Nick {
			c.Detail += " (" + id + ")"
		}
	case s.Account.SignedIn == SignedOut:
		c.State, c.Action = StepFailed, ActionSignIn
	default:
		c.State = StepPending
	}
	return c
}

func checkOBS(s State) Check {
	c := Check{ID: "obs", Err: s.OBS.Err}
	if !s.OBS.LostOnAir.IsZero() {
		c.State, c.Action = StepFailed, ActionOBSRetry
		return c
	}
	switch s.OBS.Link {
	case LinkUp:
		c.State, c.Detail = StepDone, s.OBS.Version
	case LinkPassword:
		c.State, c.Action = StepFailed, ActionOBSPassword
	case LinkUnprotected:
		c.State, c.Action = StepFailed, ActionOBSUnprotected
	case LinkKicked:
		c.State, c.Action = StepFailed, ActionOBSRetry
	case LinkWaiting:
		c.State, c.Action = StepWarned, ActionOBSHelp
	default:
		c.State = StepRunning
	}
	return c
}

func checkPointing(s State) Check {
	c := Check{ID: "service"}
	task := s.Tasks[TaskSetUp]
	switch {
	case task.Running:
		c.State = StepRunning
	case s.OBS.Link != LinkUp || s.Account.SignedIn != SignedIn:
		c.State = StepPending
	case s.OBS.Matches == MatchYes:
		c.State, c.Detail = StepDone, s.OBS.Server
	case s.OBS.Matches == MatchNo:
		c.State, c.Detail, c.Err, c.Action = StepFailed, s.OBS.Place(), task.Err, ActionSetUp
	case task.Err != nil:
		c.State, c.Err, c.Action = StepFailed, task.Err, ActionSetUp
	default:
		c.State, c.Action = StepPending, ActionSetUp
	}
	return c
}

func CheckDetails(s State) Check {
	c := Check{ID: "details", Err: s.Broadcast.Err}
	b := s.Broadcast.Confirmed
	_, wantsCategory := s.Broadcast.Limits[providers.FieldCategory]
	switch {
	case s.Account.SignedIn != SignedIn:
		c.State, c.Err = StepPending, nil
	case s.Broadcast.Err != nil && !s.Broadcast.Known:
		c.State = StepFailed
	case !s.Broadcast.Known:
		c.State = StepRunning
	case strings.TrimSpace(b.Title) == "" || (wantsCategory && unset(b.Category.Number)):
		c.State, c.Action = StepWarned, ActionEdit
	default:
		c.State, c.Detail = StepDone, strings.Join(slices.DeleteFunc(
			[]string{b.Title, CategoryText(b.Category)}, func(s string) bool { return s == "" }), " · ")
	}
	return c
}

// unset: the platform's number for "no category yet" is all zeros (SOOP Open
// API, broad/rtmp, example answer).
func unset(number string) bool { return strings.Trim(number, "0") == "" }

func checkSending(s State) Check {
	c := Check{ID: "send"}
	switch {
	case !s.OBS.LostOnAir.IsZero():
		c.State = StepFailed
		return c
	case !s.OBS.UnseenSince.IsZero():
		c.State = StepWarned
		return c
	}
	task := s.Tasks[TaskStart]
	switch s.OBS.Stream {
	case StreamOn:
		c.State, c.Detail = StepDone, s.OBS.Server
	case StreamStarting, StreamStopping:
		c.State = StepRunning
	case StreamReconnecting:
		c.State = StepWarned
	default:
		c.State = StepPending
		if task.Running {
			c.State = StepRunning
		} else if failed := StepOf(task, StepStart); failed.State == StepFailed {
			c.State, c.Err, c.Action = StepFailed, failed.Err, ActionStart
		}
	}
	return c
}

func checkOnAir(s State) Check {
	c := Check{ID: "onair"}
	switch {
	case s.Live.StillOnAir() && !s.OBS.LostOnAir.IsZero():
		c.State, c.Detail = StepWarned, s.Live.Title
	case s.Live.StillOnAir():
		c.State, c.Detail = StepDone, s.Live.Title
	case StepOf(s.Tasks[TaskStart], StepOnAir).State == StepRunning:
		c.State = StepRunning
	case s.OBS.Stream == StreamOn && s.Live.Err != nil:
		c.State, c.Err = StepWarned, s.Live.Err
	case s.OBS.Stream == StreamOn:
		c.State = StepWarned
	default:
		c.State = StepPending
	}
	return c
}

func StepOf(t TaskState, id StepID) Step {
	for _, step := range t.Steps {
		if step.ID == id {
			return step
		}
	}
	return Step{ID: id}
}
