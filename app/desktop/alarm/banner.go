package alarm

import (
	"time"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// Engine is what the banner needs of the core. All of it is quick.
type Engine interface {
	// RetryOBS tries to reach OBS at once.
	RetryOBS()
	// DismissLoss ends the alarm about an OBS that was lost on air.
	DismissLoss()
	Config() config.Config
}

// Banner is the strip on every screen that tells of an OBS lost on air, of one that goes
// on and lets Cuelight in no more, or of what else goes wrong on air.
type Banner struct {
	Object *status.Alarm

	ui     *kit.UI
	engine Engine
	retry  *control.Button
	watch  *control.Button
	shown  state.State
	// alarm is the one that is shown while OBS is in sight; dismissed are those that the
	// user wants to hear no more of, with the time they began.
	alarm     state.Alarm
	dismissed map[state.AlarmKind]time.Time
	// stop ends the timer that counts the seconds, or waits for the time to tell; nil
	// while there is nothing to tell.
	stop func()
}

// NewBanner makes a banner that is hidden until there is something to tell.
func NewBanner(ui *kit.UI, engine Engine) *Banner {
	b := &Banner{ui: ui, engine: engine, dismissed: make(map[state.AlarmKind]time.Time)}
	b.retry = control.NewButton(ui.Text("alarm.retry"), nil, control.Danger, b.reconnect)
	b.watch = control.NewButton(ui.Text("alarm.watch"), nil, control.Plain, func() { ui.Browse(watchURL(b.shown)) })
	dismiss := control.NewButton(ui.Text("alarm.dismiss"), nil, control.Plain, b.dismiss)
	b.Object = status.NewAlarm(b.retry, b.watch, dismiss)
	b.Object.Hide()
	return b
}

// reconnect tries to reach OBS, with another password where OBS asks for one; where the
// sign-in is lost it signs in.
func (b *Banner) reconnect() {
	if !b.shown.OBS.OutOfSight() {
		b.ui.Actions.SignIn()
		return
	}
	if b.shown.OBS.Link == state.LinkPassword {
		b.ui.Actions.AskOBSPassword()
		return
	}
	b.engine.RetryOBS()
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
	b.stopTimer()
	if !s.OBS.OutOfSight() {
		return b.updateAlarm(s)
	}
	tells := s.OBS.OutOfSight() && b.untilDue() <= 0
	unseen := !s.OBS.UnseenSince.IsZero()
	retry := b.ui.Text(kit.Either(unseen && s.OBS.Link == state.LinkPassword, "action.obs_password", "alarm.retry"))
	changed := b.Object.Visible() != tells || b.watch.Visible() != (watchURL(s) != "") || b.retry.Text() != retry || !b.retry.Visible()
	b.Object.Hidden = !tells
	b.retry.Hidden, b.watch.Hidden = false, watchURL(s) == ""
	if unseen {
		b.Object.SetTone(paint.ToneWarn)
		b.retry.Set(retry, control.Primary)
	} else {
		b.Object.SetTone(paint.ToneBad)
		b.retry.Set(retry, control.Danger)
	}
	b.tell()
	if changed {
		b.Object.Refresh()
	}
	return changed
}

// untilDue is how long an OBS that may be back by itself is still waited for.
func (b *Banner) untilDue() time.Duration { return b.shown.OBS.AlarmAt().Sub(b.ui.Clock().Now()) }

// tell says what is known, and comes back at the next second while there is
// something to tell.
func (b *Banner) tell() {
	b.stopTimer()
	switch wait := b.untilDue(); {
	case !b.shown.OBS.OutOfSight():
	case wait > 0:
		b.stop = b.ui.Clock().After(wait, b.ui.Render)
	case b.shown.OBS.LostOnAir.IsZero():
		b.tellUnseen()
	default:
		b.tellLost()
	}
}

func (b *Banner) stopTimer() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// tellUnseen says that OBS goes on, and that Cuelight sees nothing of it.
func (b *Banner) tellUnseen() {
	s, ui := b.shown, b.ui
	key := kit.Either(s.OBS.Link == state.LinkPassword, "alarm.unseen.password", "alarm.unseen")
	b.Object.Set(ui.Text(key), ui.Text("alarm.unseen.more"))
}

func (b *Banner) tellLost() {
	s, ui := b.shown, b.ui
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
