package desktop

import (
	"errors"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/look"
	"cuelight/providers"
	"cuelight/widgets/status"
)

// pane is a place that shows exactly one of three things: what there is, the
// shape of what is coming, or why there is nothing and what to do.
type pane struct {
	face     *face
	object   *fyne.Container
	content  fyne.CanvasObject
	waiting  fyne.CanvasObject
	empty    *status.EmptyState
	saying   string
	then     func()
	relaidBy func() // told when the pane's face changed; may be nil
}

// newPane starts with the shape of what is coming. Content and shape fill the
// pane where fills is set, and stand at their natural height otherwise.
func newPane(f *face, content, waiting fyne.CanvasObject, fills bool) *pane {
	p := &pane{face: f, content: content, waiting: waiting}
	if fills {
		p.object = arrange(func(objects []fyne.CanvasObject, s fyne.Size) {
			for _, o := range objects {
				put(o, 0, 0, s.Width, s.Height)
			}
		}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 80) }, waiting)
	} else {
		p.object = column(0, waiting)
	}
	return p
}

func (p *pane) seen(o fyne.CanvasObject) {
	if len(p.object.Objects) == 1 && p.object.Objects[0] == o {
		return
	}
	p.object.Objects = []fyne.CanvasObject{o}
	p.object.Refresh()
	if p.relaidBy != nil {
		p.relaidBy()
	}
}

func (p *pane) show() { p.seen(p.content) }
func (p *pane) wait() { p.seen(p.waiting) }

// shows tells whether there is something to see.
func (p *pane) shows() bool { return len(p.object.Objects) == 1 && p.object.Objects[0] == p.content }

// say shows why there is nothing; a button is there where action is given.
func (p *pane) say(icon look.Icon, title, text, action string, then func()) {
	p.then = then
	saying := string(icon) + "\x00" + title + "\x00" + text + "\x00" + action
	if p.empty == nil || p.saying != saying {
		p.saying = saying
		p.empty = status.NewEmptyState(icon.Resource(), title, text, action, func() {
			if p.then != nil {
				p.then()
			}
		})
	}
	p.seen(p.empty)
}

// fail shows what went wrong, why and what to do now.
func (p *pane) fail(err error, retry func()) {
	x := p.face.explain(err)
	action, then := p.face.say("retry"), retry
	if errors.Is(err, providers.ErrSignIn) {
		action, then = p.face.say("action.sign_in"), p.face.signIn
	}
	p.say(look.IconWarn, x.What, join(x.Why, x.Said, x.Do), action, then)
}
