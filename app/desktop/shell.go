package desktop

import (
	"fyne.io/fyne/v2"

	"cuelight/app"
	"cuelight/app/desktop/look"
	"cuelight/widgets"
)

// screenID names a place on the rail.
type screenID string

const (
	screenHome     screenID = "live"
	screenAccounts screenID = "accounts"
	screenSettings screenID = "settings"
)

// screens are the places there are, in the order of the rail and of Ctrl+1…n.
var screens = []struct {
	id   screenID
	icon look.Icon
}{
	{screenHome, look.IconLive},
	{screenAccounts, look.IconAccounts},
	{screenSettings, look.IconSettings},
}

// screen is one place of the window.
type screen interface {
	body() fyne.CanvasObject
	update(app.State)
}

// shell is the frame of the ordinary window: rail, bar and the screen chosen.
// Screens other than home are made when they are first opened.
type shell struct {
	face   *face
	object *fyne.Container
	cue    *widgets.CueLight
	rail   *widgets.NavRail
	bar    *bar
	banner *widgets.Banner
	slot   *fyne.Container

	at   screenID
	home *home
	made map[screenID]screen
}

func newShell(f *face) *shell {
	s := &shell{face: f, at: screenHome, made: make(map[screenID]screen)}
	s.cue = widgets.NewCueLight(28, f.opt.Clock, func() { s.open(screenHome) })
	items := make([]widgets.NavItem, len(screens))
	for i, place := range screens {
		items[i] = widgets.NavItem{ID: string(place.id), Label: f.words.Say("desktop.screen." + string(place.id)), Icon: place.icon.Resource()}
	}
	s.rail = widgets.NewNavRail(s.cue, func(id string) { s.open(screenID(id)) }, items...)
	s.bar = newBar(f)
	leave := ""
	if f.opt.Leave != nil {
		leave = f.say("banner.leave")
	}
	s.banner = widgets.NewBanner(widgets.Warn, f.say("banner.sandbox"), leave, f.leaveSandbox)
	s.banner.Hidden = !f.state.Sandbox
	s.home = newHome(f)
	s.made[screenHome] = s.home
	s.slot = arrange(fill, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, s.home.body())
	s.object = newRoom(arrange(s.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} },
		s.rail, s.bar.object, s.banner, s.slot), windowLeast)
	return s
}

func fill(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		put(o, 0, 0, s.Width, s.Height)
	}
}

func (s *shell) place(_ []fyne.CanvasObject, size fyne.Size) {
	const rail = 76
	put(s.rail, 0, 0, rail, size.Height)
	put(s.bar.object, rail, 0, size.Width-rail, barHeight)
	top := float32(barHeight)
	if s.banner.Visible() {
		h := s.banner.MinSize().Height
		put(s.banner, rail, top, size.Width-rail, h)
		top += h
	}
	put(s.slot, rail, top, size.Width-rail, max(0, size.Height-top))
}

// open goes to a place.
func (s *shell) open(id screenID) {
	s.rail.Select(string(id))
	if s.at == id {
		return
	}
	s.at = id
	if s.made[id] == nil {
		s.made[id] = s.face.makeScreen(id)
	}
	s.slot.Objects = []fyne.CanvasObject{s.made[id].body()}
	s.made[id].update(s.face.state)
	s.slot.Refresh()
}

func (f *face) makeScreen(id screenID) screen {
	if id == screenAccounts {
		return newAccounts(f)
	}
	return newSettings(f)
}

// update shows the State in the frame and in the screen that is seen.
func (s *shell) update(state app.State) {
	cue, says := s.face.cue(state)
	s.cue.Set(cue, says)
	s.bar.update(state)
	s.made[s.at].update(state)
}

// cue is what the cue light says, and the same in words. It is amber as soon as
// account and OBS are there.
func (f *face) cue(s app.State) (widgets.CueState, string) {
	switch {
	case s.OBS.Stream == app.StreamReconnecting:
		return widgets.CueReconnecting, f.say("cue.reconnecting")
	case s.OBS.Stream.Running():
		return widgets.CueOnAir, f.say("cue.onair")
	case s.Account.SignedIn != app.SignedIn || s.OBS.Link != app.LinkUp:
		return widgets.CueOff, f.say("cue.off")
	case s.OBS.Matches != app.MatchYes && s.Account.Has.Ingest:
		return widgets.CueReady, f.say("cue.nearly")
	}
	return widgets.CueReady, f.say("cue.ready")
}
