package desktop

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app"
	"cuelight/app/desktop/look"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/layouts"
	"cuelight/widgets/paint"
)

// accountForm asks for what a platform needs to add an account, with where each
// value is to be found. Fields that few people need are folded away.
type accountForm struct {
	face     *face
	object   *fyne.Container
	platform string
	fields   []formField
	advanced *fyne.Container
	failure  *inset
	busy     bool
	// browser: the platform signs in with the browser.
	browser bool
	// way is how the account signs in, where its platform leaves the choice.
	way *signInWay
}

// fieldRedirect is the field of the address that the browser comes back to.
const fieldRedirect = "redirect_uri"

// formField is one value being asked for.
type formField struct {
	spec   providers.Field
	text   *input.TextField
	secret *input.TextField
	tiles  *control.Tiles
}

func newAccountForm(f *face) *accountForm {
	return &accountForm{face: f, object: column(14), failure: newInset()}
}

// ask shows the fields of a platform.
func (a *accountForm) ask(d providers.Description) {
	f := a.face
	a.platform, a.fields, a.browser = d.ID, nil, false
	a.failure.set(paint.ToneBad, "")
	a.way = newSignInWay(a, d)
	var plain, advanced []fyne.CanvasObject
	for _, spec := range d.Fields {
		field, object := a.field(spec)
		a.fields = append(a.fields, field)
		a.browser = a.browser || spec.Key == fieldRedirect
		if a.way.takes(spec.Key, object) {
			continue
		}
		if spec.Advanced || (len(spec.Options) > 0 && !spec.Required) {
			advanced = append(advanced, object)
		} else {
			plain = append(plain, object)
		}
	}
	name, object := a.field(providers.Field{Key: "name"})
	name.text.SetPlaceholder(f.say("form.name.placeholder"))
	a.fields = append(a.fields, name)
	advanced = append(advanced, object)
	a.advanced = column(14, advanced...)
	a.advanced.Hide()
	fold := control.NewButton(f.say("form.advanced"), look.IconChevron.Resource(), control.Quiet, nil)
	fold.OnTapped = func() {
		a.advanced.Hidden = !a.advanced.Hidden
		a.object.Refresh()
		f.grown()
	}
	where := f.paragraph("")
	if key := "form.where." + d.ID; f.words.Has("desktop." + key) {
		where.SetText(f.say(key))
	}
	where.Style = label.Caption()
	a.object.Objects = append([]fyne.CanvasObject{where}, a.paired(plain)...)
	a.object.Objects = append(a.object.Objects, a.way.objects()...)
	a.object.Objects = append(a.object.Objects, left(fold), a.advanced, a.failure.object)
	a.object.Refresh()
}

// paired puts the first two short fields beside each other where there is room;
// choices take the whole width.
func (a *accountForm) paired(objects []fyne.CanvasObject) []fyne.CanvasObject {
	for i := 0; i+1 < len(objects); i++ {
		_, one := objects[i].(*input.TextField)
		_, other := objects[i+1].(*input.TextField)
		if one && other {
			pair := container.New(layouts.NewColumns(12, 200), objects[i], objects[i+1])
			return slices.Concat(objects[:i], []fyne.CanvasObject{pair}, objects[i+2:])
		}
	}
	return objects
}

func (a *accountForm) field(spec providers.Field) (formField, fyne.CanvasObject) {
	f := a.face
	caption := f.words.Say("field." + spec.Key)
	hint := ""
	if key := "form.hint." + spec.Key; f.words.Has("desktop." + key) {
		hint = f.say(key)
	}
	field := formField{spec: spec}
	switch {
	case spec.Secret:
		field.secret = input.NewConcealedField(caption, f.opt.Clock)
		field.secret.SetHint(hint)
		return field, field.secret
	case len(spec.Options) > 0:
		tiles := make([]control.Tile, len(spec.Options))
		for i, option := range spec.Options {
			tiles[i] = control.Tile{ID: option, Title: f.optionName(spec.Key, option)}
		}
		field.tiles = control.NewTiles(nil, tiles...)
		field.tiles.SetChosen(spec.Default)
		parts := []fyne.CanvasObject{label.NewLine(caption, label.Caption()), field.tiles}
		if hint != "" {
			parts = append(parts, label.NewParagraph(hint, label.Caption()))
		}
		return field, column(6, parts...)
	}
	field.text = input.NewTextField(caption, spec.Default, 0, nil, f.opt.Clock)
	field.text.SetHint(hint)
	if spec.Key != fieldRedirect {
		return field, field.text
	}
	// What is to be registered with the platform has to be copied there exactly.
	field.text.SetText(spec.Default)
	text := field.text
	copyIt := control.NewButton(f.say("copy"), look.IconCopy.Resource(), control.Plain, func() { f.copyText(strings.TrimSpace(text.Text())) })
	return field, beside(text, copyIt)
}

