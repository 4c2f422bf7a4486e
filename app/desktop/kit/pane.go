package kit

import (
	"fyne.io/fyne/v2"

	"cuelight/app/desktop/look"
	"cuelight/widgets/status"
)

// Pane is a place that shows exactly one of three things: what there is, the
// shape of what is coming, or why there is nothing and what to do.
type Pane struct {
	Object *fyne.Container

	ui      *UI
	content fyne.CanvasObject
	loading fyne.CanvasObject
	empty   *status.EmptyState
	// message is what empty was made of, action what its button does.
	message string
	action  func()
}

// NewPane starts with the shape of what is coming. Content and shape fill the
// pane where fills is set, and stand at their natural height otherwise.
func NewPane(ui *UI, content, loading fyne.CanvasObject, fills bool) *Pane {
	p := &Pane{ui: ui, content: content, loading: loading}
	if fills {
		p.Object = Arrange(Fill, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 80) }, loading)
	} else {
		p.Object = Column(0, loading)
	}
	return p
}

func (p *Pane) show(o fyne.CanvasObject) {
	if !p.shows(o) {
		p.Object.Objects = []fyne.CanvasObject{o}
		p.Object.Refresh()
	}
}

func (p *Pane) shows(o fyne.CanvasObject) bool {
	return len(p.Object.Objects) == 1 && p.Object.Objects[0] == o
}

// ShowContent shows what there is.
func (p *Pane) ShowContent() { p.show(p.content) }

// ShowLoading shows the shape of what is coming.
func (p *Pane) ShowLoading() { p.show(p.loading) }

// HasContent reports whether what there is is shown.
func (p *Pane) HasContent() bool { return p.shows(p.content) }

// IsEmpty reports whether it shows why there is nothing.
func (p *Pane) IsEmpty() bool { return p.empty != nil && p.shows(p.empty) }

// ShowEmpty shows why there is nothing; there is a button where it has a text.
func (p *Pane) ShowEmpty(icon look.Icon, title, text, button string, action func()) {
	p.action = action
	message := string(icon) + "\x00" + title + "\x00" + text + "\x00" + button
	if p.empty == nil || p.message != message {
		p.message = message
		p.empty = status.NewEmptyState(icon.Resource(), title, text, button, func() {
			if p.action != nil {
				p.action()
			}
		})
	}
	p.show(p.empty)
}

// ShowError shows what went wrong, why and what to do now.
func (p *Pane) ShowError(err error, retry func()) {
	x := p.ui.Explain(err)
	button, action := p.ui.Text("retry"), retry
	if signInHelps(err) {
		button, action = p.ui.Text("action.sign_in"), p.ui.Actions.SignIn
	}
	p.ShowEmpty(look.IconWarn, x.What, JoinSentences(x.Why, x.Said, x.Do), button, action)
}
