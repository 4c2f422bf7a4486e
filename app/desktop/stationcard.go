package desktop

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/label"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// stationCard is the streamer's home on the platform.
type stationCard struct {
	face   *face
	card   *surface.Card
	pane   *pane
	asking asking
	asked  bool
	err    error

	picture *portrait
	stop    func()
	nick    *label.Line
	name    *label.Line
	facts   *label.Line
}

func newStationCard(f *face) *stationCard {
	c := &stationCard{face: f, asking: asking{face: f}, picture: newPortrait()}
	c.nick = label.NewFillingLine("", label.Title())
	c.name = label.NewFillingLine("", label.Style{Color: theme.ColorNamePlaceHolder})
	c.facts = label.NewFillingLine("", label.Caption())
	texts := column(2, c.nick, c.name, c.facts)
	c.pane = newPane(f, row(14, only(texts), c.picture.Container, texts), status.NewSkeleton(1, fyne.NewSize(56, 56)), false)
	c.card = surface.NewCard("", "", c.pane.object)
	return c
}

func (c *stationCard) update(s state.State) {
	c.card.Hidden = !s.Account.Has.Station || s.Account.SignedIn == state.SignedOut || s.Account.SignedIn == state.SigningIn
	if !c.card.Hidden && !c.asked && s.Account.SignedIn == state.SignedIn {
		c.again()
	}
}

// again asks for the station.
func (c *stationCard) again() {
	f := c.face
	if c.card.Hidden {
		return
	}
	c.asked, c.err = true, nil
	if !c.pane.shows() {
		c.pane.wait()
	}
	question(&c.asking, patienceCall, func(ctx context.Context) (providers.Station, error) {
		return f.engine.Station(ctx)
	}, func(station providers.Station, err error) {
		if err != nil {
			c.pane.fail(err, c.again)
		} else {
			c.take(station)
		}
		f.relay()
	})
}

// take shows a station; the platform may know little of it, or nothing.
func (c *stationCard) take(station providers.Station) {
	f := c.face
	nick := station.Nick
	if nick == "" {
		nick = f.state.Account.Nick
	}
	if nick == "" {
		nick = f.state.Account.Name
	}
	c.nick.SetText(nick)
	name := station.Name
	if name == "" && station.Nick == "" {
		name = f.say("station.unknown")
	}
	c.name.SetText(name)
	var facts []string
	if station.Loyal >= 0 && station.Nick != "" {
		facts = append(facts, f.count("station.loyal", station.Loyal))
	}
	if !station.LastBroadcast.IsZero() {
		facts = append(facts, f.say("station.last", args("When", f.longAgo(station.LastBroadcast))))
	}
	c.facts.SetText(dotted(facts...))
	c.facts.Hidden = len(facts) == 0
	c.name.Hidden = name == ""
	c.picture.set(nil, nick)
	now, stop := f.pictures.get(station.Picture, 2*portraitSide, 2*portraitSide, func(got image.Image) {
		c.stop = nil
		c.picture.set(got, nick)
	})
	c.stop = stop
	if now != nil {
		c.picture.set(now, nick)
	}
	c.pane.show()
}

// leave gives up the request; what is shown is asked for again next time.
func (c *stationCard) leave() {
	c.asking.drop()
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
	c.asked = false
}

// longAgo says when something was, in a few words: its distance for the last
// days, else the day.
func (f *face) longAgo(at time.Time) string {
	d := f.opt.Clock.Now().Sub(at)
	if d < 7*24*time.Hour {
		return f.ago(d)
	}
	return at.Local().Format("2006-01-02")
}

// portraitSide is the side of a portrait, in the toolkit's scaled pixels.
const portraitSide = 56

// portrait is a round picture of a person, or the first letter of the name
// where there is none.
type portrait struct {
	*fyne.Container
	back   *tint
	letter *label.Line
	image  *canvas.Image
}

func newPortrait() *portrait {
	p := &portrait{back: newTint(theme.ColorNameButton, 0, ""), image: canvas.NewImageFromImage(nil)}
	p.back.round = portraitSide / 2
	p.letter = label.NewLine("", label.Style{Size: theme.SizeNameSubHeadingText, Bold: true, Color: theme.ColorNamePlaceHolder, Align: fyne.TextAlignCenter})
	p.image.FillMode, p.image.CornerRadius = canvas.ImageFillCover, portraitSide/2
	p.image.Hide()
	p.Container = arrange(func(objects []fyne.CanvasObject, _ fyne.Size) {
		put(objects[0], 0, 0, portraitSide, portraitSide)
		h := objects[1].MinSize().Height
		put(objects[1], 0, (portraitSide-h)/2, portraitSide, h)
		put(objects[2], 0, 0, portraitSide, portraitSide)
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
