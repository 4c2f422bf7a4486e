package desktop

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/monitor"
	"cuelight/app/state"
	"cuelight/obs/streamhealth"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
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
	r := newRig(t, onAir(), "dark", "ko")
	h := r.shell.home.ready.health
	if !h.object.Visible() || h.bitrate.Value() != unknownNumber {
		t.Fatal("before the first sample there is no place for the numbers")
	}
	r.fake.set(func(s *state.State) { *s = streaming() })
	r.render()
	got := []string{h.bitrate.Value(), h.dropped.Value(), h.fps.Value(), h.cpu.Value()}
	if want := []string{"7,912", "0.02%", "60.0", "11%"}; !slices.Equal(got, want) || h.line.Len() != healthPoints {
		t.Errorf("shows %v and %d points", got, h.line.Len())
	}
	if rows := r.healthRows(r.state); len(rows) != 0 {
		t.Errorf("warns of %v", titles(rows))
	}
	r.fake.set(func(s *state.State) { *s = full() })
	r.render()
	if h.object.Visible() {
		t.Error("the numbers stay when the stream has ended")
	}
}

func TestEveryTroubleOfAStreamIsSaidInWords(t *testing.T) {
	r := newRig(t, troubled(), "dark", "ko")
	rows := r.shell.home.ready.rows(r.state)
	for _, want := range []string{"네트워크에서 프레임이 사라집니다", "인코더가 따라가지 못합니다", "마이크가 2분째 조용합니다", "화면이 1분째 멈춰 있습니다"} {
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
	r := newRig(t, unwell(), "dark", "ko")
	r.settled()
	r.render()
	if n := r.fake.checks(); n != 1 {
		t.Fatalf("checked %d times", n)
	}
	rows := r.shell.home.ready.rows(r.state)
	if !slices.ContainsFunc(rows, func(row status.CheckRow) bool { return strings.Contains(row.Detail, "8000 kbps") }) {
		t.Errorf("no row says that the bitrate is too high: %+v", rows)
	}
	if slices.ContainsFunc(rows, func(row status.CheckRow) bool { return strings.Contains(row.Title, "마이크") }) {
		t.Error("nags about a microphone nobody speaks into yet")
	}
	if big := r.shell.home.ready.big; big.Text() != "방송 시작" || big.Disabled() {
		t.Errorf("a warning stands in the way: %q", big.Text())
	}
	again := slices.IndexFunc(rows, func(row status.CheckRow) bool { return row.Action == "다시 점검하기" })
	rows[again].OnAction()
	r.settled()
	if n := r.fake.checks(); n != 2 {
		t.Errorf("checked %d times", n)
	}
	rows = r.shell.home.ready.rows(r.state)
	if !slices.ContainsFunc(rows, func(row status.CheckRow) bool { return strings.Contains(row.Title, "마이크") }) {
		t.Error("asked for, and the silent microphone is kept back")
	}
}

func TestOBSPointingElsewhereIsToldOnceWithItsRepair(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.fake.set(func(s *state.State) { s.OBS.Matches, s.OBS.Server = state.MatchNo, "rtmp://live.twitch.tv/app" })
	r.render()
	r.render()
	toasts := r.layer.Toasts()
	if len(toasts) != 1 || !strings.Contains(toasts[0].Text, "rtmp://live.twitch.tv/app") {
		t.Fatalf("said %+v", toasts)
	}
	toasts[0].OnAction()
	r.until("setup", func() bool { return r.fake.called("setup") })
}

func TestPuttingEarlierSettingsBackIsNoSurprise(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.fake.set(func(s *state.State) { s.Tasks = map[state.Task]state.TaskState{state.TaskRestore: {Running: true}} })
	r.render()
	r.fake.set(func(s *state.State) { s.Tasks, s.OBS.Matches = nil, state.MatchNo })
	r.render()
	if n := len(r.layer.Toasts()); n != 0 {
		t.Errorf("%d messages about what the user just did", n)
	}
}

func TestWithoutAChannelTheNextStepIsToChooseOne(t *testing.T) {
	r := newRig(t, kollus(), "dark", "ko")
	if big := r.shell.home.ready.big; big.Text() != "채널 고르기" || big.Disabled() {
		t.Errorf("the big button says %q", big.Text())
	}
	if !slices.Contains(titles(r.shell.home.ready.rows(r.state)), "채널을 골라 주세요") {
		t.Error("the checklist does not say it")
	}
}

func TestAKeyThePlatformDoesNotGiveIsAskedForOnce(t *testing.T) {
	r := newRig(t, chosen(), "dark", "ko")
	r.fake.fail["setup"] = &providers.Error{Kind: providers.ErrUsage, Reason: "channel.no_key"}
	r.press(r.shell.home.ready.big)
	r.until("it is asked for", func() bool { return r.sheet != nil })
	r.fake.mu.Lock()
	delete(r.fake.fail, "setup")
	r.fake.mu.Unlock()
	keep := r.button("저장하고 계속하기")
	r.press(keep)
	r.clock.Advance(settle)
	if len(r.fake.kept) != 0 {
		t.Fatal("kept nothing as a server")
	}
	fields := r.fields()
	fields[0].SetText("rtmp://ingest.example/live")
	fields[1].SetText("creator-key")
	r.press(keep)
	r.clock.Advance(settle)
	r.until("it is kept, and OBS set up", func() bool { return len(r.layer.Toasts()) > 0 })
	if kept := r.fake.kept[0]; kept.Server != "rtmp://ingest.example/live" || kept.Key.Reveal() != "creator-key" {
		t.Errorf("kept %+v", kept)
	}
	if r.sheet != nil {
		t.Error("the sheet stays")
	}
}

// fields are the text fields of the sheet that is shown.
func (r *rig) fields() []*input.TextField {
	var found []*input.TextField
	for _, o := range r.sheet.content.(*fyne.Container).Objects {
		if field, ok := o.(*input.TextField); ok {
			found = append(found, field)
		}
	}
	return found
}

func TestATokenIsWarnedOfBeforeItEndsAndReplaced(t *testing.T) {
	r := newRig(t, chosen(), "dark", "ko")
	r.fake.expire(fakeclock.New().Now().Add(12*24*time.Hour + time.Hour))
	r.token.renewed()
	r.render()
	r.settled()
	rows := r.shell.home.ready.rows(r.state)
	i := slices.IndexFunc(rows, func(row status.CheckRow) bool { return row.Title == "토큰이 12일 뒤에 끝납니다" })
	if i < 0 {
		t.Fatalf("no warning: %q", titles(rows))
	}
	rows[i].OnAction()
	r.fields()[0].SetText("new-token")
	r.press(r.button("확인하고 저장하기"))
	r.clock.Advance(settle)
	r.until("signed in", func() bool { return len(r.layer.Toasts()) > 0 })
	if r.fake.signedIn.Token.Reveal() != "new-token" {
		t.Error("another token was used")
	}
	r.fake.expire(fakeclock.New().Now().Add(364 * 24 * time.Hour))
	r.token.renewed()
	r.render()
	r.settled()
	if len(r.token.rows()) != 0 {
		t.Error("still warns")
	}
}

func TestOnlyWhatTheChosenWayToSignInNeedsIsSent(t *testing.T) {
	r := newRig(t, none(), "dark", "ko")
	askFor("kollus", "")(r)
	form := r.welcome.form
	typeIn := func(key, text string) {
		for _, field := range form.fields {
			switch {
			case field.spec.Key != key:
			case field.secret != nil:
				field.secret.SetText(text)
			default:
				field.text.SetText(text)
			}
		}
	}
	typeIn("service_account", "school")
	typeIn("client_id", "id")
	typeIn(providers.SecretClient, "secret")
	typeIn(fieldToken, "token")
	if got := form.values(); got.Values["client_id"] != "id" || !got.Secrets[fieldToken].Empty() || !form.browser {
		t.Errorf("with the browser: %+v", got.Values)
	}
	form.way.choose(wayToken)
	got := form.values()
	if got.Values["client_id"] != "" || !got.Secrets[providers.SecretClient].Empty() || got.Secrets[fieldToken].Reveal() != "token" || got.Values["service_account"] != "school" {
		t.Errorf("with a token: %+v", got.Values)
	}
	if form.browser || r.welcome.big.Text() != "계정 추가" {
		t.Errorf("with a token no browser opens, but the button says %q", r.welcome.big.Text())
	}
}

func TestACallThatWaitsItsTurnIsShownUntilItGoesOn(t *testing.T) {
	r := newRig(t, chosen(), "dark", "ko")
	r.fake.set(func(s *state.State) { s.Account.WaitUntil = r.clock.Now().Add(9 * time.Second) })
	r.render()
	if _, text, _ := r.accountPill(r.state); !strings.Contains(text, "차례를 기다리는 중") {
		t.Fatalf("says %q", text)
	}
	r.clock.Advance(10 * time.Second)
	if _, text, _ := r.accountPill(r.state); strings.Contains(text, "차례") || r.shell.bar.queued != nil {
		t.Errorf("says %q when the wait is over", text)
	}
}

func TestALogIsSummedUp(t *testing.T) {
	var c fakeCareful
	somePast(&c)
	p := summarise("long", c.past["long.jsonl"])
	if p.lasted != 96*time.Minute || p.viewers != 900+94*4 || p.troubles != 2 || p.running || len(p.bitrates) != 95 || p.title != "[생] 자러 가기 전 한 판만 더 · 시즌 12화" {
		t.Errorf("got %+v", p)
	}
	r := newRig(t, full(), "dark", "ko")
	for i, e := range c.past["long.jsonl"] {
		if text, _, _ := r.happened(c.past["long.jsonl"], i); text == "" || strings.Contains(text, "past.") {
			t.Errorf("%s is told as %q", e.Event, text)
		}
	}
}

func TestAllThatCanHappenHasWords(t *testing.T) {
	r := newRig(t, full(), "dark", "en")
	for _, change := range []state.Change{
		state.ChangeLink, state.ChangeStream, state.ChangeService, state.ChangeOnAir, state.ChangeAccount,
		state.ChangeDetails, state.ChangeMic, state.ChangePicture, state.ChangeHealth,
	} {
		text, _, _ := r.happened([]monitor.SessionEntry{{Event: change, Stream: "on"}}, 0)
		if text == "" || text == string(change) {
			t.Errorf("%s is told as %q", change, text)
		}
	}
	for _, stream := range []string{"starting", "on", "reconnecting", "stopping", "off"} {
		if text, _, _ := r.happened([]monitor.SessionEntry{{Event: state.ChangeStream, Stream: stream}}, 0); text == stream {
			t.Errorf("nothing is said of a stream that is %s", stream)
		}
	}
}

func TestThinnedKeepsTheMean(t *testing.T) {
	if got := thinned([]float64{1, 3, 5, 7, 9}, 3); !slices.Equal(got, []float64{2, 6, 9}) {
		t.Errorf("got %v", got)
	}
}

func TestAskingWhereAFileForHelpGoesOpensADialog(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.askBundle()
	if r.win.Canvas().Overlays().Top() == nil {
		t.Error("nothing is asked")
	}
}

func TestAFileForHelpSaysWhatIsWrong(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.writeBundle("/tmp/help/cuelight-help.zip")
	r.until("it is written", func() bool { return len(r.layer.Toasts()) > 0 })
	if r.fake.written != "/tmp/help/cuelight-help.zip" || len(r.fake.lines) < 2 {
		t.Errorf("wrote %q: %q", r.fake.written, r.fake.lines)
	}
}

func TestAMessageNeverCoversTheBigButton(t *testing.T) {
	for _, size := range []fyne.Size{windowSize, narrow, fyne.NewSize(900, 500), fyne.NewSize(1400, 900)} {
		for name, state := range map[string]func() state.State{"on air": streaming, "in trouble": troubled, "ready": unwell} {
			r := newRig(t, state(), "dark", "ko")
			r.win.Resize(size)
			r.render()
			for range 3 {
				r.good(strings.Repeat("긴 소식입니다. ", 12))
			}
			r.render()
			big := r.shell.home.ready.big
			drv := fyne.CurrentApp().Driver()
			at := drv.AbsolutePositionForObject(big)
			for _, box := range r.layer.Boxes() {
				if box.Position.X < at.X+big.Size().Width && box.Position.X+box.Size.Width > at.X &&
					box.Position.Y < at.Y+big.Size().Height && box.Position.Y+box.Size.Height > at.Y {
					t.Errorf("%s at %v: a message at %v covers the button at %v %v", name, size, box, at, big.Size())
				}
			}
		}
	}
}
