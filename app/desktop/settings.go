package desktop

import (
	"context"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"cuelight/app"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets"
)

// settings is the screen of what the user decides about the program itself.
type settings struct {
	face   *face
	object fyne.CanvasObject

	address  *widgets.TextField
	save     *widgets.Button
	found    *widgets.Paragraph
	practice *widgets.Tiles
	secrets  *widgets.Checklist
	versions *widgets.Paragraph
}

func newSettings(f *face) *settings {
	s := &settings{face: f}
	title := widgets.NewFillingLine(f.say("screen.settings"), widgets.Look{Size: theme.SizeNameHeadingText, Bold: true})
	s.object = container.NewVScroll(page(pageWidth, column(gap, title,
		s.appearance(), s.obsCard(), s.recordsCard(), s.secretsCard(), s.aboutCard())))
	return s
}

func (s *settings) body() fyne.CanvasObject { return s.object }

// appearance: language and theme, both applied at once.
func (s *settings) appearance() fyne.CanvasObject {
	f := s.face
	config := f.engine.Config()
	language := widgets.NewTiles(func(id string) {
		s.configure(func(c *app.Config) { c.Language = unlessSystem(id) }, func() { f.speak(unlessSystem(id)) })
	}, widgets.Tile{ID: "system", Title: f.say("settings.system")}, widgets.Tile{ID: "ko", Title: "한국어"}, widgets.Tile{ID: "en", Title: "English"})
	language.SetChosen(orSystem(config.Language))
	dress := widgets.NewTiles(func(id string) {
		s.configure(func(c *app.Config) { c.Theme = unlessSystem(id) }, func() { f.wear(id) })
	}, widgets.Tile{ID: "system", Title: f.say("settings.system")}, widgets.Tile{ID: "dark", Title: f.say("settings.dark")},
		widgets.Tile{ID: "light", Title: f.say("settings.light")})
	dress.SetChosen(orSystem(config.Theme))
	return widgets.NewCard(f.say("settings.look"), f.say("settings.at_once"), column(gap,
		column(6, widgets.NewLine(f.say("settings.language"), widgets.Caption), language),
		column(6, widgets.NewLine(f.say("settings.theme"), widgets.Caption), dress)))
}

func orSystem(v string) string {
	if v == "" {
		return "system"
	}
	return v
}

func unlessSystem(v string) string {
	if v == "system" {
		return ""
	}
	return v
}

// configure keeps a decision; then runs once it is kept.
func (s *settings) configure(change func(*app.Config), then func()) {
	f := s.face
	f.run(patienceQuick, func(ctx context.Context) error { return f.engine.Configure(ctx, change) }, func(err error) {
		if err != nil {
			f.fail(err)
			return
		}
		if then != nil {
			then()
		}
	})
}

func (s *settings) obsCard() fyne.CanvasObject {
	f := s.face
	s.found = widgets.NewParagraph("", widgets.Caption)
	s.address = widgets.NewTextField(f.say("settings.obs.address"), f.say("settings.obs.placeholder"), 0, nil, f.opt.Clock)
	s.address.SetText(f.engine.Config().OBS.Address)
	s.address.SetHint(f.say("settings.obs.hint"))
	s.address.OnChanged = func(string) { enable(s.save, true) }
	s.save = widgets.NewButton(f.say("save"), nil, widgets.Plain, s.saveAddress)
	s.save.Disable()
	s.practice = widgets.NewTiles(func(id string) {
		s.configure(func(c *app.Config) { c.OBS.Real = id == "real" }, f.engine.RetryOBS)
	}, widgets.Tile{ID: "practice", Title: f.say("pill.practice_obs")}, widgets.Tile{ID: "real", Title: f.say("settings.obs.real")})
	s.practice.SetChosen("practice")
	if f.engine.Config().OBS.Real {
		s.practice.SetChosen("real")
	}
	choice := column(6, widgets.NewLine(f.say("settings.obs.which"), widgets.Caption), s.practice,
		widgets.NewParagraph(f.say("settings.obs.which.hint"), widgets.Caption))
	choice.Hidden = !f.state.Sandbox
	return widgets.NewCard("OBS", "", column(14, s.found, choice, beside(s.address, s.save), row(4, nil,
		widgets.NewButton(f.say("action.obs_password"), look.IconKey.Resource(), widgets.LinkLike, f.askOBSPassword),
		widgets.NewButton(f.say("settings.obs.forget"), nil, widgets.Quiet, f.clearOBSPassword),
		widgets.NewButton(f.say("action.obs_help"), nil, widgets.Quiet, f.helpOBS))))
}

