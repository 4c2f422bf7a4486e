package desktop

import (
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/accounts"
	"cuelight/app/desktop/alarm"
	"cuelight/app/desktop/broadcast"
	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/channels"
	"cuelight/app/desktop/discover"
	"cuelight/app/desktop/filters"
	"cuelight/app/desktop/home"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/desktop/overlays"
	"cuelight/app/desktop/presets"
	"cuelight/app/desktop/records"
	"cuelight/app/desktop/settings"
	"cuelight/app/desktop/shortcuts"
	"cuelight/app/desktop/vod"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// place is one entry of the rail.
type place struct {
	id   kit.ScreenID
	icon look.Icon
	// has reports whether the platform has something for it; nil means always.
	has func(state.Capabilities) bool
}

// places are all there can be, in the order of the rail and of Ctrl+1…n.
func places() []place {
	return []place{
		{kit.ScreenHome, look.IconLive, nil},
		{kit.ScreenChannels, look.IconChannels, func(c state.Capabilities) bool { return c.Channels }},
		{kit.ScreenBroadcast, look.IconBroadcast, func(c state.Capabilities) bool { return c.Edit || c.Ingest || c.Station }},
		{kit.ScreenPresets, look.IconStar, func(c state.Capabilities) bool { return c.Edit }},
		{kit.ScreenOverlays, look.IconOverlays, func(c state.Capabilities) bool { return c.Overlays }},
		{kit.ScreenDiscover, look.IconDiscover, func(c state.Capabilities) bool { return c.Directory }},
		{kit.ScreenFilters, look.IconFilters, func(c state.Capabilities) bool { return c.Filters }},
		{kit.ScreenVOD, look.IconVOD, func(c state.Capabilities) bool { return c.Embeds }},
		{kit.ScreenAccounts, look.IconAccounts, nil},
		{kit.ScreenSettings, look.IconSettings, nil},
	}
}

// makeScreen makes a screen when it is first opened; the home screen is made with the
// shell.
func (w *window) makeScreen(id kit.ScreenID) kit.Screen {
	ui, s := w.UI, w.opt.Services
	switch id {
	case kit.ScreenChannels:
		return channels.New(ui, s.Channels)
	case kit.ScreenBroadcast:
		return broadcast.New(ui, s.Broadcast, s.Catalog, w.categories, catalog.NewLanguages(ui, s.Catalog))
	case kit.ScreenPresets:
		screen := presets.New(ui, s.Presets, w.presets)
		screen.BindKeys(w.win.Canvas())
		return screen
	case kit.ScreenOverlays:
		return overlays.New(ui, s.Overlays)
	case kit.ScreenDiscover:
		return discover.New(ui, s.Discover, w.categories, catalog.NewLanguages(ui, s.Catalog))
	case kit.ScreenFilters:
		return filters.New(ui, s.Filters, w.categories)
	case kit.ScreenVOD:
		return vod.New(ui, s.VOD)
	case kit.ScreenAccounts:
		return accounts.New(ui, s.Accounts, w.token)
	case kit.ScreenRecords:
		return records.New(ui, s.Records)
	default:
		return settings.New(ui, s.Settings, s.OBSHosts, w.appearance(), w.obsSheets,
			settings.Sounds{Try: w.trySound})
	}
}

// shell is the frame of the ordinary window: rail, bar and the screen chosen.
type shell struct {
	window *window
	object *fyne.Container
	cue    *status.CueLight
	rail   *control.NavRail
	bar    *bar
	banner *status.Banner
	alarm  *alarm.Banner
	holder *fyne.Container // the screen that is seen

	at      kit.ScreenID
	home    *home.Home
	screens map[kit.ScreenID]kit.Screen
	// offered are the places shown on the rail.
	offered []kit.ScreenID
	// rooms: the place for channels is named for rooms.
	rooms bool
}

func newShell(w *window) *shell {
	s := &shell{window: w, at: kit.ScreenHome, screens: make(map[kit.ScreenID]kit.Screen)}
	s.cue = status.NewCueLight(28, w.Clock(), func() { s.open(kit.ScreenHome) })
	s.rail = control.NewNavRail(s.cue, func(id string) { s.open(kit.ScreenID(id)) })
	s.offer(w.State().Account.Has)
	s.bar = newBar(w.UI, w.engine.RetryOBS)
	leave := ""
	if w.opt.LeaveSandbox != nil {
		leave = w.Text("banner.leave")
	}
	s.banner = status.NewBanner(paint.ToneWarn, w.Text("banner.sandbox"), leave, w.leaveSandbox)
	s.banner.Hidden = !w.State().Sandbox
	s.alarm = alarm.NewBanner(w.UI, w.engine)
	s.home = home.New(w.UI, w.opt.Services.Home, w.opt.Services.Titles, w.categories, w.token.Warnings)
	s.screens[kit.ScreenHome] = s.home
	s.holder = kit.Arrange(kit.Fill, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, s.home.Body())
	s.object = kit.FixedMin(kit.Arrange(s.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} },
		s.rail, s.bar.object, s.alarm.Object, s.banner, s.holder), kit.WindowMin)
	return s
}

