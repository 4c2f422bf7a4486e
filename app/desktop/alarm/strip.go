package alarm

import (
	"time"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// present gives the most serious alarm that is to be shown beside an OBS out of sight,
// how many more there are, and how long until the next one (0: none waits).
func (b *Banner) present(s state.State) (shown state.Alarm, more int, wait time.Duration) {
	now, settings := b.ui.Clock().Now(), b.engine.Config().Alarms
	holds := make(map[state.AlarmKind]bool)
	for _, alarm := range s.Alarms() {
		holds[alarm.Kind] = true
		since, dismissed := b.dismissed[alarm.Kind]
		left := alarm.Due.Sub(now)
		switch {
		case alarm.Kind == state.AlarmOBSLost || dismissed && since.Equal(alarm.Since) || !settings.Wants(string(alarm.Kind)):
		case left > 0:
			if wait == 0 || left < wait {
				wait = left
			}
		case shown.Kind == "":
			shown = alarm
		default:
			more++
		}
	}
	for kind := range b.dismissed {
		if !holds[kind] {
			delete(b.dismissed, kind)
		}
	}
	return shown, more, wait
}

// updateAlarm shows what goes wrong while OBS is in sight; it reports whether the strip
// may have another height.
func (b *Banner) updateAlarm(s state.State) bool {
	ui := b.ui
	shown, more, wait := b.present(s)
	b.alarm = shown
	if wait > 0 {
		b.stop = ui.Clock().After(wait, ui.Render)
	}
	tells, signIn := shown.Kind != "", shown.Kind == state.AlarmSignInLost
	changed := b.Object.Visible() != tells || b.watch.Visible() || b.retry.Visible() != signIn
	b.Object.Hidden, b.retry.Hidden, b.watch.Hidden = !tells, !signIn, true
	if tells {
		b.Object.SetTone(paint.ToneBad)
		b.retry.Set(ui.Text("action.sign_in"), control.Primary)
		since, others := "", ""
		if !shown.Since.IsZero() {
			since = ui.Text("alarm.since", kit.Arg("Time", shown.Since.Local().Format("15:04:05")))
		}
		if more > 0 {
			others = ui.Count("alarm.more", more)
		}
		b.Object.Set(ui.Text("alarm."+string(shown.Kind)+".title"), kit.JoinDots(since, ui.Text("alarm."+string(shown.Kind)), others))
	}
	if changed {
		b.Object.Refresh()
	}
	return changed
}

// dismiss ends the alarm that is shown.
func (b *Banner) dismiss() {
	if b.shown.OBS.OutOfSight() {
		b.engine.DismissLoss()
	} else {
		b.dismissed[b.alarm.Kind] = b.alarm.Since
	}
	b.ui.Render()
}
