package desktop

import (
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// screenID names a place on the rail.
type screenID string

const (
	screenHome      screenID = "live"
	screenBroadcast screenID = "broadcast"
	screenOverlays  screenID = "overlays"
	screenDiscover  screenID = "discover"
	screenChannels  screenID = "channels"
	screenFilters   screenID = "filters"
	screenVOD       screenID = "vod"
	screenAccounts  screenID = "accounts"
	screenSettings  screenID = "settings"
	screenRecords   screenID = "records" // not on the rail: within the settings
)

// place is one entry of the rail.
type place struct {
	id   screenID
	icon look.Icon
	// has tells whether the platform has something for it; nil means always.
	has  func(state.Capabilities) bool
	make func(*face) screen
}

// places are all there can be, in the order of the rail and of Ctrl+1…n.
func places() []place {
	return []place{
		{screenHome, look.IconLive, nil, nil}, // made with the shell
		{screenChannels, look.IconChannels, func(c state.Capabilities) bool { return c.Channels }, newChannels},
		{screenBroadcast, look.IconBroadcast, func(c state.Capabilities) bool { return c.Edit || c.Ingest || c.Station }, newBroadcast},
		{screenOverlays, look.IconOverlays, func(c state.Capabilities) bool { return c.Overlays }, newOverlays},
		{screenDiscover, look.IconDiscover, func(c state.Capabilities) bool { return c.Directory }, newDiscover},
		{screenFilters, look.IconFilters, func(c state.Capabilities) bool { return c.Filters }, newFilters},
		{screenVOD, look.IconVOD, func(c state.Capabilities) bool { return c.Embeds }, newVOD},
		{screenAccounts, look.IconAccounts, nil, func(f *face) screen { return newAccounts(f) }},
		{screenSettings, look.IconSettings, nil, func(f *face) screen { return newSettings(f) }},
	}
}

// screen is one place of the window.
type screen interface {
	body() fyne.CanvasObject
	update(state.State)
}

// leaver is a screen with something to give up when it is left: requests under
// way, secrets, pictures. The next update brings it back.
type leaver interface{ leave() }

// shell is the frame of the ordinary window: rail, bar and the screen chosen.
// Screens other than home are made when they are first opened.
type shell struct {
	face   *face
	object *fyne.Container
	cue    *status.CueLight
	rail   *control.NavRail
	bar    *bar
	banner *status.Banner
	slot   *fyne.Container

	at   screenID
	home *home
	made map[screenID]screen
	// there are the places shown on the rail.
	there []screenID
	// rooms: one of them is named for rooms.
	rooms bool
}

func newShell(f *face) *shell {
	s := &shell{face: f, at: screenHome, made: make(map[screenID]screen)}
	s.cue = status.NewCueLight(28, f.opt.Clock, func() { s.open(screenHome) })
	s.rail = control.NewNavRail(s.cue, func(id string) { s.open(screenID(id)) })
	s.offer(f.state.Account.Has)
	s.bar = newBar(f)
	leave := ""
	if f.opt.Leave != nil {
		leave = f.say("banner.leave")
	}
	s.banner = status.NewBanner(paint.ToneWarn, f.say("banner.sandbox"), leave, f.leaveSandbox)
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

// offer puts the places on the rail that the platform has something for.
func (s *shell) offer(has state.Capabilities) {
	var items []control.NavItem
	var there []screenID
	for _, place := range places() {
		if place.has != nil && !place.has(has) {
			continue
		}
		there = append(there, place.id)
		items = append(items, control.NavItem{
			ID: string(place.id), Label: s.face.say("screen." + string(place.id)), Icon: place.icon.Resource(),
		})
	}
	rooms := s.face.state.Account.Rooms
	if slices.Equal(there, s.there) && rooms == s.rooms {
		return
	}
	s.there, s.rooms = there, rooms
	s.rail.SetItems(items)
	if !slices.Contains(there, s.at) && s.at != screenRecords {
		s.open(screenHome)
	}
}

// leave tells the screen that is seen that it is left.
func (s *shell) leave() {
	if l, ok := s.made[s.at].(leaver); ok {
		l.leave()
	}
}

// open goes to a place.
func (s *shell) open(id screenID) {
	if !slices.Contains(s.there, id) && id != screenRecords {
		id = screenHome
	}
	if id == screenRecords {
		s.rail.Select(string(screenSettings))
	} else {
		s.rail.Select(string(id))
	}
	if s.at == id {
		return
	}
	s.leave()
	s.at = id
	if s.made[id] == nil {
		s.made[id] = s.face.makeScreen(id)
	}
	s.slot.Objects = []fyne.CanvasObject{s.made[id].body()}
	s.made[id].update(s.face.state)
	s.slot.Refresh()
	if s.face.shell == s && s.face.layer != nil {
		s.face.keepClear() // the big button may be gone, or come
	}
}

func (f *face) makeScreen(id screenID) screen {
	if id == screenRecords {
		return newRecords(f)
	}
	for _, place := range places() {
		if place.id == id {
			return place.make(f)
		}
	}
	return newSettings(f)
}

// update shows the State in the frame and in the screen that is seen.
func (s *shell) update(state state.State) {
	cue, says := s.face.cue(state)
	s.cue.Set(cue, says)
	s.bar.update(state)
	s.offer(state.Account.Has)
	s.made[s.at].update(state)
}

// cue is what the cue light says, and the same in words. It is amber as soon as
// account and OBS are there.
func (f *face) cue(s state.State) (status.CueState, string) {
	switch {
	case s.OBS.Stream == state.StreamReconnecting:
		return status.CueReconnecting, f.say("cue.reconnecting")
	case s.OBS.Stream.Running():
		return status.CueOnAir, f.say("cue.onair")
	case s.Account.SignedIn != state.SignedIn || s.OBS.Link != state.LinkUp:
		return status.CueOff, f.say("cue.off")
	case s.OBS.Matches != state.MatchYes && s.Account.Has.Ingest:
		return status.CueReady, f.say("cue.nearly")
	}
	return status.CueReady, f.say("cue.ready")
}
