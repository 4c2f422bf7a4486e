package home

import (
	"slices"
	"testing"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
)

// Going live with a black scene or no microphone used to ask nothing.
func TestGoingLiveAsksAboutWarnings(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	r.Fake.Fail["start"] = &state.WarnedError{Checks: []state.Preflight{
		{ID: state.PreScene, State: state.StepWarned, Reason: "black"},
		{ID: state.PreMicrophone, State: state.StepWarned, Reason: "silent"},
	}}
	ask := func() {
		r.Press(h.ready.big)
		r.Until("the question", func() bool { return r.Sheet() != nil })
		if !r.Fake.LastStart().Ask {
			t.Fatalf("went live with %+v", r.Fake.LastStart())
		}
	}
	ask()
	if b, ok := r.Win.Canvas().Focused().(*control.Button); !ok || b.Text() != "문제부터 해결" {
		t.Errorf("the keyboard is at %v", r.Win.Canvas().Focused())
	}
	r.Press(kittest.Find[*control.Switch](r.Sheet())[0])
	r.Press(r.Button("문제부터 해결"))
	r.Settle()
	if r.Fake.Called("configure") || r.Fake.LastStart().Checked {
		t.Fatal("not going live accepted a warning, or went live")
	}
	ask()
	r.Fake.Succeed("start")
	r.Press(kittest.Find[*control.Switch](r.Sheet())[1])
	r.Press(r.Button("그래도 방송 시작"))
	r.Until("it goes live", func() bool { return r.Fake.LastStart().Checked })
	if got := r.Fake.Config().AcceptedWarnings; !slices.Equal(got, []string{"microphone.silent"}) {
		t.Errorf("accepted %q", got)
	}
}
