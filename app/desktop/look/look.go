// Package look is how Cuelight looks: the theme in its dark and light form, the
// typeface, the icons, and the cue light as pictures for the window, the program's
// icon and the tray. It draws nothing on the screen itself and knows no screen.
package look

import (
	"fyne.io/fyne/v2"

	"cuelight/internal/version"
)

// What the program calls itself to the system. FyneApp.toml repeats these for
// packaging; a test holds the two in step. A plain build carries no FyneApp.toml,
// so the program passes Metadata to app.SetMetadata before it makes the app.
const (
	// AppID is the unique name under which the system keeps our preferences.
	AppID = "kr.cuelight.app"
	// AppName is the name shown to people.
	AppName = "Cuelight"
	// Version is the semantic version, without a leading v.
	Version = version.Number
	// Build counts released builds, from 1.
	Build = 1
)

// Metadata is what a packaged build would carry: identity, version and icon.
func Metadata() fyne.AppMetadata {
	return fyne.AppMetadata{
		ID: AppID, Name: AppName, Version: Version, Build: Build, Icon: AppIcon(),
		Migrations: map[string]bool{"fyneDo": handsOver},
	}
}
