package state

import (
	"errors"
	"testing"
)

func TestOnlyWarningsNotAcceptedAreAskedAbout(t *testing.T) {
	checks := []Preflight{
		{ID: PreScene, State: StepWarned, Reason: "black"},
		{ID: PreMicrophone, State: StepWarned, Reason: "silent"},
		{ID: PreMicrophone, State: StepWarned, Reason: "none"},
		{ID: PreVideo, State: StepDone},
		{ID: PreConnected, State: StepFailed, Reason: "replaces_key", Blocks: true},
	}
	got := Unaccepted(checks, []string{"scene.black", "microphone.none", "connected_account.replaces_key"})
	if len(got) != 1 || got[0].Kind() != "microphone.silent" {
		t.Errorf("asks about %+v", got)
	}
	if len(checks) != 5 || checks[0].Kind() != "scene.black" {
		t.Error("the checks themselves were changed")
	}
	if err := error(&WarnedError{Checks: got}); !errors.Is(err, ErrWarned) || errors.Is(err, ErrPreflight) || err.Error() == "" {
		t.Errorf("got %v", err)
	}
}
