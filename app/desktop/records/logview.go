package records

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
)

// logLines is how many of the log's last lines are shown.
const logLines = 500

// logView shows the end of the program's own log, newest lowest.
type logView struct {
	ui      *kit.UI
	engine  Engine
	object  fyne.CanvasObject
	pane    *kit.Pane
	list    *widget.List
	lines   []string
	request kit.LatestRequest
}

func newLogView(ui *kit.UI, engine Engine) *logView {
	l := &logView{ui: ui, engine: engine, request: kit.NewRequest(ui)}
	l.list = widget.NewList(func() int { return len(l.lines) },
		func() fyne.CanvasObject { return label.NewFillingLine("", label.Caption()) },
		func(id widget.ListItemID, o fyne.CanvasObject) { l.line(l.lines[id], o.(*label.Line)) })
	l.list.HideSeparators = true
	l.list.OnSelected = func(id widget.ListItemID) {
		l.list.Unselect(id)
		ui.CopyText(l.lines[id])
	}
	l.pane = kit.NewPane(ui, l.list, kit.NewFieldSkeleton(18, 18, 18), true)
	folder := filepath.Join(engine.Dir(), "logs")
	where := label.NewFillingLine(folder, label.Caption())
	tools := []fyne.CanvasObject{
		where,
		control.NewIconButton(look.IconRefresh.Resource(), ui.Text("log.again"), l.load),
		control.NewButton(ui.Text("log.copy"), look.IconCopy.Resource(), control.Plain, func() { ui.CopyText(strings.Join(l.lines, "\n")) }),
	}
	if ui.CanOpenFolder() {
		tools = append(tools, control.NewButton(ui.Text("settings.open_folder"), nil, control.LinkLike, func() {
			ui.OpenFolder(folder)
		}))
	}
	head := kit.Row(kit.GapSmall, kit.Stretch(where), tools...)
	l.object = kit.Arrange(func(objects []fyne.CanvasObject, s fyne.Size) {
		h := objects[0].MinSize().Height
		kit.Place(objects[0], 0, 0, s.Width, h)
		kit.Place(objects[1], 0, h+kit.GapSmall, s.Width, max(0, s.Height-h-kit.GapSmall))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }, head, l.pane.Object)
	return l
}

// load reads the log beside the window and goes to its end.
func (l *logView) load() {
	ui := l.ui
	kit.Send(&l.request, kit.QuickTimeout, func(context.Context) ([]string, error) {
		return l.engine.LogTail(logLines)
	}, func(lines []string, err error) {
		switch {
		case err != nil:
			l.pane.ShowError(err, l.load)
		case len(lines) == 0:
			l.pane.ShowEmpty(look.IconBroadcast, ui.Text("log.none"), ui.Text("log.none.more"), "", nil)
		default:
			l.lines = lines
			l.pane.ShowContent()
			l.list.Refresh()
			l.list.ScrollToBottom()
		}
	})
}

// line shows one line; warnings and errors stand out by colour and by their own word.
func (l *logView) line(text string, o *label.Line) {
	color := theme.ColorNamePlaceHolder
	switch {
	case strings.Contains(text, "level=ERROR"):
		color = theme.ColorNameError
	case strings.Contains(text, "level=WARN"):
		color = theme.ColorNameWarning
	}
	if o.Style.Color != color {
		o.Style.Color = color
		o.Refresh()
	}
	o.SetText(plainLine(text))
}

// plainLine makes a line of the log short enough to be read: the time of day
// in place of the whole date, and no names for time, level and message.
func plainLine(text string) string {
	when, rest, ok := strings.Cut(strings.TrimPrefix(text, "time="), " ")
	if !ok || !strings.HasPrefix(text, "time=") {
		return text
	}
	if _, clock, ok := strings.Cut(when, "T"); ok && len(clock) >= 8 {
		when = clock[:8]
	}
	rest = strings.TrimPrefix(rest, "level=")
	return when + "  " + strings.Replace(rest, " msg=", "  ", 1)
}
