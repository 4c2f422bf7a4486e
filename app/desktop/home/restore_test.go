package home

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/destination"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/widgettest"
)

// What the user has set in OBS since is written over only where they said so.
func TestRestoringOverNewerSettingsAsks(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	r.Fake.Fail["restore"] = &destination.ChangedError{Server: "rtmp://live.twitch.tv/app", Name: "Twitch", Earlier: "rtmp://earlier.example/live"}
	ask := func() {
		h.Broadcaster.Restore()
		r.Until("the question", func() bool { return r.Sheet() != nil })
	}
	ask()
	var texts []string
	for _, p := range kittest.Find[*label.Paragraph](r.Sheet()) {
		texts = append(texts, p.Text())
	}
	said := strings.Join(texts, "|")
	if !strings.Contains(said, "지금: Twitch") || !strings.Contains(said, "되돌린 뒤: rtmp://earlier.example/live") {
		t.Errorf("it says %s", said)
	}
	if b, ok := r.Win.Canvas().Focused().(*control.Button); !ok || b.Text() != "지금 설정 유지" {
		t.Errorf("the keyboard is at %v", r.Win.Canvas().Focused())
	}
	widgettest.TypeKeys(r.Win, fyne.KeyReturn) // the one that has the keyboard
	r.Settle()
	if r.Sheet() != nil || r.Fake.Called("restore overwrite") {
		t.Fatal("the safe choice wrote over newer settings")
	}
	ask()
	r.Press(r.Button("이전 설정으로 되돌리기"))
	r.Until("they are put back", func() bool { return r.Fake.Called("restore overwrite") })
}

// A profile that was renamed looks like one that Cuelight has never seen.
func TestRestoringARenamedProfileAsksWhichItWas(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	r.Fake.Fail["restore"] = &destination.MovedError{Origins: []destination.Origin{
		{OBS: "localhost:4455", Profile: "게임", Earlier: "Twitch"},
		{OBS: "192.168.0.7:4455", Profile: "낮방송", Earlier: ""},
	}}
	h.Broadcaster.Restore()
	r.Until("the question", func() bool { return r.Sheet() != nil })
	r.Button("낮방송 (192.168.0.7:4455): 송출 서버 없음")
	r.Clock.Advance(control.HoldOffTime)
	r.Press(r.Button("게임: Twitch"))
	r.Until("they are put back", func() bool { return r.Fake.Called("restore from 게임") })
	if r.Sheet() != nil {
		t.Error("the question stays")
	}
}
