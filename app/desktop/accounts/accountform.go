package accounts

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app"
	"cuelight/app/desktop/kit"
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
	ui     *kit.UI
	engine Engine
	// changed is called when the form asks for something else.
	changed                func()
	object                 *fyne.Container
	platform, platformName string
	fields                 []formField
	advanced               *fyne.Container
	failure                *kit.Message
	busy                   bool
	// browser: the platform signs in with the browser.
	browser bool
	// way is how the account signs in, where its platform leaves the kit.Choice.
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

func newAccountForm(ui *kit.UI, engine Engine, changed func()) *accountForm {
	return &accountForm{ui: ui, engine: engine, changed: changed, object: kit.Column(14), failure: kit.NewMessage()}
}

// setPlatform shows the fields of a platform.
func (a *accountForm) setPlatform(d providers.Description) {
	ui := a.ui
	a.platform, a.platformName = d.ID, ui.Words().PlatformName(d.ID, d.Name)
	a.fields, a.browser = nil, false
	a.failure.Set(paint.ToneBad, "")
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
	name.text.SetPlaceholder(ui.Text("form.name.placeholder"))
	a.fields = append(a.fields, name)
	advanced = append(advanced, object)
	a.advanced = kit.Column(14, advanced...)
	a.advanced.Hide()
	fold := control.NewButton(ui.Text("form.advanced"), look.IconChevron.Resource(), control.Quiet, nil)
	fold.OnTapped = func() {
		a.advanced.Hidden = !a.advanced.Hidden
		a.object.Refresh()
		ui.ResizeSheet()
	}
	where := kit.Paragraph("")
	if key := "form.where." + d.ID; ui.HasText(key) {
		where.SetText(ui.Text(key))
	}
	where.Style = label.Caption()
	a.object.Objects = append([]fyne.CanvasObject{where}, a.paired(plain)...)
	a.object.Objects = append(a.object.Objects, a.way.objects()...)
	a.object.Objects = append(a.object.Objects, kit.Left(fold), a.advanced, a.failure.Object)
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
	ui := a.ui
	caption := ui.Words().Say("field." + spec.Key)
	hint := ""
	if key := "form.hint." + spec.Key; ui.HasText(key) {
		hint = ui.Text(key)
	}
	field := formField{spec: spec}
	switch {
	case spec.Secret:
		field.secret = input.NewConcealedField(caption, ui.Clock())
		field.secret.SetHint(hint)
		return field, field.secret
	case len(spec.Options) > 0:
		tiles := make([]control.Tile, len(spec.Options))
		for i, option := range spec.Options {
			tiles[i] = control.Tile{ID: option, Title: optionName(ui, spec.Key, option)}
		}
		field.tiles = control.NewTiles(nil, tiles...)
		field.tiles.SetChosen(spec.Default)
		parts := []fyne.CanvasObject{label.NewLine(caption, label.Caption()), field.tiles}
		if hint != "" {
			parts = append(parts, label.NewParagraph(hint, label.Caption()))
		}
		return field, kit.Column(6, parts...)
	}
	field.text = input.NewTextField(caption, spec.Default, 0, nil, ui.Clock())
	field.text.SetHint(hint)
	if spec.Key != fieldRedirect {
		return field, field.text
	}
	// What is to be registered with the platform has to be copied there exactly.
	field.text.SetText(spec.Default)
	text := field.text
	copyButton := control.NewButton(ui.Text("copy"), look.IconCopy.Resource(), control.Plain, func() { ui.CopyText(strings.TrimSpace(text.Text())) })
	return field, kit.Beside(text, copyButton)
}

// optionName is a value of a choice as people know it.
func optionName(ui *kit.UI, key, option string) string {
	if k := "option." + key + "." + option; ui.HasText(k) {
		return ui.Text(k)
	}
	return option
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
	ui := a.ui
	if a.busy {
		return
	}
	a.busy = true
	ui.Clock().After(kit.InputDelay, func() {
		n := a.values()
		ui.Run(kit.CallTimeout, func(ctx context.Context) error {
			_, err := a.engine.AddAccount(ctx, n)
			return err
		}, func(err error) {
			a.busy = false
			a.showErrors(err)
			if err == nil {
				a.clearSecrets()
				ui.Sync()
				then()
			}
			ui.Render()
		})
	})
}

// explain says what is wrong with what was entered, naming the platform that is
// being added.
func (a *accountForm) explain(err error) string {
	return a.ui.Words().About(a.platformName).Explain(err).Line()
}

func (a *accountForm) showErrors(err error) {
	found := fieldErrors(err)
	for _, field := range a.fields {
		problem := ""
		if e := found[field.spec.Key]; e != nil {
			problem = a.explain(e)
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
		text = a.explain(err)
	}
	a.failure.Set(paint.ToneBad, text)
	a.object.Refresh()
	a.ui.ResizeSheet()
}

// clearSecrets empties the secret fields.
func (a *accountForm) clearSecrets() {
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
