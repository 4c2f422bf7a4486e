package desktop

import (
	"cuelight/app"
	"cuelight/app/config"
	"cuelight/app/desktop/accounts"
	"cuelight/app/desktop/broadcast"
	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/channels"
	"cuelight/app/desktop/discover"
	"cuelight/app/desktop/filters"
	"cuelight/app/desktop/home"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/overlays"
	"cuelight/app/desktop/presets"
	"cuelight/app/desktop/records"
	"cuelight/app/desktop/settings"
	"cuelight/app/desktop/vod"
	"cuelight/app/features"
	"cuelight/app/titles"
)

// Engine is what the window itself needs of the core. What takes no context is quick;
// it may be called on the window's goroutine.
type Engine interface {
	kit.Engine
	// Watch tells of every change of the State until stop is called.
	Watch() (changed <-chan struct{}, stop func())
	Config() config.Config
	CancelSignIn()
	// RetryOBS tries to reach OBS at once.
	RetryOBS()
	// SetLang takes the language for dates in titles.
	SetLang(lang string)
	// DismissLoss ends the alarm about an OBS that was lost on air.
	DismissLoss()
}

// Services are what the window and its screens call: each of them says by itself what
// it needs. Methods that take a context may wait, and never run on the window's
// goroutine.
type Services struct {
	Window    Engine
	Accounts  accounts.Engine
	Broadcast broadcast.Engine
	Catalog   catalog.Engine
	Channels  channels.Engine
	Creators  channels.CreatorEngine
	Discover  discover.Engine
	Filters   filters.Engine
	Home      home.Engine
	OBS       settings.OBSEngine
	OBSHosts  settings.OBSHosts
	Overlays  overlays.Engine
	Presets   presets.Engine
	Records   records.Engine
	Scenes    Scenes
	Settings  settings.Engine
	Titles    home.TitleEngine
	VOD       vod.Engine
}

// useCases are the core with all its use cases side by side.
type useCases struct {
	*app.Engine
	*app.Accounts
	*app.Broadcast
	*app.Stream
	*features.Features
	*app.Support
	*titles.Titles
}

// ServicesOf are the core's own.
func ServicesOf(e *app.Engine) Services {
	all := useCases{e, e.Accounts, e.Broadcast, e.Stream, e.Features, e.Support, e.Titles}
	return Services{
		Window: all, Accounts: all, Broadcast: all, Catalog: all, Channels: all, Creators: all, Discover: all, Filters: all,
		Home: all, OBS: all, OBSHosts: e.OBSHosts, Overlays: all, Presets: presets.Engine{Presets: e.Presets, Rules: e.Rules, Core: all},
		Records: all, Scenes: all, Settings: all, Titles: all, VOD: all,
	}
}
