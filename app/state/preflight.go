package state

import (
	"errors"
	"slices"
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
	PreBFrames    PreflightID = "b_frames"
	PreKeyframes  PreflightID = "keyframes"
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

// Kind names what a check found, for what the user decides about it once and for all.
func (p Preflight) Kind() string { return string(p.ID) + "." + p.Reason }

// Unaccepted gives the warnings whose kinds the user has not accepted for good.
func Unaccepted(checks []Preflight, accepted []string) []Preflight {
	return slices.DeleteFunc(Warnings(checks), func(p Preflight) bool { return slices.Contains(accepted, p.Kind()) })
}

// ErrWarned: going live waits for the user to have seen what the checks warn of.
var ErrWarned = errors.New("the checks before going live warn of something")

// WarnedError carries the warnings to ask about. It is of kind ErrWarned.
type WarnedError struct{ Checks []Preflight }

// Error says so in English.
func (e *WarnedError) Error() string { return ErrWarned.Error() }

// Is matches ErrWarned.
func (e *WarnedError) Is(target error) bool { return target == ErrWarned }

// Decide tells how going live goes on after the checks: with an error, a
// *PreflightError or a *WarnedError, it does not. anyway goes on over what stands in
// the way; ask holds back for warnings of kinds that were not accepted for good.
func Decide(checks []Preflight, anyway, ask bool, accepted []string) (StepState, error) {
	blocking, unaccepted := Blocking(checks), Unaccepted(checks, accepted)
	switch {
	case len(blocking) > 0 && !anyway:
		return StepFailed, &PreflightError{Checks: blocking}
	case ask && len(unaccepted) > 0:
		return StepWarned, &WarnedError{Checks: unaccepted}
	case len(blocking)+len(Warnings(checks)) > 0:
		return StepWarned, nil
	}
	return StepDone, nil
}
