package state

import (
	"errors"
	"strings"
)

// PreflightID names one thing that is looked at before going live; faces find
// words under "preflight.<id>".
type PreflightID string

// The checks, in the order in which they are made and shown.
const (
	PreSignIn     PreflightID = "signin"
	PreOBS        PreflightID = "obs"
	PreOutput     PreflightID = "output"
	PreConnected  PreflightID = "connected_account"
	PreMultitrack PreflightID = "multitrack"
	PreVideo      PreflightID = "video_bitrate"
	PreAudio      PreflightID = "audio_bitrate"
	PrePicture    PreflightID = "picture"
	PreCodec      PreflightID = "codec"
	PreScene      PreflightID = "scene"
	PreMicrophone PreflightID = "microphone"
	PreService    PreflightID = "service"
	PreDetails    PreflightID = "details"
	PreElsewhere  PreflightID = "elsewhere"
)

// Preflight is one check before going live.
type Preflight struct {
	ID PreflightID
	// State is StepDone, StepWarned, StepFailed or StepSkipped (not known).
	State StepState
	// Reason tells which of several ways a check can go wrong; faces find why it
	// matters under "preflight.<id>.<reason>", and what to do under .cure behind
	// that.
	Reason string
	// Detail and Limit are facts the words speak of.
	Detail string
	Value  int
	Limit  int
	// Blocks: going live would fail, or send to somebody else's account.
	Blocks bool
	Err    error
}

// OK reports whether nothing is wrong, as far as is known.
func (p Preflight) OK() bool { return p.State == StepDone || p.State == StepSkipped }

// ErrPreflight: a check stands in the way of going live.
var ErrPreflight = errors.New("a check before going live failed")

// PreflightError carries the checks that stand in the way.
type PreflightError struct{ Checks []Preflight }

// Error names them.
func (e *PreflightError) Error() string {
	ids := make([]string, 0, len(e.Checks))
	for _, c := range e.Checks {
		ids = append(ids, string(c.ID))
	}
	return ErrPreflight.Error() + ": " + strings.Join(ids, ", ")
}

// Is makes it an ErrPreflight, and of the kind of the first check's error.
func (e *PreflightError) Is(target error) bool { return target == ErrPreflight }

// Unwrap gives the errors behind the checks.
func (e *PreflightError) Unwrap() []error {
	var errs []error
	for _, c := range e.Checks {
		if c.Err != nil {
			errs = append(errs, c.Err)
		}
	}
	return errs
}

// Blocking gives the checks that stand in the way.
func Blocking(checks []Preflight) []Preflight {
	var found []Preflight
	for _, c := range checks {
		if c.Blocks && !c.OK() {
			found = append(found, c)
		}
	}
	return found
}

// Warnings gives the checks that are not well and do not stand in the way.
func Warnings(checks []Preflight) []Preflight {
	var found []Preflight
	for _, c := range checks {
		if !c.OK() && !c.Blocks {
			found = append(found, c)
		}
	}
	return found
}
