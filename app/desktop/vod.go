package desktop

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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

// vod is the screen that turns the address of a video into HTML for a web page.
// The HTML is only ever shown as text.
type vod struct {
	face    *face
	object  fyne.CanvasObject
	address *input.TextField
	width   *input.TextField
	make    *control.Button
	asking  asking
	pane    *pane
	result  *surface.Card
	account string

	title, author, size *label.Line
	link                *control.Button
	html                *widget.Entry
	embed               providers.Embed
}

// The widths of an embedded video, in pixels of a page; the height keeps 16:9.
const (
	vodUsual = 640
	vodLeast = 160
	vodMost  = 3840
)

// vodHeight is the height of a 16:9 picture of a width.
func vodHeight(width int) int { return (width*9 + 8) / 16 }

func newVOD(f *face) screen {
	v := &vod{face: f, asking: asking{face: f}}
	v.address = input.NewTextField(f.say("vod.address"), f.say("vod.placeholder"), 0, nil, f.opt.Clock)
	v.address.OnEnter = func(string) { v.ask() }
	v.width = input.NewTextField(f.say("vod.width"), "", 0, nil, f.opt.Clock)
	v.width.SetText(strconv.Itoa(vodUsual))
	v.width.OnChanged = v.measure
	v.width.OnEnter = func(string) { v.ask() }
	v.make = control.NewButton(f.say("vod.make"), nil, control.Primary, func() { f.opt.Clock.After(settle, v.ask) })
	v.measure(v.width.Text())

	v.title = label.NewFillingLine("", label.Title())
	v.author = label.NewFillingLine("", label.Style{Color: theme.ColorNamePlaceHolder})
	v.size = label.NewFillingLine("", label.Caption())
	v.link = control.NewIconButton(look.IconLink.Resource(), f.say("vod.author"), func() { f.browse(v.embed.AuthorURL) })
	v.html = widget.NewMultiLineEntry()
	v.html.Wrapping = fyne.TextWrapBreak
	v.html.SetMinRowsVisible(5)
	v.html.OnChanged = func(text string) {
		if text != v.embed.HTML { // to be read and copied, not changed
			v.html.SetText(v.embed.HTML)
		}
	}
	texts := column(2, v.title, v.author, v.size)
	card := column(14, row(12, only(texts), newVODFrame(), texts, v.link),
		column(6, label.NewLine(f.say("vod.html"), label.Caption()), v.html),
		left(control.NewButton(f.say("vod.copy"), look.IconCopy.Resource(), control.Plain, func() { f.copyText(v.embed.HTML) })))
	v.pane = newPane(f, card, status.NewSkeleton(1, rowlist.Thumbnail), false)
	v.result = surface.NewCard("", "", v.pane.object)
	sizes := arrange(func(o []fyne.CanvasObject, s fyne.Size) {
		put(o[0], 0, 0, min(260, s.Width), tall(o[0], min(260, s.Width)))
	},
		func(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }, v.width)
	form := surface.NewCard(f.say("vod"), f.say("vod.note"), column(gap, v.address, sizes, left(v.make)))
	v.object = container.NewVScroll(page(pageWidth, column(gap, form, v.result)))
	v.blank()
	return v
}

// newVODFrame is the sign of a video beside its title.
func newVODFrame() fyne.CanvasObject {
	icon := widget.NewIcon(look.IconPlay.In(theme.ColorNamePlaceHolder))
	return arrange(func(o []fyne.CanvasObject, _ fyne.Size) {
		const side = 24
		put(o[0], 0, 0, rowlist.Thumbnail.Width, rowlist.Thumbnail.Height)
		put(o[1], (rowlist.Thumbnail.Width-side)/2, (rowlist.Thumbnail.Height-side)/2, side, side)
	}, func([]fyne.CanvasObject) fyne.Size { return rowlist.Thumbnail },
		newTint(theme.ColorNameButton, 0, theme.SizeNameSelectionRadius), icon)
}

func (v *vod) body() fyne.CanvasObject { return v.object }

func (v *vod) update(s state.State) {
	if v.account != s.Account.Name {
		v.leave()
		v.account = s.Account.Name
		v.blank()
	}
}

func (v *vod) leave() {
	if v.asking.running() {
		v.asking.drop()
		v.blank()
	}
}

// focusSearch gives the address the keyboard.
func (v *vod) focusSearch() { v.address.Focus() }

func (v *vod) blank() {
	f := v.face
	v.pane.say(look.IconVOD, f.say("vod.none"), f.say("vod.none.more"), "", nil)
	v.object.Refresh()
}

// measure keeps digits and tells the height that goes with the width.
func (v *vod) measure(typed string) {
	if clean := digits(typed); clean != typed {
		v.width.SetText(clean)
	}
	n, f := numberOf(v.width.Text()), v.face
	if n < vodLeast || n > vodMost {
		v.width.SetProblem(f.say("vod.width.wrong", words.Args{"Least": vodLeast, "Most": vodMost}))
		return
	}
	v.width.SetProblem("")
	v.width.SetHint(f.say("vod.height", words.Args{"Height": vodHeight(n)}))
}

// ask asks the platform for the video.
func (v *vod) ask() {
	f := v.face
	address, width := strings.TrimSpace(v.address.Text()), numberOf(v.width.Text())
	if address == "" {
		v.address.SetProblem(f.say("vod.address.empty"))
		return
	}
	if width < vodLeast || width > vodMost {
		return
	}
	v.pane.wait()
	question(&v.asking, patienceCall, func(ctx context.Context) (providers.Embed, error) {
		return f.engine.Embed(ctx, address, width, vodHeight(width))
	}, func(embed providers.Embed, err error) {
		var problem *providers.Error
		switch {
		case errors.As(err, &problem) && problem.Reason == "vod.address":
			x := f.explain(err)
			v.address.SetProblem(join(x.What, x.Do))
			v.blank()
		case err != nil:
			v.pane.fail(err, v.ask)
		default:
			v.take(embed)
		}
		v.object.Refresh()
	})
	v.object.Refresh()
}

func (v *vod) take(embed providers.Embed) {
	f := v.face
	v.embed = embed
	v.title.SetText(either(embed.Title != "", embed.Title, f.say("vod.untitled")))
	v.author.SetText(embed.Author)
	v.author.Hidden = embed.Author == ""
	v.size.SetText(f.say("vod.size", words.Args{"Width": embed.Width, "Height": embed.Height}))
	v.link.Hidden = embed.AuthorURL == ""
	v.html.SetText(embed.HTML)
	v.pane.show()
}
