package desktop

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// settings is the screen of what the user decides about the program itself.
type settings struct {
	face   *face
	object fyne.CanvasObject

	address  *input.TextField
	save     *control.Button
	found    *label.Paragraph
	practice *control.Tiles
	secrets  *status.Checklist
	versions *label.Paragraph
}

func newSettings(f *face) *settings {
	s := &settings{face: f}
	title := label.NewFillingLine(f.say("screen.settings"), label.Heading())
	s.object = container.NewVScroll(page(pageWidth, column(gap, title,
		s.appearance(), s.obsCard(), s.recordsCard(), s.secretsCard(), s.aboutCard())))
	return s
}

func (s *settings) body() fyne.CanvasObject { return s.object }

// appearance: language and theme, both applied at once.
func (s *settings) appearance() fyne.CanvasObject {
	f := s.face
	config := f.engine.Config()
	language := control.NewTiles(func(id string) {
		s.configure(func(c *app.Config) { c.Language = unlessSystem(id) }, func() { f.speak(unlessSystem(id)) })
	}, control.Tile{ID: "system", Title: f.say("settings.system")}, control.Tile{ID: "ko", Title: "한국어"}, control.Tile{ID: "en", Title: "English"})
	language.SetChosen(orSystem(config.Language))
	dress := control.NewTiles(func(id string) {
		s.configure(func(c *app.Config) { c.Theme = unlessSystem(id) }, func() { f.wear(id) })
	}, control.Tile{ID: "system", Title: f.say("settings.system")}, control.Tile{ID: "dark", Title: f.say("settings.dark")},
		control.Tile{ID: "light", Title: f.say("settings.light")})
	dress.SetChosen(orSystem(config.Theme))
	return surface.NewCard(f.say("settings.look"), f.say("settings.at_once"), column(gap,
		column(6, label.NewLine(f.say("settings.language"), label.Caption()), language),
		column(6, label.NewLine(f.say("settings.theme"), label.Caption()), dress)))
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

// configure keeps a decision and acts on it at once; that it could not be saved
// is told by a notice.
func (s *settings) configure(change func(*app.Config), then func()) {
	s.face.engine.Configure(change)
	if then != nil {
		then()
	}
}

func (s *settings) obsCard() fyne.CanvasObject {
	f := s.face
	s.found = label.NewParagraph("", label.Caption())
	s.address = input.NewTextField(f.say("settings.obs.address"), f.say("settings.obs.placeholder"), 0, nil, f.opt.Clock)
	s.address.SetText(f.engine.Config().OBS.Address)
	s.address.SetHint(f.say("settings.obs.hint"))
	s.address.OnChanged = func(string) { enable(s.save, true) }
	s.save = control.NewButton(f.say("save"), nil, control.Plain, s.saveAddress)
	s.save.Disable()
	s.practice = control.NewTiles(func(id string) {
		s.configure(func(c *app.Config) { c.OBS.Real = id == "real" }, f.engine.RetryOBS)
	}, control.Tile{ID: "practice", Title: f.say("pill.practice_obs")}, control.Tile{ID: "real", Title: f.say("settings.obs.real")})
	s.practice.SetChosen("practice")
	if f.engine.Config().OBS.Real {
		s.practice.SetChosen("real")
	}
	choice := column(6, label.NewLine(f.say("settings.obs.which"), label.Caption()), s.practice,
		label.NewParagraph(f.say("settings.obs.which.hint"), label.Caption()))
	choice.Hidden = !f.state.Sandbox
	return surface.NewCard("OBS", "", column(14, s.found, choice, beside(s.address, s.save), row(4, nil,
		control.NewButton(f.say("action.obs_password"), look.IconKey.Resource(), control.LinkLike, f.askOBSPassword),
		control.NewButton(f.say("settings.obs.forget"), nil, control.Quiet, f.clearOBSPassword),
		control.NewButton(f.say("action.obs_help"), nil, control.Quiet, f.helpOBS))))
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
	return surface.NewCard(f.say("records"), "", column(14, label.NewParagraph(f.say("records.about"), label.Caption()), row(10, nil,
		control.NewButton(f.say("records.open"), look.IconPast.Resource(), control.Plain, func() { f.shell.open(screenRecords) }),
		control.NewButton(f.say("bundle"), nil, control.LinkLike, f.askBundle))))
}

func (s *settings) secretsCard() fyne.CanvasObject {
	s.secrets = status.NewChecklist(s.face.opt.Clock)
	return surface.NewCard(s.face.say("settings.secrets"), "", s.secrets)
}

func (s *settings) aboutCard() fyne.CanvasObject {
	f := s.face
	folder := label.NewFillingLine(f.engine.Dir(), label.Caption())
	tools := []fyne.CanvasObject{
		folder,
		control.NewIconButton(look.IconCopy.Resource(), f.say("copy"), func() { f.copyText(f.engine.Dir()) }),
	}
	if f.opt.OpenFolder != nil {
		tools = append(tools, control.NewButton(f.say("settings.open_folder"), nil, control.LinkLike, func() {
			f.act(patienceQuick, discardContext(func() error { return f.opt.OpenFolder(f.engine.Dir()) }), "")
		}))
	}
	s.versions = label.NewParagraph("", label.Caption())
	return surface.NewCard(f.say("settings.about"), "", column(8,
		label.NewLine(f.say("settings.folder"), label.Style{}), row(gapSmall, only(folder), tools...), s.versions))
}

func (s *settings) update(state state.State) {
	f := s.face
	_, text, detail := f.obsPill(state)
	if detail != "" {
		text += " · " + detail
	}
	s.found.SetText(text)
	row := status.CheckRow{State: status.CheckRunning, Title: f.say("settings.secrets.looking")}
	switch {
	case state.Keyring.Known && state.Keyring.Durable:
		row = status.CheckRow{State: status.CheckDone, Title: f.say("settings.secrets.keyring"), Detail: f.say("settings.secrets.keyring.more")}
	case state.Keyring.Known:
		row = status.CheckRow{State: status.CheckWarn, Title: f.say("settings.secrets.memory"), Detail: f.say("settings.secrets.memory.more")}
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
