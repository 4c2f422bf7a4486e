package broadcast

import (
	"strconv"

	"cuelight/app/desktop/kit"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// hiddenField is the switch that keeps the broadcast out of lists.
func (f *fields) hiddenField() *formField {
	return f.switchField(providers.FieldHidden, "hidden",
		func(on bool) providers.Patch { return providers.Patch{Hidden: &on} },
		func(b providers.Broadcast) bool { return b.Hidden })
}

// explorationField is the switch that refuses re-broadcasting by others.
func (f *fields) explorationField() *formField {
	return f.switchField(providers.FieldExploration, "exploration",
		func(on bool) providers.Patch { return providers.Patch{RefuseExploration: &on} },
		func(b providers.Broadcast) bool { return b.RefuseExploration })
}

func (f *fields) switchField(id providers.FieldID, key string, change func(bool) providers.Patch, of func(providers.Broadcast) bool) *formField {
	field := control.NewSwitch(f.ui.Text(key), f.ui.Text(key+".more"), func(on bool) { f.engine.Draft(change(on)) })
	return f.field(id, field, func(v fieldValue) { field.SetOn(of(v.shown)) },
		func(b providers.Broadcast) string { return f.onOff(of(b)) })
}

func (f *fields) onOff(on bool) string {
	if on {
		return f.ui.Text("on")
	}
	return f.ui.Text("off")
}

// paidField is the switch of paid advertising, with the reminder of the duty to
// disclose it, which holds either way.
func (f *fields) paidField() *formField {
	field := control.NewSwitch(f.ui.Text("paid"), f.ui.Text("paid.more"), func(on bool) {
		f.engine.Draft(providers.Patch{PaidPromotion: &on})
	})
	duty := kit.NewMessage()
	duty.Set(paint.ToneWarn, f.ui.Text("paid.duty"))
	return f.field(providers.FieldPaidPromotion, kit.Column(8, field, duty.Object), func(v fieldValue) {
		field.SetOn(v.shown.PaidPromotion)
	}, func(b providers.Broadcast) string { return f.onOff(b.PaidPromotion) })
}

// gradeField is the choice of who may watch.
func (f *fields) gradeField() *formField {
	field := control.NewTiles(func(id string) {
		grade := kit.ParseNumber(id)
		f.engine.Draft(providers.Patch{AgeGrade: &grade})
	}, control.Tile{ID: "0", Title: f.ui.AgeGrade(0)}, control.Tile{ID: "19", Title: f.ui.AgeGrade(19)})
	return f.field(providers.FieldAgeGrade, kit.Column(6, label.NewLine(f.ui.Text("grade"), label.Caption()), field), func(v fieldValue) {
		field.SetChosen(strconv.Itoa(v.shown.AgeGrade))
	}, func(b providers.Broadcast) string { return f.ui.AgeGrade(b.AgeGrade) })
}

// watermarkField is the little picture of where the age and lock marks stand.
func (f *fields) watermarkField() *formField {
	var names [6]string
	for i := range names {
		names[i] = f.ui.Text("watermark." + strconv.Itoa(i+1))
	}
	says := label.NewLine("", label.Style{})
	field := control.NewPositionPicker(names, func(place int) { f.engine.Draft(providers.Patch{Watermark: &place}) })
	about := kit.Column(6, says, label.NewParagraph(f.ui.Text("watermark.more"), label.Caption()))
	line := kit.Row(kit.Gap, kit.Stretch(about), field, about)
	return f.field(providers.FieldWatermark, kit.Column(6, label.NewLine(f.ui.Text("watermark"), label.Caption()), line), func(v fieldValue) {
		place := v.shown.Watermark
		field.SetChosen(place)
		if place >= 1 && place <= len(names) {
			says.SetText(names[place-1])
		} else {
			says.SetText("")
		}
	}, func(b providers.Broadcast) string {
		if b.Watermark < 1 || b.Watermark > len(names) {
			return ""
		}
		return names[b.Watermark-1]
	})
}

// standbyField is the switch that keeps a broadcast open when it breaks off, and
// for how long.
func (f *fields) standbyField() *formField {
	minutes := func(n int) string { return f.ui.Count("standby.minutes", n) }
	var steps *input.Stepper
	field := control.NewSwitch(f.ui.Text("standby"), f.ui.Text("standby.more"), func(on bool) {
		change := providers.Patch{Standby: &on}
		if n := steps.Value(); on {
			change.StandbyMinutes = &n // the platform takes the two together
		}
		f.engine.Draft(change)
	})
	steps = input.NewStepper(1, 10, minutes, f.ui.Text("standby.less"), f.ui.Text("standby.longer"), func(n int) {
		f.engine.Draft(providers.Patch{StandbyMinutes: &n})
	})
	body := kit.Column(8, field, kit.Left(steps))
	return f.field(providers.FieldStandby, body, func(v fieldValue) {
		steps.SetRange(v.limit.Min, v.limit.Max)
		field.SetOn(v.shown.Standby)
		steps.SetValue(max(v.limit.Min, v.shown.StandbyMinutes))
		if line := body.Objects[1]; line.Visible() != v.shown.Standby {
			if v.shown.Standby {
				line.Show()
			} else {
				line.Hide()
			}
			body.Refresh()
		}
	}, func(b providers.Broadcast) string {
		if !b.Standby {
			return f.ui.Text("off")
		}
		return minutes(b.StandbyMinutes)
	})
}
