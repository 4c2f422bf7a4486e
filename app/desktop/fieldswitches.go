package desktop

import (
	"strconv"

	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// hiddenSlot is the switch that keeps the broadcast out of lists.
func (f *face) hiddenSlot() *slot {
	return f.switchSlot(providers.FieldHidden, "hidden",
		func(on bool) providers.Patch { return providers.Patch{Hidden: &on} },
		func(b providers.Broadcast) bool { return b.Hidden })
}

// explorationSlot is the switch that refuses re-broadcasting by others.
func (f *face) explorationSlot() *slot {
	return f.switchSlot(providers.FieldExploration, "exploration",
		func(on bool) providers.Patch { return providers.Patch{RefuseExploration: &on} },
		func(b providers.Broadcast) bool { return b.RefuseExploration })
}

func (f *face) switchSlot(id providers.FieldID, key string, change func(bool) providers.Patch, of func(providers.Broadcast) bool) *slot {
	field := control.NewSwitch(f.say(key), f.say(key+".more"), func(on bool) { f.engine.Draft(change(on)) })
	return newSlot(f, id, field, func(v filling) { field.SetOn(of(v.shown)) },
		func(b providers.Broadcast) string { return f.onOff(of(b)) })
}

func (f *face) onOff(on bool) string {
	if on {
		return f.say("on")
	}
	return f.say("off")
}

// paidSlot is the switch of paid advertising, with the reminder of the duty to
// disclose it, which holds either way.
func (f *face) paidSlot() *slot {
	field := control.NewSwitch(f.say("paid"), f.say("paid.more"), func(on bool) {
		f.engine.Draft(providers.Patch{PaidPromotion: &on})
	})
	duty := newInset()
	duty.set(paint.ToneWarn, f.say("paid.duty"))
	return newSlot(f, providers.FieldPaidPromotion, column(8, field, duty.object), func(v filling) {
		field.SetOn(v.shown.PaidPromotion)
	}, func(b providers.Broadcast) string { return f.onOff(b.PaidPromotion) })
}

// gradeSlot is the choice of who may watch.
func (f *face) gradeSlot() *slot {
	field := control.NewTiles(func(id string) {
		grade := numberOf(id)
		f.engine.Draft(providers.Patch{AgeGrade: &grade})
	}, control.Tile{ID: "0", Title: f.grade(0)}, control.Tile{ID: "19", Title: f.grade(19)})
	return newSlot(f, providers.FieldAgeGrade, column(6, label.NewLine(f.say("grade"), label.Caption()), field), func(v filling) {
		field.SetChosen(strconv.Itoa(v.shown.AgeGrade))
	}, func(b providers.Broadcast) string { return f.grade(b.AgeGrade) })
}

func (f *face) grade(age int) string {
	if age == 0 {
		return f.say("grade.all")
	}
	return f.say("grade.from", words.Args{"Age": age})
}

// watermarkSlot is the little picture of where the age and lock marks stand.
func (f *face) watermarkSlot() *slot {
	var names [6]string
	for i := range names {
		names[i] = f.say("watermark." + strconv.Itoa(i+1))
	}
	says := label.NewLine("", label.Style{})
	field := control.NewPositionPicker(names, func(place int) { f.engine.Draft(providers.Patch{Watermark: &place}) })
	about := column(6, says, label.NewParagraph(f.say("watermark.more"), label.Caption()))
	line := row(gap, only(about), field, about)
	return newSlot(f, providers.FieldWatermark, column(6, label.NewLine(f.say("watermark"), label.Caption()), line), func(v filling) {
		place := v.shown.Watermark
		field.SetChosen(place)
		if place >= 1 && place <= len(names) {
			says.SetText(names[place-1])
		}
	}, func(b providers.Broadcast) string {
		if b.Watermark < 1 || b.Watermark > len(names) {
			return ""
		}
		return names[b.Watermark-1]
	})
}

// standbySlot is the switch that keeps a broadcast open when it breaks off, and
// for how long.
func (f *face) standbySlot() *slot {
	minutes := func(n int) string { return f.count("standby.minutes", n) }
	var steps *input.Stepper
	field := control.NewSwitch(f.say("standby"), f.say("standby.more"), func(on bool) {
		change := providers.Patch{Standby: &on}
		if n := steps.Value(); on {
			change.StandbyMinutes = &n // the platform takes the two together
		}
		f.engine.Draft(change)
	})
	steps = input.NewStepper(1, 10, minutes, f.say("standby.less"), f.say("standby.longer"), func(n int) {
		f.engine.Draft(providers.Patch{StandbyMinutes: &n})
	})
	body := column(8, field, left(steps))
	return newSlot(f, providers.FieldStandby, body, func(v filling) {
		steps.SetRange(v.limit.Min, v.limit.Max)
		field.SetOn(v.shown.Standby)
		if v.shown.StandbyMinutes > 0 {
			steps.SetValue(v.shown.StandbyMinutes)
		}
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
			return f.say("off")
		}
		return minutes(b.StandbyMinutes)
	})
}

// passwordSlot is the switch of the password and the password itself, which is
// never shown and never comes back from the platform.
func (f *face) passwordSlot() *slot {
	wanted := false // switched on, nothing typed yet
	entry := input.NewConcealedField(f.say("password"), f.opt.Clock)
	field := control.NewSwitch(f.say("password.ask"), f.say("password.ask.more"), nil)
	body := column(8, field, entry)
	tidy := func(on bool) {
		if entry.Visible() == on {
			return
		}
		if on {
			entry.Show()
		} else {
			entry.Hide()
		}
		body.Refresh()
	}
	field.OnChanged = func(on bool) {
		wanted = on
		tidy(on)
		if on {
			f.engine.TakeTheirs(providers.FieldPassword) // no longer to be switched off
			f.relay()
			return
		}
		entry.SetText("")
		f.engine.Draft(providers.Patch{Password: &secret.Text{}})
		f.relay()
	}
	entry.OnChanged = func(text string) {
		if text == "" {
			wanted = true
			f.engine.TakeTheirs(providers.FieldPassword)
			return
		}
		typed := secret.New(text)
		f.engine.Draft(providers.Patch{Password: &typed})
	}
	return newSlot(f, providers.FieldPassword, body, func(v filling) {
		drafted := v.draft.Password != nil
		if drafted || v.shown.HasPassword {
			wanted = false
		}
		if !drafted { // sent, or discarded
			entry.SetText("")
		}
		on := wanted || v.shown.HasPassword
		field.SetOn(on)
		tidy(on)
		entry.SetProblem(v.problem)
		switch {
		case v.shown.HasPassword && !drafted:
			entry.SetHint(f.say("password.kept"))
		case on:
			entry.SetHint(f.count("password.hint", v.limit.Min))
		}
	}, func(b providers.Broadcast) string { return f.onOff(b.HasPassword) })
}