// optionName is a value of a choice as people know it.
func (f *face) optionName(key, option string) string {
	if k := "option." + key + "." + option; f.words.Has("desktop." + k) {
		return f.say(k)
	}
	return option
}

// beside puts a button at the right of a field's box, below its caption.
func beside(field, button fyne.CanvasObject) fyne.CanvasObject {
	const caption = 25
	return arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			w := objects[1].MinSize().Width
			tall(objects[0], max(0, s.Width-w-gapSmall))
			objects[0].Move(fyne.NewPos(0, 0))
			put(objects[1], s.Width-w, caption, w, objects[1].MinSize().Height)
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+objects[1].MinSize().Width, m.Height)
		}, field, button)
}

// values reads the fields.
func (a *accountForm) values() app.NewAccount {
	n := app.NewAccount{Platform: a.platform, Values: map[string]string{}, Secrets: map[string]secret.Text{}}
	for _, field := range a.fields {
		if !a.way.wants(field.spec.Key) {
			continue
		}
		switch {
		case field.secret != nil:
			n.Secrets[field.spec.Key] = secret.New(strings.TrimSpace(field.secret.Text()))
		case field.tiles != nil:
			n.Values[field.spec.Key] = field.tiles.Chosen()
		case field.spec.Key == "name":
			n.Name = strings.TrimSpace(field.text.Text())
		default:
			n.Values[field.spec.Key] = strings.TrimSpace(field.text.Text())
		}
	}
	return n
}

// add adds the account. What is wrong is said at the field it is about; what is
// secret is forgotten as soon as it is kept elsewhere.
func (a *accountForm) add(then func()) {
	f := a.face
	if a.busy {
		return
	}
	a.busy = true
	f.opt.Clock.After(settle, func() {
		n := a.values()
		f.run(patienceCall, func(ctx context.Context) error {
			_, err := f.engine.AddAccount(ctx, n)
			return err
		}, func(err error) {
			a.busy = false
			a.show(err)
			if err == nil {
				a.forget()
				f.state = f.engine.State()
				then()
			}
			f.render()
		})
	})
}

func (a *accountForm) show(err error) {
	found := fieldErrors(err)
	for _, field := range a.fields {
		problem := ""
		if e := found[field.spec.Key]; e != nil {
			problem = a.face.explain(e).Line()
			delete(found, field.spec.Key)
			if field.spec.Advanced || field.spec.Key == "name" || field.tiles != nil {
				a.advanced.Hidden = false
			}
		}
		switch {
		case field.secret != nil:
			field.secret.SetProblem(problem)
		case field.text != nil:
			field.text.SetProblem(problem)
		}
	}
	text := ""
	if err != nil && (len(found) > 0 || len(fieldErrors(err)) == 0) {
		text = a.face.explain(err).Line()
	}
	a.failure.set(paint.ToneBad, text)
	a.object.Refresh()
	a.face.grown()
}

// forget empties the secret fields.
func (a *accountForm) forget() {
	for _, field := range a.fields {
		if field.secret != nil {
			field.secret.SetText("")
		}
	}
}

// fieldErrors finds which of the fields an error is about, for each of the
// errors joined in it.
func fieldErrors(err error) map[string]error {
	found := make(map[string]error)
	var walk func(error)
	walk = func(err error) {
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, one := range many.Unwrap() {
				walk(one)
			}
			return
		}
		var e *providers.Error
		if errors.As(err, &e) && e.Field != "" {
			found[e.Field] = err
		}
	}
	walk(err)
	return found
}
