package settings

import (
	"fyne.io/fyne/v2"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/sound"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/surface"
)

// volumeStep is the stepper's, in percent.
const volumeStep = 10

// newAlarmsCard is what is told outside the window while on air, and how it sounds.
func newAlarmsCard(ui *kit.UI, engine Engine, sounds Sounds) fyne.CanvasObject {
	set := func(change func(*config.Alarms)) { engine.Configure(func(c *config.Config) { change(&c.Alarms) }) }
	present := engine.Config().Alarms
	notification := control.NewSwitch(ui.Text("settings.alarms.notification"), "", func(on bool) {
		set(func(a *config.Alarms) { a.NoNotification = !on })
	})
	notification.SetOn(!present.NoNotification)

	volume := input.NewStepper(1, 100/volumeStep, func(n int) string { return ui.Count("settings.alarms.volume", n*volumeStep) },
		ui.Text("settings.alarms.quieter"), ui.Text("settings.alarms.louder"),
		func(n int) { set(func(a *config.Alarms) { a.Volume = n * volumeStep }) })
	volume.SetValue(max(1, present.Loudness()/volumeStep))
	try := control.NewButton(ui.Text("settings.alarms.try"), nil, control.Plain, func() { sounds.Try() })
	how := kit.Row(kit.Gap, kit.Stretch(volume), volume, try)
	tone := control.NewTiles(func(id string) {
		set(func(a *config.Alarms) { a.Sound = id })
		how.Hidden = id == config.SoundOff
		how.Refresh()
	}, toneTiles(ui)...)
	chosen := present.Sound
	if chosen == "" {
		chosen = string(sound.Tones()[0])
	}
	tone.SetChosen(chosen)
	how.Hidden = present.Sound == config.SoundOff

	return surface.NewCard(ui.Text("settings.alarms"), "", kit.Column(kit.Gap,
		label.NewParagraph(ui.Text("settings.alarms.more"), label.Caption()),
		notification,
		kit.Column(6, label.NewLine(ui.Text("settings.alarms.sound"), label.Caption()), tone, how),
		kit.Column(6, label.NewLine(ui.Text("settings.alarms.kinds"), label.Caption()), kit.Column(0, kindSwitches(ui, present, set)...))))
}

func toneTiles(ui *kit.UI) []control.Tile {
	var tiles []control.Tile
	for _, tone := range sound.Tones() {
		tiles = append(tiles, control.Tile{ID: string(tone), Title: ui.Text("settings.alarms.sound." + string(tone))})
	}
	return append(tiles, control.Tile{ID: config.SoundOff, Title: ui.Text("settings.alarms.sound.off")})
}

// kindSwitches are one for each kind of alarm.
func kindSwitches(ui *kit.UI, present config.Alarms, set func(func(*config.Alarms))) []fyne.CanvasObject {
	var switches []fyne.CanvasObject
	for _, kind := range state.AlarmKinds() {
		one := control.NewSwitch(ui.Text("settings.alarms."+string(kind)), "", func(on bool) {
			set(func(a *config.Alarms) { *a = a.With(string(kind), on) })
		})
		one.SetOn(present.Wants(string(kind)))
		switches = append(switches, one)
	}
	return switches
}
