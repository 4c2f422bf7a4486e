package look

import (
	"embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// Icon is one of our own line icons, on a square of 24 with lines 1.8 wide. The lines
// are filled outlines: the toolkit recolours fills, never strokes.
type Icon string

// The icons. Some serve under two names, so that a screen says what it means.
const (
	IconLive      Icon = "live"
	IconBroadcast Icon = "broadcast"
	IconOverlays  Icon = "overlays"
	IconDiscover  Icon = "discover"
	IconFilters   Icon = "filters"
	IconVOD       Icon = "vod"
	IconAccounts  Icon = "accounts"
	IconSettings  Icon = "settings"

	IconCheck   Icon = "check"
	IconWarn    Icon = "warn"
	IconCross   Icon = "cross"
	IconRing    Icon = "ring" // something that has not happened yet
	IconSearch  Icon = "discover"
	IconClose   Icon = "cross"
	IconCopy    Icon = "copy"
	IconEye     Icon = "eye"
	IconRefresh Icon = "refresh"
	IconPlay    Icon = "play"
	IconStop    Icon = "stop"
	IconKey     Icon = "key"
	IconChevron Icon = "chevron" // points down: opens a list
	IconUp      Icon = "up"
	IconPlus    Icon = "plus"
	IconLink    Icon = "link" // opens outside Cuelight

	IconChannels Icon = "channels"

	IconStar    Icon = "star"
	IconStarred Icon = "starred"
	IconLock    Icon = "lock"
	IconEdit    Icon = "edit"
	IconTrash   Icon = "trash"
	IconMinus   Icon = "minus"
	IconMore    Icon = "more" // opens what else can be done
	IconUndo    Icon = "undo"
	IconPast    Icon = "broadcast"
	IconBack    Icon = "back" // to where one came from
)

// Resource gives the icon in the colour of text. An unknown name gives nil, which
// the toolkit draws as nothing.
func (i Icon) Resource() fyne.Resource { return i.In(theme.ColorNameForeground) }

// In gives the icon in another colour of the theme.
func (i Icon) In(name fyne.ThemeColorName) fyne.Resource {
	data, err := iconFiles.ReadFile("icons/" + string(i) + ".svg")
	if err != nil {
		return nil
	}
	res := theme.NewThemedResource(fyne.NewStaticResource("cuelight-"+string(i)+".svg", data))
	res.ColorName = name
	return res
}
