package desktop

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/state"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// bar is the top of the window: who, which OBS, and whether it is on air.
type bar struct {
	face    *face
	object  *fyne.Container
	account *status.Pill
	obs     *status.Pill
	off     *label.Line
	air     *status.LiveBadge
	since   time.Time
	stop    func()
	// queued ends the sign that a call waits its turn.
	queued func()
}

func newBar(f *face) *bar {
	b := &bar{face: f}
	b.account = status.NewPill(paint.ToneNeutral, "", func() { f.shell.open(screenAccounts) })
	b.obs = status.NewPill(paint.ToneNeutral, "", b.pressOBS)
	b.off = label.NewLine("", label.Style{Color: theme.ColorNamePlaceHolder})
	b.air = status.NewLiveBadge()
	b.air.Hide()
	b.object = newRoom(over(newGround(theme.ColorNameOverlayBackground, false, true),
		arrange(b.place, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, barHeight) },
			b.account, b.obs, b.off, b.air)), fyne.NewSize(300, barHeight))
	return b
}

func (b *bar) place(_ []fyne.CanvasObject, s fyne.Size) {
	right := s.Width - edge
	for _, o := range []fyne.CanvasObject{b.off, b.air} {
		if o.Visible() {
			m := o.MinSize()
			right -= m.Width
			put(o, right, (s.Height-m.Height)/2, m.Width, m.Height)
			right -= gap
		}
	}
	x := float32(edge)
	room := max(0, right-x-gapSmall)
	for _, p := range []*status.Pill{b.account, b.obs} {
		m := p.MinSize()
		w := min(m.Width, max(60, room/2))
		if p == b.obs {
			w = min(m.Width, max(60, right-x))
		}
		put(p, x, (s.Height-m.Height)/2, w, m.Height)
		x += w + gapSmall + 2
	}
}

func (b *bar) pressOBS() {
	switch b.face.state.OBS.Link {
	case state.LinkPassword:
		b.face.askOBSPassword()
	case state.LinkKicked:
		b.face.engine.RetryOBS()
	case state.LinkWaiting:
		b.face.helpOBS()
	default:
		b.face.shell.open(screenSettings)
	}
}

func (b *bar) update(s state.State) {
	tone, text, detail := b.face.accountPill(s)
	b.account.Set(tone, text, detail)
	tone, text, detail = b.face.obsPill(s)
	b.obs.Set(tone, text, detail)
	b.showAir(s)
	b.showQueued(s)
	b.object.Refresh()
}

// showQueued comes back when the call that waits its turn goes on.
func (b *bar) showQueued(s state.State) {
	if b.queued != nil {
		b.queued()
		b.queued = nil
	}
	if left := s.Account.WaitUntil.Sub(b.face.opt.Clock.Now()); left > 0 {
		b.queued = b.face.opt.Clock.After(left, func() {
			b.queued = nil
			b.update(b.face.state)
		})
	}
}

// showAir shows how the broadcast stands, and keeps its time running.
func (b *bar) showAir(s state.State) {
	running := s.OBS.Stream.Running()
	b.off.Hidden, b.air.Hidden = running, !running
	if !running {
		b.off.SetText(b.face.say("air.off"))
		b.halt()
		return
	}
	b.since = s.OBS.Since
	tone, says := paint.ToneBad, b.face.say("air.on")
	switch {
	case s.OBS.Stream == state.StreamStarting:
		tone, says = paint.ToneWarn, b.face.say("air.starting")
	case s.OBS.Stream == state.StreamStopping:
		tone, says = paint.ToneWarn, b.face.say("air.stopping")
	case s.OBS.Stream == state.StreamReconnecting:
		tone, says = paint.ToneWarn, b.face.say("air.reconnecting")
	case s.Account.Has.LiveStatus && !s.Live.OnAir:
		tone, says = paint.ToneWarn, b.face.say("air.sending")
	}
	b.air.Set(tone, says)
	b.tick()
}

func (b *bar) halt() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// tick shows the running time and comes back at the next second, only while
// there is a time to show.
func (b *bar) tick() {
	b.halt()
	if b.since.IsZero() {
		b.air.SetTime("")
		return
	}
	d := max(0, b.face.opt.Clock.Now().Sub(b.since))
	b.air.SetTime(clockTime(d))
	b.stop = b.face.opt.Clock.After(time.Second-d%time.Second, b.tick)
}
