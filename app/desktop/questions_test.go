package desktop

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// questions are what the window asks before it does something, with how to come there.
var questions = []struct {
	name  string
	state func() state.State
	ask   func(*rig)
}{
	{"end the broadcast", kittest.OnAir, func(r *rig) { r.Actions.Stop() }},
	{"go live with unsent changes", withDraft, func(r *rig) { r.Actions.GoLive() }},
	{"go live warned", kittest.Ready, func(r *rig) {
		r.fake.Fail["start"] = &state.WarnedError{Checks: []state.Preflight{{ID: state.PreScene, State: state.StepWarned, Reason: "black"}}}
		r.Actions.GoLive()
	}},
	{"go live blocked", kittest.Ready, func(r *rig) {
		r.fake.Fail["start"] = &state.PreflightError{Checks: []state.Preflight{{ID: state.PreConnected, State: state.StepFailed, Reason: "replaces_key", Blocks: true}}}
		r.Actions.GoLive()
	}},
	{"put newer settings back", kittest.Ready, func(r *rig) {
		r.fake.Fail["restore"] = &destination.ChangedError{Server: "rtmp://live.twitch.tv/app", Name: "Twitch"}
		r.shell.home.Broadcaster.Restore()
	}},
	{"leave a broadcast", onAirWithTwo, func(r *rig) { r.Actions.AddAccount() }},
	{"sign out", kittest.SeveralAccounts, func(r *rig) {
		r.shell.open(kit.ScreenAccounts)
		r.tap(r.body(), "accounts.sign_out")
	}},
	{"quit on air", kittest.OnAir, func(r *rig) { r.confirmQuit() }},
	{"leave practice", kittest.InSandbox, func(r *rig) { r.leaveSandbox() }},
}

func withDraft() state.State {
	s := kittest.Ready()
	title := "한 판만 더"
	s.Broadcast.Draft = providers.Patch{Title: &title}
	return s
}

// Enter, Space and Escape right after a question has come up change nothing: a key held
// too long, or pressed without reading, does no harm.
func TestTheKeyboardAnswersEveryQuestionSafely(t *testing.T) {
	for _, q := range questions {
		for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyEscape} {
			t.Run(q.name+" "+string(key), func(t *testing.T) {
				r := newRig(t, q.state(), "dark", "ko")
				q.ask(r)
				r.until("the question", func() bool { return r.Sheet() != nil })
				before := slices.Clone(r.fake.Calls)
				focused := r.win.Canvas().Focused()
				if focused == nil {
					t.Fatal("nothing has the keyboard")
				}
				focused.TypedKey(&fyne.KeyEvent{Name: key})
				r.settle()
				if r.Sheet() != nil {
					t.Error("it stays")
				}
				if !slices.Equal(r.fake.Calls, before) || r.life.Err() != nil {
					t.Errorf("it does %v", r.fake.Calls[len(before):])
				}
			})
		}
	}
}

// In a small window a question's buttons lie where the big button is: the second half
// of a double-click on "end the broadcast" ended it.
func TestTheSecondHalfOfADoubleClickAnswersNoQuestion(t *testing.T) {
	r := newRig(t, kittest.OnAir(), "dark", "ko")
	r.win.Resize(narrow)
	r.render()
	test.Tap(r.bigButton())
	yes := r.button(r.Text("stop"))
	test.Tap(yes)
	r.settle()
	if r.fake.Called("stop") || r.Sheet() == nil {
		t.Fatal("it ended the broadcast")
	}
	r.clock.Advance(control.HoldOffTime)
	test.Tap(yes)
	r.until("the end", func() bool { return r.fake.Called("stop") })
}

func TestEscapeLosesNothingThatWasTyped(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.Actions.AddAccount()
	r.render()
	field := kittest.Find[*input.TextField](r.welcome.Body())[0]
	field.SetText("8f2e")
	r.escape()
	if r.welcome == nil || field.Text() != "8f2e" {
		t.Fatal("Escape leaves the form with what was typed")
	}
	field.SetText("")
	r.escape()
	if r.welcome != nil {
		t.Error("Escape does not leave an empty form")
	}
}
