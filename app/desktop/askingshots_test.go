package desktop

import (
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/destination"
	"cuelight/app/state"
)

// The questions that keep the user's broadcast and settings, as pictures.
func TestTheQuestionsLookAsTheyShould(t *testing.T) {
	for _, look := range []struct {
		theme, lang string
		size        fyne.Size
	}{{"dark", "ko", kit.WindowSize}, {"light", "en", narrow}} {
		for name, ask := range map[string]func(*rig){
			"ask-warned": func(r *rig) {
				r.fake.Fail["start"] = &state.WarnedError{Checks: []state.Preflight{
					{ID: state.PreScene, State: state.StepWarned, Reason: "empty", Detail: "Scene"},
					{ID: state.PreDetails, State: state.StepWarned, Reason: "missing"},
				}}
				r.Actions.GoLive()
			},
			"ask-restore": func(r *rig) {
				r.fake.Fail["restore"] = &destination.ChangedError{Server: "rtmp://live.twitch.tv/app", Name: "Twitch", Earlier: "rtmp://earlier.example/live"}
				r.shell.home.Broadcaster.Restore()
			},
			"ask-moved": func(r *rig) {
				r.fake.Fail["restore"] = &destination.MovedError{Origins: []destination.Origin{
					{OBS: "localhost:4455", Profile: "게임", Earlier: "Twitch"},
					{OBS: "localhost:4455", Profile: "낮방송 (세로)", Earlier: "rtmp://a.rtmp.youtube.com/live2"},
					{OBS: "192.168.0.7:4455", Profile: "Untitled"},
				}}
				r.shell.home.Broadcaster.Restore()
			},
			"ask-unsent": func(r *rig) {
				r.fake.Set(func(s *state.State) { *s = withDraft() })
				r.render()
				r.Actions.GoLive()
			},
			"ask-end-other": func(r *rig) {
				r.fake.Set(func(s *state.State) {
					*s = onAirWithTwo()
					s.OBS.SendsFor = "second"
				})
				r.render()
				r.Actions.Stop()
			},
			"ask-leaving": func(r *rig) {
				r.fake.Set(func(s *state.State) { *s = onAirWithTwo() })
				r.render()
				r.Actions.AddAccount()
			},
		} {
			t.Run(name+"-"+look.theme+"-"+look.lang, func(t *testing.T) {
				r := newRig(t, kittest.Ready(), look.theme, look.lang)
				r.win.Resize(look.size)
				r.render()
				ask(r)
				r.until("the question", func() bool { return r.Sheet() != nil })
				assertPicture(t, r.win.Canvas().Capture(), name+"-"+look.theme+"-"+look.lang)
			})
		}
	}
}
