package desktop

import (
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/widgets/control"
)

// historyShots are the recent titles and a title with placeholders, as pictures.
var historyShots = []struct {
	name        string
	theme, lang string
	size        fyne.Size
	then        func(*rig)
}{
	{"home-recent", "dark", "ko", kit.WindowSize, nil},
	{"home-recent", "light", "en", fyne.NewSize(1600, 1000), nil},
	{"home-recent-narrow", "dark", "en", narrow, nil},
	{"home-recent-narrow-end", "light", "ko", narrow, func(r *rig) { scrollToBottom(r.body()) }},
	{"home-episode", "light", "ko", kit.WindowSize, pressEpisode},
}

func TestRecentTitlesLookAsTheyShould(t *testing.T) {
	for _, shot := range historyShots {
		name := shot.name + "-" + shot.theme + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			s := kittest.WithHistory(kittest.Streaming())
			s.Broadcast.Draft = s.History[0].PatchIn(shot.lang)
			r := newRig(t, s, shot.theme, shot.lang)
			r.win.Resize(shot.size)
			r.render()
			if shot.then != nil {
				shot.then(r)
			}
			r.render()
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}

func pressEpisode(r *rig) {
	for _, chip := range kittest.Find[*control.Chip](r.body()) {
		if chip.Text() == "회차 13 ▾" {
			chip.OnTapped()
			return
		}
	}
	r.t.Fatal("the chip of the episode is not there")
}