// saveAddress keeps OBS's address after the input method has settled, and tries
// it.
func (s *settings) saveAddress() {
	s.face.opt.Clock.After(settle, func() {
		address := strings.TrimSpace(s.address.Text())
		if problem := s.face.addressProblem(address); problem != "" {
			s.address.SetProblem(problem)
			return
		}
		s.configure(func(c *app.Config) { c.OBS.Address = address }, func() {
			s.save.Disable()
			s.face.engine.RetryOBS()
			s.face.good(s.face.say("saved"))
		})
	})
}

// recordsCard leads to what has been and to help.
func (s *settings) recordsCard() fyne.CanvasObject {
	f := s.face
	return widgets.NewCard(f.say("records"), "", column(14, widgets.NewParagraph(f.say("records.about"), widgets.Caption), row(10, nil,
		widgets.NewButton(f.say("records.open"), look.IconPast.Resource(), widgets.Plain, func() { f.shell.open(screenRecords) }),
		widgets.NewButton(f.say("bundle"), nil, widgets.LinkLike, f.askBundle))))
}

func (s *settings) secretsCard() fyne.CanvasObject {
	s.secrets = widgets.NewChecklist(s.face.opt.Clock)
	return widgets.NewCard(s.face.say("settings.secrets"), "", s.secrets)
}

func (s *settings) aboutCard() fyne.CanvasObject {
	f := s.face
	folder := widgets.NewFillingLine(f.engine.Dir(), widgets.Caption)
	tools := []fyne.CanvasObject{
		folder,
		widgets.NewIconButton(look.IconCopy.Resource(), f.say("copy"), func() { f.copyText(f.engine.Dir()) }),
	}
	if f.opt.OpenFolder != nil {
		tools = append(tools, widgets.NewButton(f.say("settings.open_folder"), nil, widgets.LinkLike, func() {
			f.act(patienceQuick, discardContext(func() error { return f.opt.OpenFolder(f.engine.Dir()) }), "")
		}))
	}
	s.versions = widgets.NewParagraph("", widgets.Caption)
	return widgets.NewCard(f.say("settings.about"), "", column(8,
		widgets.NewLine(f.say("settings.folder"), widgets.Look{}), row(gapSmall, only(folder), tools...), s.versions))
}

func (s *settings) update(state state.State) {
	f := s.face
	_, text, detail := f.obsPill(state)
	if detail != "" {
		text += " · " + detail
	}
	s.found.SetText(text)
	row := widgets.CheckRow{State: widgets.CheckRunning, Title: f.say("settings.secrets.looking")}
	switch {
	case state.Keyring.Known && state.Keyring.Durable:
		row = widgets.CheckRow{State: widgets.CheckDone, Title: f.say("settings.secrets.keyring"), Detail: f.say("settings.secrets.keyring.more")}
	case state.Keyring.Known:
		row = widgets.CheckRow{State: widgets.CheckWarn, Title: f.say("settings.secrets.memory"), Detail: f.say("settings.secrets.memory.more")}
		if state.Keyring.Err != nil {
			row.Detail = join(f.words.Say("error.memory_only.why", words.Args{"Detail": state.Keyring.Err.Error()}), row.Detail)
		}
	}
	s.secrets.SetRows(row)
	s.versions.SetText(f.say("settings.versions", words.Args{
		"Version": f.opt.Version, "Go": strings.TrimPrefix(runtime.Version(), "go"), "OBS": orNone(state.OBS.Version),
		"System": runtime.GOOS + "/" + runtime.GOARCH,
	}))
}

func orNone(v string) string {
	if v == "" {
		return "–"
	}
	return v
}
