package broadcast

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/label"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// stationCard is the streamer's home on the platform.
type stationCard struct {
	ui     *kit.UI
	engine Engine
	// resized is called when the card may have another height.
	resized func()
	card    *surface.Card
	pane    *kit.Pane
	request kit.LatestRequest
	asked   bool

	picture *portrait
	stop    func()
	nick    *label.Line
	name    *label.Line
	facts   *label.Line
}

func newStationCard(ui *kit.UI, engine Engine, resized func()) *stationCard {
	c := &stationCard{ui: ui, engine: engine, resized: resized, request: kit.NewRequest(ui), picture: newPortrait()}
	c.nick = label.NewFillingLine("", label.Title())
	c.name = label.NewFillingLine("", label.Style{Color: theme.ColorNamePlaceHolder})
	c.facts = label.NewFillingLine("", label.Caption())
	texts := kit.Column(2, c.nick, c.name, c.facts)
	c.pane = kit.NewPane(ui, kit.Row(14, kit.Stretch(texts), c.picture.Container, texts), status.NewSkeleton(1, fyne.NewSize(56, 56)), false)
	c.card = surface.NewCard("", "", c.pane.Object)
	return c
}

func (c *stationCard) update(s state.State) {
	c.card.Hidden = !s.Account.Has.Station || s.Account.SignedIn == state.SignedOut || s.Account.SignedIn == state.SigningIn
	if !c.card.Hidden && !c.asked && s.Account.SignedIn == state.SignedIn {
		c.reload()
	}
}

// reload asks for the station.
func (c *stationCard) reload() {
	if c.card.Hidden {
		return
	}
	c.asked = true
	if !c.pane.HasContent() {
		c.pane.ShowLoading()
	}
	kit.Send(&c.request, kit.CallTimeout, func(ctx context.Context) (providers.Station, error) {
		return c.engine.Station(ctx)
	}, func(station providers.Station, err error) {
		if err != nil {
			c.pane.ShowError(err, c.reload)
		} else {
			c.show(station)
		}
		c.resized()
	})
}

// show shows a station; the platform may know little of it, or nothing.
func (c *stationCard) show(station providers.Station) {
	ui := c.ui
	nick := station.Nick
	if nick == "" {
		nick = ui.State().Account.Nick
	}
	if nick == "" {
		nick = ui.State().Account.Name
	}
	c.nick.SetText(nick)
	name := station.Name
	if name == "" && station.Nick == "" {
		name = ui.Text("station.unknown")
	}
	c.name.SetText(name)
	var facts []string
	if station.Loyal >= 0 && station.Nick != "" {
		facts = append(facts, ui.Count("station.loyal", station.Loyal))
	}
	if !station.LastBroadcast.IsZero() {
		facts = append(facts, ui.Text("station.last", kit.Arg("When", c.longAgo(station.LastBroadcast))))
	}
	c.facts.SetText(kit.JoinDots(facts...))
	c.facts.Hidden = len(facts) == 0
	c.name.Hidden = name == ""
	c.picture.set(nil, nick)
	now, stop := ui.Thumbnail(station.Picture, 2*portraitSide, 2*portraitSide, func(got image.Image) {
		c.stop = nil
		c.picture.set(got, nick)
	})
	c.stop = stop
	if now != nil {
		c.picture.set(now, nick)
	}
	c.pane.ShowContent()
}

// leave gives up the request; what is shown is asked for again next time.
func (c *stationCard) leave() {
	c.request.Cancel()
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
	c.asked = false
}

// longAgo says when something was, in a few words: its distance for the last
// days, else the day.
func (c *stationCard) longAgo(at time.Time) string {
	d := c.ui.Clock().Now().Sub(at)
	if d < 7*24*time.Hour {
		return c.ui.Ago(d)
	}
	return at.Local().Format("2006-01-02")
}

// portraitSide is the side of a portrait, in the toolkit's scaled pixels.
const portraitSide = 56

// portrait is a round picture of a person, or the first letter of the name
// where there is none.
type portrait struct {
	*fyne.Container
	back   *kit.Tint
	letter *label.Line
	image  *canvas.Image
}

func newPortrait() *portrait {
	p := &portrait{back: kit.NewCircle(theme.ColorNameButton, portraitSide/2), image: canvas.NewImageFromImage(nil)}
	p.letter = label.NewLine("", label.Style{Size: theme.SizeNameSubHeadingText, Bold: true, Color: theme.ColorNamePlaceHolder, Align: fyne.TextAlignCenter})
	p.image.FillMode, p.image.CornerRadius = canvas.ImageFillCover, portraitSide/2
	p.image.Hide()
	p.Container = kit.Arrange(func(objects []fyne.CanvasObject, _ fyne.Size) {
		kit.Place(objects[0], 0, 0, portraitSide, portraitSide)
		h := objects[1].MinSize().Height
		kit.Place(objects[1], 0, (portraitSide-h)/2, portraitSide, h)
		kit.Place(objects[2], 0, 0, portraitSide, portraitSide)
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(portraitSide, portraitSide) }, p.back, p.letter, p.image)
	return p
}

func (p *portrait) set(picture image.Image, name string) {
	letter := ""
	for _, r := range name {
		letter = string(r)
		break
	}
	p.letter.SetText(letter)
	p.image.Image, p.image.Hidden = picture, picture == nil
	p.image.Refresh()
}
