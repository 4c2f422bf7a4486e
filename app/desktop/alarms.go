package desktop

import (
	"cuelight/app/config"
	"cuelight/app/desktop/alarm"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// newAlarmWatch makes what reaches the user outside the window, where they have another
// one in front.
func (w *window) newAlarmWatch() *alarm.Watch {
	front := w.app.Lifecycle()
	front.SetOnEnteredForeground(func() { w.front.Store(true) })
	front.SetOnExitedForeground(func() { w.front.Store(false) })
	return alarm.NewWatch(w.UI, alarm.Outside{
		Notifier: w.opt.Notifier, Sounds: w.opt.Sounds, InFront: w.front.Load,
		Settings: func() config.Alarms { return w.engine.Config().Alarms },
	})
}

// trySound plays the sound of alarms as it is set now.
func (w *window) trySound() {
	failed := func() { w.Toast(layer.Toast{Tone: paint.ToneWarn, Text: w.Text("settings.alarms.no_sound")}) }
	if w.opt.Sounds == nil {
		failed()
		return
	}
	alarm.Try(w.UI, w.opt.Sounds, w.engine.Config().Alarms, func(err error) {
		if err != nil {
			failed()
		}
	})
}
