package status_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/widgettest"
)

func TestCueLightWakesTheProgramOnlyWhileItBlinks(t *testing.T) {
	clock := fakeclock.New()
	cue := status.NewCueLight(26, clock, nil)
	w, _ := widgettest.Show(t, container.NewCenter(cue), fyne.NewSize(100, 100), clock)
	for _, s := range []status.CueState{status.CueReady, status.CueOnAir, status.CueOff} {
		cue.Set(s, "")
		if clock.Pending() != 0 {
			t.Errorf("state %d keeps the program awake", s)
		}
	}
	cue.Set(status.CueReconnecting, "")
	bright := widgettest.Markup(w)
	clock.Advance(time.Second)
	dim := widgettest.Markup(w)
	clock.Advance(time.Second)
	if bright == dim || widgettest.Markup(w) != bright {
		t.Error("it does not blink")
	}
	cue.Set(status.CueOnAir, "")
	if clock.Pending() != 0 {
		t.Error("it blinks on after the connection is back")
	}
}

func TestChecklistShowsRowsAndTurnsOnlyWhileOneRuns(t *testing.T) {
	clock := fakeclock.New()
	list := status.NewChecklist(clock)
	w, _ := widgettest.Show(t, list, fyne.NewSize(300, 400), clock)
	pressed := ""
	rows := func(second status.CheckState) []status.CheckRow {
		return []status.CheckRow{
			{State: status.CheckDone, Title: "로그인됨", Detail: "자러가자"},
			{State: second, Title: "OBS 설정", Detail: "마지막 설정 뒤에 바뀌었습니다", Action: "OBS 설정하기", OnAction: func() { pressed = "setup" }},
		}
	}
	list.SetRows(rows(status.CheckRunning)...)
	if clock.Pending() != 1 {
		t.Errorf("%d timers while one step runs", clock.Pending())
	}
	clock.Advance(time.Second)
	list.SetRows(rows(status.CheckFailed)...)
	if clock.Pending() != 0 {
		t.Error("it turns on after the step has ended")
	}
	m := widgettest.Markup(w)
	for _, want := range []string{"로그인됨", "자러가자", "OBS 설정하기"} {
		if !strings.Contains(m, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	w.Canvas().FocusNext()
	widgettest.TypeKeys(w, fyne.KeyReturn)
	if pressed != "setup" {
		t.Error("the link of the failed step does nothing")
	}
}

func TestChecklistBreaksLongDetails(t *testing.T) {
	clock := fakeclock.New()
	list := status.NewChecklist(clock)
	w, _ := widgettest.Show(t, list, fyne.NewSize(600, 400), clock)
	list.SetRows(status.CheckRow{Title: "제목", Detail: strings.Repeat("아주 긴 설명이 여러 줄에 걸쳐 나옵니다 ", 6)})
	wide := list.MinSize().Height
	w.Resize(fyne.NewSize(240, 400))
	if list.MinSize().Height <= wide {
		t.Error("the detail is cut instead of broken")
	}
}

func TestSparklineIsBounded(t *testing.T) {
	clock := fakeclock.New()
	s := status.NewSparkline(30, paint.ToneGood)
	widgettest.Show(t, s, fyne.NewSize(200, 60), clock)
	values := make([]float64, 10_000)
	for i := range values {
		values[i] = float64(i % 7)
	}
	s.Set(values)
	if s.Len() != 30 {
		t.Errorf("%d values kept, want 30", s.Len())
	}
	s.Clear()
	s.Set([]float64{-1})
	if s.Len() != 1 {
		t.Error("clearing does not forget")
	}
}

func TestEmptyStateActs(t *testing.T) {
	clock := fakeclock.New()
	pressed := false
	e := status.NewEmptyState(nil, "아직 계정이 없습니다", "계정을 더해 주세요.", "계정 더하기", func() { pressed = true })
	w, _ := widgettest.Show(t, e, fyne.NewSize(300, 300), clock)
	widgettest.TapText(t, e, "계정 더하기")
	if !pressed || !strings.Contains(widgettest.Markup(w), "아직 계정이 없습니다") {
		t.Error("it says or does too little")
	}
}
