package presets

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// The quiet periods that the stepper offers, in seconds.
const (
	quietStep  = 15
	quietMost  = 600
	quietLeast = 15
)

// ruleList is the rules of one preset, and the switch for all rules.
type ruleList struct {
	screen *Screen
	object *fyne.Container
	whole  *control.Switch
	quiet  *input.Stepper
	rows   *fyne.Container
	shown  state.RuleSet
	preset string
}

func newRuleList(s *Screen) *ruleList {
	ui := s.ui
	l := &ruleList{screen: s, rows: kit.Column(kit.GapSmall)}
	l.whole = control.NewSwitch(ui.Text("rules"), ui.Text("rules.more"), func(on bool) {
		s.change(func(ctx context.Context) error { _, err := s.engine.Rules.Switch(ctx, "", on); return err })
	})
	l.quiet = input.NewStepper(quietLeast/quietStep, quietMost/quietStep,
		func(n int) string { return ui.Count("rules.quiet", n*quietStep) }, ui.Text("rules.quiet.less"), ui.Text("rules.quiet.more"),
		func(n int) {
			s.change(func(ctx context.Context) error {
				return s.engine.Rules.SetQuiet(ctx, time.Duration(n*quietStep)*time.Second)
			})
		})
	add := control.NewButton(ui.Text("rules.add"), look.IconPlus.Resource(), control.Plain, func() { newRuleForm(s).open() })
	l.object = kit.Column(12, l.whole, l.quiet, l.rows, kit.Left(add))
	return l
}

// change changes the rules; a failure shows what they are again.
func (s *Screen) change(do func(context.Context) error) {
	s.ui.Run(kit.QuickTimeout, do, func(err error) {
		if err != nil {
			s.ui.ShowError(err)
			s.detail.rules.shown = state.RuleSet{QuietSeconds: -1}
			s.ui.Render()
		}
	})
}

func (l *ruleList) update(now state.State, preset string) {
	set := now.Rules.RuleSet
	if set.On == l.shown.On && set.QuietSeconds == l.shown.QuietSeconds && slices.Equal(set.Rules, l.shown.Rules) && preset == l.preset {
		return
	}
	l.shown, l.preset = set, preset
	l.whole.SetOn(set.On)
	l.quiet.SetValue(max(1, set.QuietSeconds/quietStep))
	l.rows.Objects = nil
	for _, r := range set.Rules {
		if r.Preset == preset {
			l.rows.Objects = append(l.rows.Objects, l.row(r))
		}
	}
	l.rows.Refresh()
}

// row is one rule: what it waits for with its switch, whether it asks, and its end.
func (l *ruleList) row(r state.Rule) fyne.CanvasObject {
	s, ui := l.screen, l.screen.ui
	key := "rules.program"
	switch {
	case r.Scene != "":
		key = "rules.scene"
	case r.Collection != "":
		key = "rules.collection"
	}
	on := control.NewSwitch(ui.Text(key, kit.Arg("Name", r.Name())), "", func(on bool) {
		s.change(func(ctx context.Context) error { _, err := s.engine.Rules.Switch(ctx, r.ID, on); return err })
	})
	on.SetOn(r.On)
	way := "rules.at_once"
	if r.Propose {
		way = "rules.propose"
	}
	ask := control.NewButton(ui.Text(way), nil, control.Plain, func() {
		s.change(func(ctx context.Context) error { return s.engine.Rules.SetPropose(ctx, r.ID, !r.Propose) })
	})
	remove := control.NewIconButton(look.IconTrash.Resource(), ui.Text("rules.remove"), func() {
		s.change(func(ctx context.Context) error { return s.engine.Rules.Remove(ctx, r.ID) })
	})
	return kit.Row(kit.GapSmall, kit.Stretch(on), on, ask, remove)
}