func (s *shell) place(_ []fyne.CanvasObject, size fyne.Size) {
	const rail = 76
	kit.Place(s.rail, 0, 0, rail, size.Height)
	kit.Place(s.bar.object, rail, 0, size.Width-rail, barHeight)
	top := float32(barHeight)
	if s.alarm.Object.Visible() {
		h := s.alarm.Object.HeightFor(size.Width - rail)
		kit.Place(s.alarm.Object, rail, top, size.Width-rail, h)
		top += h
	}
	if s.banner.Visible() {
		h := s.banner.MinSize().Height
		kit.Place(s.banner, rail, top, size.Width-rail, h)
		top += h
	}
	kit.Place(s.holder, rail, top, size.Width-rail, max(0, size.Height-top))
}

// offer puts the places on the rail that the platform has something for.
func (s *shell) offer(has state.Capabilities) {
	var items []control.NavItem
	var offered []kit.ScreenID
	for _, place := range places() {
		if place.has != nil && !place.has(has) {
			continue
		}
		item := control.NavItem{ID: string(place.id), Label: s.window.Text("screen." + string(place.id)), Icon: place.icon.Resource()}
		if n := len(offered); n < shortcuts.Digits {
			item.Keys = shortcuts.Ctrl(shortcuts.Number(n)).String()
		}
		offered = append(offered, place.id)
		items = append(items, item)
	}
	rooms := s.window.State().Account.Rooms
	if slices.Equal(offered, s.offered) && rooms == s.rooms {
		return
	}
	s.offered, s.rooms = offered, rooms
	s.rail.SetItems(items)
	if !slices.Contains(offered, s.at) && s.at != kit.ScreenRecords {
		s.open(kit.ScreenHome)
	}
}

// current is the screen that is seen.
func (s *shell) current() kit.Screen { return s.screens[s.at] }

// leave tells the screen that is seen that it is left.
func (s *shell) leave() {
	if l, ok := s.current().(kit.Leaver); ok {
		l.Leave()
	}
}

// open goes to a place.
func (s *shell) open(id kit.ScreenID) {
	if !slices.Contains(s.offered, id) && id != kit.ScreenRecords {
		id = kit.ScreenHome
	}
	if id == kit.ScreenRecords {
		s.rail.Select(string(kit.ScreenSettings))
	} else {
		s.rail.Select(string(id))
	}
	if s.at == id {
		return
	}
	s.leave()
	s.at = id
	if s.screens[id] == nil {
		s.screens[id] = s.window.makeScreen(id)
	}
	s.holder.Objects = []fyne.CanvasObject{s.current().Body()}
	s.current().Update(s.window.State())
	s.holder.Refresh()
	if s.window.shell == s {
		s.window.keepClear() // the big button may be gone, or come
	}
}

// update shows the State in the frame and in the screen that is seen.
func (s *shell) update(now state.State) {
	s.cue.Set(s.window.Cue(now))
	s.bar.update(now)
	if s.alarm.Update(now) {
		s.object.Refresh()
	}
	s.offer(now.Account.Has)
	s.current().Update(now)
}
