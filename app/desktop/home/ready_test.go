package home

import (
	"slices"
	"strings"
	"testing"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/obs/streamhealth"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

func titles(rows []status.CheckRow) []string {
	var all []string
	for _, row := range rows {
		all = append(all, row.Title)
	}
	return all
}

func TestNumbersOfAStreamAreShownAndJudged(t *testing.T) {
	r, h := opened(t, kittest.OnAir())
	health := h.ready.health
	if !health.object.Visible() || health.bitrate.Value() != kit.Unknown {
		t.Fatal("before the first sample there is no place for the numbers")
	}
	r.Fake.Set(func(s *state.State) { *s = kittest.Streaming() })
	r.Render()
	got := []string{health.bitrate.Value(), health.dropped.Value(), health.fps.Value(), health.cpu.Value()}
	if want := []string{"7,912", "0.02%", "60.0", "11%"}; !slices.Equal(got, want) || health.line.Len() != healthPoints {
		t.Errorf("shows %v and %d points", got, health.line.Len())
	}
	if rows := healthRows(r.UI, r.State()); len(rows) != 0 {
		t.Errorf("warns of %v", titles(rows))
	}
	r.Fake.Set(func(s *state.State) { *s = kittest.Ready() })
	r.Render()
	if health.object.Visible() {
		t.Error("the numbers stay when the stream has ended")
	}
}

func TestEveryTroubleOfAStreamIsSaidInWords(t *testing.T) {
	r, h := opened(t, kittest.Troubled())
	rows := h.ready.rows(r.State())
	for _, want := range []string{"네트워크 문제로 프레임이 손실되고 있습니다", "인코딩 과부하", "2분째 마이크 소리가 없습니다", "화면이 1분째 멈춰 있습니다"} {
		if !slices.Contains(titles(rows), want) {
			t.Errorf("nothing says %q: %q", want, titles(rows))
		}
	}
	for _, row := range rows {
		if row.State == status.CheckWarn && row.Detail == "" {
			t.Errorf("%q does not say what to do", row.Title)
		}
	}
}

func TestGradesBecomeTones(t *testing.T) {
	for grade, want := range map[streamhealth.Grade]paint.Tone{streamhealth.Good: paint.ToneGood, streamhealth.Warn: paint.ToneWarn, streamhealth.Bad: paint.ToneBad} {
		if got := gradeTone(grade, paint.ToneGood); got != want {
			t.Errorf("%v: %v", grade, got)
		}
	}
}

func TestChecksAreMadeAheadOnceAndAgainWhenAsked(t *testing.T) {
	r, h := opened(t, kittest.Unwell())
	r.Settle()
	r.Render()
	if n := r.Fake.Checks(); n != 1 {
		t.Fatalf("checked %d times", n)
	}
	rows := h.ready.rows(r.State())
	if !slices.ContainsFunc(rows, func(row status.CheckRow) bool { return strings.Contains(row.Detail, "8000 kbps") }) {
		t.Errorf("no row says that the bitrate is too high: %+v", rows)
	}
	if slices.ContainsFunc(rows, func(row status.CheckRow) bool { return strings.Contains(row.Title, "마이크") }) {
		t.Error("nags about a microphone nobody speaks into yet")
	}
	if big := h.ready.big; big.Text() != "방송 시작" || big.Disabled() {
		t.Errorf("a warning stands in the way: %q", big.Text())
	}
	again := slices.IndexFunc(rows, func(row status.CheckRow) bool { return row.Action == "다시 점검" })
	rows[again].OnAction()
	r.Settle()
	if n := r.Fake.Checks(); n != 2 {
		t.Errorf("checked %d times", n)
	}
	rows = h.ready.rows(r.State())
	if !slices.ContainsFunc(rows, func(row status.CheckRow) bool { return strings.Contains(row.Title, "마이크") }) {
		t.Error("asked for, and the silent microphone is kept back")
	}
}

func TestWithoutAChannelTheNextStepIsToChooseOne(t *testing.T) {
	r, h := opened(t, kittest.WithoutChannel())
	if big := h.ready.big; big.Text() != "채널 선택" || big.Disabled() {
		t.Errorf("the big button says %q", big.Text())
	}
	if !slices.Contains(titles(h.ready.rows(r.State())), "채널을 선택해 주세요") {
		t.Error("the checklist does not say it")
	}
}
