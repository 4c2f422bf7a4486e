package vod

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// Engine is what the screen needs of the core.
type Engine interface {
	Embed(ctx context.Context, address string, width, height int) (providers.Embed, error)
}

// VOD is the screen that turns the address of a video into HTML for a web page.
// The HTML is only ever shown as text.
type VOD struct {
	engine  Engine
	ui      *kit.UI
	object  fyne.CanvasObject
	address *input.TextField
	width   *input.TextField
	make    *control.Button
	request kit.LatestRequest
	pane    *kit.Pane
	result  *surface.Card
	account string

	title, author, size *label.Line
	link                *control.Button
	html                *widget.Entry
	embed               providers.Embed
}

// The widths of an embedded video, in pixels of a page; the height keeps 16:9.
const (
	defaultWidth = 640
	minWidth     = 160
	maxWidth     = 3840
)

// heightFor is the height of a 16:9 picture of a width.
func heightFor(width int) int { return (width*9 + 8) / 16 }

// New makes the screen.
func New(ui *kit.UI, engine Engine) *VOD {
	v := &VOD{ui: ui, engine: engine, request: kit.NewRequest(ui)}
	v.address = input.NewTextField(ui.Text("vod.address"), ui.Text("vod.placeholder"), 0, nil, ui.Clock())
	v.address.OnEnter = func(string) { v.send() }
	v.width = input.NewTextField(ui.Text("vod.width"), "", 0, nil, ui.Clock())
	v.width.SetText(strconv.Itoa(defaultWidth))
	v.width.OnChanged = v.measure
	v.width.OnEnter = func(string) { v.send() }
	v.make = control.NewButton(ui.Text("vod.make"), nil, control.Primary, func() { ui.Clock().After(kit.InputDelay, v.send) })
	v.measure(v.width.Text())

	v.title = label.NewFillingLine("", label.Title())
	v.author = label.NewFillingLine("", label.Style{Color: theme.ColorNamePlaceHolder})
	v.size = label.NewFillingLine("", label.Caption())
	v.link = control.NewIconButton(look.IconLink.Resource(), ui.Text("vod.author"), func() { ui.Browse(v.embed.AuthorURL) })
	v.html = widget.NewMultiLineEntry()
	v.html.Wrapping = fyne.TextWrapBreak
	v.html.SetMinRowsVisible(5)
	v.html.OnChanged = func(text string) {
		if text != v.embed.HTML { // to be read and copied, not changed
			v.html.SetText(v.embed.HTML)
		}
	}
	texts := kit.Column(2, v.title, v.author, v.size)
	card := kit.Column(14, kit.Row(12, kit.Stretch(texts), newVideoSign(), texts, v.link),
		kit.Column(6, label.NewLine(ui.Text("vod.html"), label.Caption()), v.html),
		kit.Left(control.NewButton(ui.Text("vod.copy"), look.IconCopy.Resource(), control.Plain, func() { ui.CopyText(v.embed.HTML) })))
	v.pane = kit.NewPane(ui, card, status.NewSkeleton(1, rowlist.Thumbnail), false)
	v.result = surface.NewCard("", "", v.pane.Object)
	sizes := kit.Arrange(func(o []fyne.CanvasObject, s fyne.Size) {
		kit.Place(o[0], 0, 0, min(260, s.Width), kit.FitHeight(o[0], min(260, s.Width)))
	},
		func(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }, v.width)
	form := surface.NewCard(ui.Text("vod"), ui.Text("vod.note"), kit.Column(kit.Gap, v.address, sizes, kit.Left(v.make)))
	v.object = container.NewVScroll(kit.Page(kit.PageWidth, kit.Column(kit.Gap, form, v.result)))
	v.showEmpty()
	return v
}

// newVideoSign is the sign of a video beside its title.
func newVideoSign() fyne.CanvasObject {
	icon := widget.NewIcon(look.IconPlay.In(theme.ColorNamePlaceHolder))
	return kit.Arrange(func(o []fyne.CanvasObject, _ fyne.Size) {
		const side = 24
		kit.Place(o[0], 0, 0, rowlist.Thumbnail.Width, rowlist.Thumbnail.Height)
		kit.Place(o[1], (rowlist.Thumbnail.Width-side)/2, (rowlist.Thumbnail.Height-side)/2, side, side)
	}, func([]fyne.CanvasObject) fyne.Size { return rowlist.Thumbnail },
		kit.NewTint(theme.ColorNameButton, 0, theme.SizeNameSelectionRadius), icon)
}

func (v *VOD) Body() fyne.CanvasObject { return v.object }

func (v *VOD) Update(s state.State) {
	if v.account != s.Account.Name {
		v.Leave()
		v.account = s.Account.Name
		v.showEmpty()
	}
}

func (v *VOD) Leave() {
	if v.request.Running() {
		v.request.Cancel()
		v.showEmpty()
	}
}

// FocusSearch gives the address the keyboard.
func (v *VOD) FocusSearch() { v.address.Focus() }

func (v *VOD) showEmpty() {
	ui := v.ui
	v.pane.ShowEmpty(look.IconVOD, ui.Text("vod.none"), ui.Text("vod.none.more"), "", nil)
	v.object.Refresh()
}

// measure keeps digits and tells the height that goes with the width.
func (v *VOD) measure(typed string) {
	if clean := kit.Digits(typed); clean != typed {
		v.width.SetText(clean)
	}
	n, ui := kit.ParseNumber(v.width.Text()), v.ui
	if n < minWidth || n > maxWidth {
		v.width.SetProblem(ui.Text("vod.width.wrong", words.Args{"Least": minWidth, "Most": maxWidth}))
		return
	}
	v.width.SetProblem("")
	v.width.SetHint(ui.Text("vod.height", words.Args{"Height": heightFor(n)}))
}

// send asks the platform for the video.
func (v *VOD) send() {
	ui := v.ui
	address, width := strings.TrimSpace(v.address.Text()), kit.ParseNumber(v.width.Text())
	if address == "" {
		v.address.SetProblem(ui.Text("vod.address.empty"))
		return
	}
	if width < minWidth || width > maxWidth {
		return
	}
	v.pane.ShowLoading()
	kit.Send(&v.request, kit.CallTimeout, func(ctx context.Context) (providers.Embed, error) {
		return v.engine.Embed(ctx, address, width, heightFor(width))
	}, func(embed providers.Embed, err error) {
		var problem *providers.Error
		switch {
		case errors.As(err, &problem) && problem.Reason == "vod.address":
			x := ui.Explain(err)
			v.address.SetProblem(kit.JoinSentences(x.What, x.Do))
			v.showEmpty()
		case err != nil:
			v.pane.ShowError(err, v.send)
		default:
			v.show(embed)
		}
		v.object.Refresh()
	})
	v.object.Refresh()
}

func (v *VOD) show(embed providers.Embed) {
	ui := v.ui
	v.embed = embed
	v.title.SetText(kit.Either(embed.Title != "", embed.Title, ui.Text("vod.untitled")))
	v.author.SetText(embed.Author)
	v.author.Hidden = embed.Author == ""
	v.size.SetText(ui.Text("vod.size", words.Args{"Width": embed.Width, "Height": embed.Height}))
	v.link.Hidden = embed.AuthorURL == ""
	v.html.SetText(embed.HTML)
	v.pane.ShowContent()
}
