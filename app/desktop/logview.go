package desktop

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/desktop/look"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
)

// logLines is how many of the log's last lines are shown.
const logLines = 500

// logView shows the end of the program's own log, newest lowest.
type logView struct {
	face   *face
	object fyne.CanvasObject
	pane   *pane
	list   *widget.List
	lines  []string
	asking asking
}

func newLogView(f *face) *logView {
	l := &logView{face: f, asking: asking{face: f}}
	l.list = widget.NewList(func() int { return len(l.lines) },
		func() fyne.CanvasObject { return label.NewFillingLine("", label.Caption()) },
		func(id widget.ListItemID, o fyne.CanvasObject) { l.line(l.lines[id], o.(*label.Line)) })
	l.list.HideSeparators = true
	l.list.OnSelected = func(id widget.ListItemID) {
		l.list.Unselect(id)
		f.copyText(l.lines[id])
	}
	l.pane = newPane(f, l.list, newSkeleton(18, 18, 18), true)
	folder := filepath.Join(f.engine.Dir(), "logs")
	where := label.NewFillingLine(folder, label.Caption())
	tools := []fyne.CanvasObject{
		where,
		control.NewIconButton(look.IconRefresh.Resource(), f.say("log.again"), l.load),
		control.NewButton(f.say("log.copy"), look.IconCopy.Resource(), control.Plain, func() { f.copyText(strings.Join(l.lines, "\n")) }),
	}
	if f.opt.OpenFolder != nil {
		tools = append(tools, control.NewButton(f.say("settings.open_folder"), nil, control.LinkLike, func() {
			f.act(patienceQuick, discardContext(func() error { return f.opt.OpenFolder(folder) }), "")
		}))
	}
	head := row(gapSmall, only(where), tools...)
	l.object = arrange(func(objects []fyne.CanvasObject, s fyne.Size) {
		h := objects[0].MinSize().Height
		put(objects[0], 0, 0, s.Width, h)
		put(objects[1], 0, h+gapSmall, s.Width, max(0, s.Height-h-gapSmall))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }, head, l.pane.object)
	return l
}

// load reads the log beside the window and goes to its end.
func (l *logView) load() {
	f := l.face
	question(&l.asking, patienceQuick, func(context.Context) ([]string, error) {
		return f.engine.LogTail(logLines)
	}, func(lines []string, err error) {
		switch {
		case err != nil:
			l.pane.fail(err, l.load)
		case len(lines) == 0:
			l.pane.say(look.IconBroadcast, f.say("log.none"), f.say("log.none.more"), "", nil)
		default:
			l.lines = lines
			l.pane.show()
			l.list.Refresh()
			l.list.ScrollToBottom()
		}
	})
}

// line shows one line; warnings and errors stand out, and say so by themselves.
func (l *logView) line(text string, o *label.Line) {
	colour := theme.ColorNamePlaceHolder
	switch {
	case strings.Contains(text, "level=ERROR"):
		colour = theme.ColorNameError
	case strings.Contains(text, "level=WARN"):
		colour = theme.ColorNameWarning
	}
	if o.Style.Color != colour {
		o.Style.Color = colour
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
