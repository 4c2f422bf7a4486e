package kit

import (
	"fyne.io/fyne/v2"

	"cuelight/app/state"
)

// Screen is one place of the window.
type Screen interface {
	Body() fyne.CanvasObject
	// Update shows a State. It is called often and must change only what differs.
	Update(state.State)
}

// Leaver is a Screen with something to give up when it is left: requests under
// way, secrets, pictures. The next Update brings it back.
type Leaver interface{ Leave() }

// Reloader is a Screen that can ask again for what it shows.
type Reloader interface{ Reload() }

// Searcher is a Screen with a search field.
type Searcher interface{ FocusSearch() }

// Cornered is a Screen with something at the lower right that messages must not
// cover.
type Cornered interface{ Corner() fyne.Size }

// ScreenID names a screen.
type ScreenID string

// The screens. All but the records, which are part of the settings, have a place
// on the rail where the platform has something for them.
const (
	ScreenHome      ScreenID = "live"
	ScreenBroadcast ScreenID = "broadcast"
	ScreenPresets   ScreenID = "presets"
	ScreenOverlays  ScreenID = "overlays"
	ScreenDiscover  ScreenID = "discover"
	ScreenChannels  ScreenID = "channels"
	ScreenFilters   ScreenID = "filters"
	ScreenVOD       ScreenID = "vod"
	ScreenAccounts  ScreenID = "accounts"
	ScreenSettings  ScreenID = "settings"
	ScreenRecords   ScreenID = "records"
)

// Actions are what a screen asks of the window or of another screen.
type Actions struct {
	// Open goes to a screen.
	Open func(ScreenID)
	// AddAccount and SignIn lead through adding an account and signing in; AskToken
	// asks for a token made on the platform's pages.
	AddAccount, SignIn, AskToken func()
	// ChooseChannel leads to the choice of a channel or room.
	ChooseChannel func()
	// AskIngest asks for a server and stream key that the platform does not give,
	// and goes on once they are kept.
	AskIngest func(then func())
	// AskCreator asks whose stream key is used, where several people may broadcast
	// on a channel, and goes on once that is chosen.
	AskCreator func(then func())
	// ApplyDraft sends the changes that were made.
	ApplyDraft func()
	// ApplyPreset applies a preset by its name.
	ApplyPreset func(name string)
	// SavePreset asks for the name of a preset of what is set now, and keeps it.
	SavePreset func()
	// SetUp points OBS at the account, GoLive starts the broadcast and Stop ends it,
	// asking first where that is due.
	SetUp, GoLive, Stop func()
	// HelpOBS explains how to let OBS be found, AskOBSPassword asks for its password.
	HelpOBS, AskOBSPassword func()
	// AskUnprotected asks whether an OBS that wants no password is used.
	AskUnprotected func()
	// AskDiagnostics asks where the file for a helper goes, and writes it.
	AskDiagnostics func()
}
