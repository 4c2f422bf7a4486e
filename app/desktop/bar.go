package desktop

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// barHeight is the height of the top of the window.
const barHeight = 58

// bar is the top of the window: who, which OBS, and whether it is on air.
type bar struct {
	ui       *kit.UI
	retryOBS func()
	object   *fyne.Container
	account  *status.Pill
	obs      *status.Pill
	off      *label.Line
	air      *status.LiveBadge
	since    time.Time
	stop     func()
	// stopQueued stops the timer of showQueued.
	stopQueued func()
}

func newBar(ui *kit.UI, retryOBS func()) *bar {
	b := &bar{ui: ui, retryOBS: retryOBS}
	b.account = status.NewPill(paint.ToneNeutral, "", func() { ui.Actions.Open(kit.ScreenAccounts) })
	b.obs = status.NewPill(paint.ToneNeutral, "", b.pressOBS)
	b.off = label.NewLine("", label.Style{Color: theme.ColorNamePlaceHolder})
	b.air = status.NewLiveBadge()
	b.air.Hide()
	b.object = kit.FixedMin(kit.Stack(kit.NewBackground(theme.ColorNameOverlayBackground, false, true),
		kit.Arrange(b.place, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, barHeight) },
			b.account, b.obs, b.off, b.air)), fyne.NewSize(300, barHeight))
	return b
}

func (b *bar) place(_ []fyne.CanvasObject, s fyne.Size) {
	right := s.Width - kit.Margin
	for _, o := range []fyne.CanvasObject{b.off, b.air} {
		if o.Visible() {
			m := o.MinSize()
			right -= m.Width
			kit.Place(o, right, (s.Height-m.Height)/2, m.Width, m.Height)
			right -= kit.Gap
		}
	}
	x := float32(kit.Margin)
	available := max(0, right-x-kit.GapSmall)
	for _, p := range []*status.Pill{b.account, b.obs} {
		m := p.MinSize()
		w := min(m.Width, max(60, available/2))
		if p == b.obs {
			w = min(m.Width, max(60, right-x))
		}
		kit.Place(p, x, (s.Height-m.Height)/2, w, m.Height)
		x += w + kit.GapSmall + 2
	}
}

func (b *bar) pressOBS() {
	switch b.ui.State().OBS.Link {
	case state.LinkPassword:
		b.ui.Actions.AskOBSPassword()
	case state.LinkUnprotected:
		b.ui.Actions.AskUnprotected()
	case state.LinkKicked:
		b.retryOBS()
	case state.LinkWaiting:
		b.ui.Actions.HelpOBS()
	default:
		b.ui.Actions.Open(kit.ScreenSettings)
	}
}

func (b *bar) update(s state.State) {
	tone, text, detail := b.describeAccount(s)
	b.account.Set(tone, text, detail)
	tone, text, detail = b.ui.DescribeOBS(s)
	b.obs.Set(tone, text, detail)
	b.showAir(s)
	b.showQueued(s)
	b.object.Refresh()
}

// showQueued updates the bar again when a call that waits for its turn goes on.
func (b *bar) showQueued(s state.State) {
	if b.stopQueued != nil {
		b.stopQueued()
		b.stopQueued = nil
	}
	if left := s.Account.WaitUntil.Sub(b.ui.Clock().Now()); left > 0 {
		b.stopQueued = b.ui.Clock().After(left, func() {
			b.stopQueued = nil
			b.update(b.ui.State())
		})
	}
}

// showAir shows whether the broadcast is on air, and keeps its time running.
func (b *bar) showAir(s state.State) {
	hidden := s.OBS.OutOfSight()
	running := s.OBS.Stream.Running() || hidden
	b.off.Hidden, b.air.Hidden = running, !running
	b.air.SetHollow(hidden)
	if !running {
		b.off.SetText(b.ui.Text("air.off"))
		b.stopTimer()
		return
	}
	b.since = s.OBS.Since
	if hidden { // one of the two
		b.since = s.OBS.LostOnAir
		if b.since.IsZero() {
			b.since = s.OBS.UnseenSince
		}
	}
	b.air.Set(b.describeAir(s))
	b.tick()
}

// describeAir says how a running stream stands, and for which account where that is not
// the one in use.
func (b *bar) describeAir(s state.State) (tone paint.Tone, text string) {
	tone, text = paint.ToneBad, b.ui.Text("air.on")
	switch {
	case !s.OBS.LostOnAir.IsZero():
		text = b.ui.Text("air.lost")
	case !s.OBS.UnseenSince.IsZero():
		tone, text = paint.ToneWarn, b.ui.Text("air.unseen")
	case s.OBS.Stream == state.StreamStarting:
		tone, text = paint.ToneWarn, b.ui.Text("air.starting")
	case s.OBS.Stream == state.StreamStopping:
		tone, text = paint.ToneWarn, b.ui.Text("air.stopping")
	case s.OBS.Stream == state.StreamReconnecting:
		tone, text = paint.ToneWarn, b.ui.Text("air.reconnecting")
	case s.OnAirElsewhere() != "":
		text += " · " + shortName(b.ui.AccountName(s, s.OnAirElsewhere()))
	case s.Account.Has.LiveStatus && !s.Live.OnAir:
		tone, text = paint.ToneWarn, b.ui.Text("air.sending")
	}
	return tone, text
}

// shortName keeps an account's name short enough for the bar.
func shortName(name string) string {
	const most = 16
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return name
}

func (b *bar) stopTimer() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// tick shows the running time and comes back at the next second, only while
// there is a time to show.
func (b *bar) tick() {
	b.stopTimer()
	if b.since.IsZero() {
		b.air.SetTime("")
		return
	}
	d := max(0, b.ui.Clock().Now().Sub(b.since))
	b.air.SetTime(kit.ClockTime(d))
	b.stop = b.ui.Clock().After(time.Second-d%time.Second, b.tick)
}

// describeAccount is the account in use in a few words, with more in the detail.
func (b *bar) describeAccount(s state.State) (tone paint.Tone, text, detail string) {
	ui, name := b.ui, b.ui.Platform(s.Account)
	if s.Account.Name == "" {
		return paint.ToneNeutral, ui.Text("pill.no_account"), ""
	}
	switch s.Account.SignedIn {
	case state.SignedIn:
		if left := s.Account.WaitUntil.Sub(ui.Clock().Now()); left > 0 {
			return paint.ToneAccent, name + " · " + ui.Text("pill.queued"), ui.Text("pill.queued.more", kit.Arg("Time", kit.ShortTime(left)))
		}
		return paint.ToneGood, name + " · " + kit.Either(s.Account.Nick != "", s.Account.Nick, ui.AccountName(s, s.Account.Name)), kit.Who(s.Account)
	case state.SigningIn:
		return paint.ToneAccent, name + " · " + ui.Text("pill.signing_in"), ""
	case state.SignedOut:
		return paint.ToneBad, name + " · " + ui.Text("pill.signed_out"), ""
	}
	return paint.ToneNeutral, name + " · " + ui.Text("pill.looking"), ""
}
