package widgets_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets"
	"cuelight/widgets/fakeclock"
)

func TestCueLightWakesTheProgramOnlyWhileItBlinks(t *testing.T) {
	clock := fakeclock.New()
	cue := widgets.NewCueLight(26, clock, nil)
	w, _ := shown(t, container.NewCenter(cue), fyne.NewSize(100, 100), clock)
	for _, s := range []widgets.CueState{widgets.CueReady, widgets.CueOnAir, widgets.CueOff} {
		cue.Set(s, "")
		if clock.Pending() != 0 {
			t.Errorf("state %d keeps the program awake", s)
		}
	}
	cue.Set(widgets.CueReconnecting, "")
	bright := markup(w)
	clock.Advance(time.Second)
	dim := markup(w)
	clock.Advance(time.Second)
	if bright == dim || markup(w) != bright {
		t.Error("it does not blink")
	}
	cue.Set(widgets.CueOnAir, "")
	if clock.Pending() != 0 {
		t.Error("it blinks on after the connection is back")
	}
}

func TestChecklistShowsRowsAndTurnsOnlyWhileOneRuns(t *testing.T) {
	clock := fakeclock.New()
	list := widgets.NewChecklist(clock)
	w, _ := shown(t, list, fyne.NewSize(300, 400), clock)
	pressed := ""
	rows := func(second widgets.CheckState) []widgets.CheckRow {
		return []widgets.CheckRow{
			{State: widgets.CheckDone, Title: "로그인됨", Detail: "자러가자"},
			{State: second, Title: "OBS 설정", Detail: "마지막 설정 뒤에 바뀌었습니다", Action: "OBS 설정하기", OnAction: func() { pressed = "setup" }},
		}
	}
	list.SetRows(rows(widgets.CheckRunning)...)
	if clock.Pending() != 1 {
		t.Errorf("%d timers while one step runs", clock.Pending())
	}
	clock.Advance(time.Second)
	list.SetRows(rows(widgets.CheckFailed)...)
	if clock.Pending() != 0 {
		t.Error("it turns on after the step has ended")
	}
	m := markup(w)
	for _, want := range []string{"로그인됨", "자러가자", "OBS 설정하기"} {
		if !strings.Contains(m, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	w.Canvas().FocusNext()
	typeKeys(w, fyne.KeyReturn)
	if pressed != "setup" {
		t.Error("the link of the failed step does nothing")
	}
}

func TestChecklistBreaksLongDetails(t *testing.T) {
	clock := fakeclock.New()
	list := widgets.NewChecklist(clock)
	w, _ := shown(t, list, fyne.NewSize(600, 400), clock)
	list.SetRows(widgets.CheckRow{Title: "제목", Detail: strings.Repeat("아주 긴 설명이 여러 줄에 걸쳐 나옵니다 ", 6)})
	wide := list.MinSize().Height
	w.Resize(fyne.NewSize(240, 400))
	if list.MinSize().Height <= wide {
		t.Error("the detail is cut instead of broken")
	}
}

func TestToastsComeAndGo(t *testing.T) {
	clock := fakeclock.New()
	_, layer := shown(t, widgets.NewLine("창", widgets.Look{}), fyne.NewSize(700, 400), clock)
	undone := false
	layer.Toast(widgets.Toast{Tone: widgets.Good, Text: "제목을 바꿨습니다", Action: "되돌리기", OnAction: func() { undone = true }})
	dismiss := layer.Toast(widgets.Toast{Text: "둘"})
	layer.Toast(widgets.Toast{Text: "셋"})
	layer.Toast(widgets.Toast{Text: "넷"})
	if got := layer.Toasts(); len(got) != 3 || got[0].Text != "둘" {
		t.Errorf("toasts %v, want the last three", got)
	}
	dismiss()
	dismiss()
	if len(layer.Toasts()) != 2 {
		t.Error("dismissing twice takes two")
	}
	clock.Advance(6 * time.Second)
	if len(layer.Toasts()) != 0 || clock.Pending() != 0 {
		t.Errorf("%d toasts and %d timers after their time", len(layer.Toasts()), clock.Pending())
	}
	layer.Toast(widgets.Toast{Text: "하나", Action: "되돌리기", OnAction: func() { undone = true }})
	tapText(t, layer, "되돌리기")
	if !undone || len(layer.Toasts()) != 0 {
		t.Error("the action does not act and close")
	}
}

func TestToastStaysWhileThePointerIsOnIt(t *testing.T) {
	clock := fakeclock.New()
	_, layer := shown(t, widgets.NewLine("창", widgets.Look{}), fyne.NewSize(700, 400), clock)
	layer.Toast(widgets.Toast{Text: "읽는 중"})
	for _, o := range test.LaidOutObjects(layer) {
		if h, ok := o.(desktop.Hoverable); ok && o.Size().Width == 400 { // the widest a toast is
			h.MouseIn(&desktop.MouseEvent{})
			clock.Advance(time.Minute)
			if len(layer.Toasts()) != 1 {
				t.Fatal("it goes while it is being read")
			}
			h.MouseOut()
		}
	}
	clock.Advance(time.Minute)
	if len(layer.Toasts()) != 0 {
		t.Error("it stays after the pointer has left")
	}
}

// tapText presses the button that says something.
func tapText(t *testing.T, root fyne.CanvasObject, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(root) {
		if b, ok := o.(*widgets.Button); ok && b.Text() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button says %q", text)
}

func TestSecretIsSeenOnlyWhileHeld(t *testing.T) {
	clock := fakeclock.New()
	clip := test.NewClipboard()
	value := "live-key-1234"
	field := widgets.NewSecretField(widgets.SecretWords{Label: "스트림 키", Hold: "누르고 있기", Copy: "복사", Absent: "없음"},
		func() string { return value }, clip, clock)
	w, _ := shown(t, field, fyne.NewSize(400, 80), clock)
	if strings.Contains(markup(w), value) {
		t.Fatal("the secret is on the screen")
	}
	eye, _ := secretButtons(t, field)
	ends := map[string]func(){
		"release": func() { eye.(desktop.Mouseable).MouseUp(&desktop.MouseEvent{}) },
		"leaving": func() { eye.(desktop.Hoverable).MouseOut() },
		"focus":   func() { eye.(fyne.Focusable).FocusLost() },
	}
	for name, end := range ends {
		eye.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{})
		if !field.Revealed() || !strings.Contains(markup(w), value) {
			t.Errorf("%s: holding does not reveal", name)
		}
		end()
		if field.Revealed() || strings.Contains(markup(w), value) {
			t.Errorf("%s: the secret stays on the screen", name)
		}
	}
	value = ""
	field.Refresh()
	if !strings.Contains(markup(w), "없음") {
		t.Error("an absent secret is not said")
	}
}

// secretButtons are the eye and the copy button, from left to right.
func secretButtons(t *testing.T, field *widgets.SecretField) (eye, copyButton fyne.CanvasObject) {
	t.Helper()
	var found []fyne.CanvasObject
	for _, o := range test.LaidOutObjects(field) {
		if _, ok := o.(fyne.Tappable); ok {
			found = append(found, o)
		}
	}
	if len(found) != 2 {
		t.Fatalf("%d buttons, want eye and copy", len(found))
	}
	return found[0], found[1]
}

func TestCopiedSecretLeavesTheClipboard(t *testing.T) {
	for name, c := range map[string]struct{ meanwhile, want string }{
		"still there": {"", ""},
		"replaced":    {"something else", "something else"},
	} {
		t.Run(name, func(t *testing.T) {
			clock, clip, copied := fakeclock.New(), test.NewClipboard(), 0
			field := widgets.NewSecretField(widgets.SecretWords{}, func() string { return "live-key-1234" }, clip, clock)
			field.OnCopied = func() { copied++ }
			shown(t, field, fyne.NewSize(400, 80), clock)
			_, button := secretButtons(t, field)
			test.Tap(button.(fyne.Tappable))
			if clip.Content() != "live-key-1234" || copied != 1 {
				t.Fatalf("clipboard %q, told %d times", clip.Content(), copied)
			}
			clock.Advance(29 * time.Second)
			if clip.Content() != "live-key-1234" {
				t.Error("taken out too early")
			}
			if c.meanwhile != "" {
				clip.SetContent(c.meanwhile)
			}
			clock.Advance(2 * time.Second)
			if clip.Content() != c.want {
				t.Errorf("clipboard %q, want %q", clip.Content(), c.want)
			}
		})
	}
}

func TestNumbersDoNotShake(t *testing.T) {
	clock := fakeclock.New()
	n := widgets.NewNumbers("01:11:11", widgets.Look{})
	shown(t, n, fyne.NewSize(200, 40), clock)
	narrow := n.MinSize()
	n.SetText("04:44:44")
	if n.MinSize() != narrow {
		t.Errorf("width %v with ones, %v with fours", narrow, n.MinSize())
	}
	if one, four := fyne.MeasureText("1", 14, fyne.TextStyle{}), fyne.MeasureText("4", 14, fyne.TextStyle{}); one.Width == four.Width {
		t.Error("the typeface has equal digits: this widget would not be needed")
	}
}

func TestSparklineIsBounded(t *testing.T) {
	clock := fakeclock.New()
	s := widgets.NewSparkline(30, widgets.Good)
	shown(t, s, fyne.NewSize(200, 60), clock)
	for i := range 10_000 {
		s.Add(float64(i % 7))
	}
	if s.Len() != 30 {
		t.Errorf("%d values kept, want 30", s.Len())
	}
	s.Clear()
	s.Add(-1)
	if s.Len() != 1 {
		t.Error("clearing does not forget")
	}
}

func TestEmptyStateActs(t *testing.T) {
	clock := fakeclock.New()
	pressed := false
	e := widgets.NewEmptyState(nil, "아직 계정이 없습니다", "계정을 더해 주세요.", "계정 더하기", func() { pressed = true })
	w, _ := shown(t, e, fyne.NewSize(300, 300), clock)
	tapText(t, e, "계정 더하기")
	if !pressed || !strings.Contains(markup(w), "아직 계정이 없습니다") {
		t.Error("it says or does too little")
	}
}
