package accounts

import (
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
)

// The ways to sign in that a platform may leave the choice between.
const (
	wayBrowser = "browser"
	wayToken   = "token"
)

// fieldToken is the field of a token made on the platform's pages.
const fieldToken = "personal_token"

// browserFields are what signing in with the browser needs.
var browserFields = []string{"client_id", providers.SecretClient, fieldRedirect}

// signInWay asks, where a platform takes either, for what one way to sign in
// needs and for nothing of the other: a form with both would have to explain
// which of its empty fields may stay empty.
type signInWay struct {
	form    *accountForm
	offered bool
	chosen  string
	tiles   *control.Tiles
	more    *label.Paragraph
	browser *fyne.Container
	token   *fyne.Container
}

func newSignInWay(a *accountForm, d providers.Description) *signInWay {
	ui := a.ui
	has := func(key string) bool {
		return slices.ContainsFunc(d.Fields, func(spec providers.Field) bool { return spec.Key == key && !spec.Required })
	}
	w := &signInWay{form: a, offered: has(fieldToken) && has("client_id"), chosen: wayBrowser}
	w.browser, w.token = kit.Column(14), kit.Column(14)
	w.more = label.NewParagraph("", label.Caption())
	w.tiles = control.NewTiles(w.choose, control.Tile{ID: wayBrowser, Title: ui.Text("form.how.browser")},
		control.Tile{ID: wayToken, Title: ui.Text("form.how.token")})
	w.tiles.SetChosen(w.chosen)
	w.show()
	return w
}

// takes puts a field into the way it belongs to; false means neither.
func (w *signInWay) takes(key string, object fyne.CanvasObject) bool {
	switch {
	case !w.offered:
		return false
	case key == fieldToken:
		w.token.Add(object)
	case slices.Contains(browserFields, key):
		w.browser.Add(object)
	default:
		return false
	}
	return true
}

// wants reports whether the value of a field is to be used.
func (w *signInWay) wants(key string) bool {
	switch {
	case !w.offered:
		return true
	case key == fieldToken:
		return w.chosen == wayToken
	case slices.Contains(browserFields, key):
		return w.chosen == wayBrowser
	}
	return true
}

// objects are what the form shows of it.
func (w *signInWay) objects() []fyne.CanvasObject {
	if !w.offered {
		return nil
	}
	w.browser.Objects = w.form.paired(w.browser.Objects)
	return []fyne.CanvasObject{
		kit.Column(6, label.NewLine(w.form.ui.Text("form.how"), label.Caption()), w.tiles, w.more), w.browser, w.token,
	}
}

func (w *signInWay) choose(id string) {
	w.chosen = id
	w.form.browser = id == wayBrowser
	w.show()
	w.form.object.Refresh()
	w.form.changed()
	w.form.ui.ResizeSheet()
}

func (w *signInWay) show() {
	w.browser.Hidden, w.token.Hidden = w.chosen != wayBrowser, w.chosen != wayToken
	if w.chosen == wayToken {
		w.more.SetText(w.form.ui.Text("form.how.token.more"))
	} else {
		w.more.SetText(w.form.ui.Text("form.how.browser.more"))
	}
}
