package alarm

import (
	"time"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/status"
)

// Engine is what the banner needs of the core. Both are quick.
type Engine interface {
	// RetryOBS tries to reach OBS at once.
	RetryOBS()
	// DismissLoss ends the alarm about an OBS that was lost on air.
	DismissLoss()
}

// Banner is the strip on every screen that tells of an OBS lost on air.
type Banner struct {
	Object *status.Alarm

	ui    *kit.UI
	watch *control.Button
	shown state.State
	// stop ends the timer that counts the seconds; nil while nothing is shown.
	stop func()
}

// NewBanner makes a banner that is hidden until there is something to tell.
func NewBanner(ui *kit.UI, engine Engine) *Banner {
	b := &Banner{ui: ui}
	retry := control.NewButton(ui.Text("alarm.retry"), nil, control.Danger, engine.RetryOBS)
	b.watch = control.NewButton(ui.Text("alarm.watch"), nil, control.Plain, func() { ui.Browse(watchURL(b.shown)) })
	dismiss := control.NewButton(ui.Text("alarm.dismiss"), nil, control.Plain, func() {
		engine.DismissLoss()
		ui.Render()
	})
	b.Object = status.NewAlarm(retry, b.watch, dismiss)
	b.Object.Hide()
	return b
}

// watchURL is where the broadcast can be watched that the platform still shows;
// empty where it does not, or does not tell.
func watchURL(s state.State) string {
	if !s.Live.StillOnAir() {
		return ""
	}
	return s.Live.WatchURL
}

// Update shows a State; it reports whether the strip may have another height.
func (b *Banner) Update(s state.State) bool {
	b.shown = s
	lost := !s.OBS.LostOnAir.IsZero()
	changed := b.Object.Visible() != lost || b.watch.Visible() != (watchURL(s) != "")
	b.Object.Hidden = !lost
	b.watch.Hidden = watchURL(s) == ""
	b.tell()
	if changed {
		b.Object.Refresh()
	}
	return changed
}

// tell says what is known, and comes back at the next second while there is
// something to tell.
func (b *Banner) tell() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
	s, ui := b.shown, b.ui
	if s.OBS.LostOnAir.IsZero() {
		return
	}
	now := ui.Clock().Now()
	since := ui.Text("alarm.since", kit.Arg("Time", s.OBS.LostOnAir.Local().Format("15:04:05")))
	title, viewers, standby := ui.Text("alarm.lost"), "", ""
	if s.Live.StillOnAir() {
		title = ui.Text("alarm.lost.live", words.Args{"Platform": ui.Platform(s.Account)})
		viewers = ui.Text("alarm.viewers")
	}
	if left := s.Broadcast.StandbyLeft(s.OBS.LostOnAir, now); left > 0 {
		standby = ui.Text("alarm.standby", kit.Arg("Time", kit.ShortTime(left)))
	}
	b.Object.Set(title, kit.JoinDots(since, kit.JoinSentences(viewers, standby)))
	b.stop = ui.Clock().After(time.Second, b.tell)
}
