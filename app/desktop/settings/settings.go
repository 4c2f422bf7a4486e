package settings

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/vault"
	"cuelight/app/words"
	"cuelight/obs"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// Engine is what the screen needs of the core. All of it is quick; it may be called on
// the window's goroutine.
type Engine interface {
	Config() config.Config
	// Dir is the folder that the program keeps its files in.
	Dir() string
	Configure(change func(*config.Config))
	// RetryOBS tries to reach OBS at once.
	RetryOBS()
}

// Appearance changes the theme and the language of the window, at once.
type Appearance struct {
	// SetLanguage takes a language of words; empty follows the system.
	SetLanguage func(language string)
	// SetTheme takes "dark", "light" or "system".
	SetTheme func(theme string)
	// KeepOut keeps the window out of captures of the screen, and reports whether that
	// went well; nil where the system cannot.
	KeepOut func(bool) bool
}

// Sounds is what the screen asks of the sounds of alarms.
type Sounds struct {
	// Try plays the one that is set.
	Try func()
}

// Settings is the screen of what the user decides about the program itself.
type Settings struct {
	ui         *kit.UI
	engine     Engine
	appearance Appearance
	obs        *OBSSheets
	object     fyne.CanvasObject

	address  *input.TextField
	save     *control.Button
	found    *label.Paragraph
	obsKind  *control.Tiles
	secrets  *status.Checklist
	versions *label.Paragraph
	warnings *warningsCard
}

// New makes the screen.
func New(ui *kit.UI, engine Engine, appearance Appearance, obs *OBSSheets, sounds Sounds) *Settings {
	s := &Settings{ui: ui, engine: engine, appearance: appearance, obs: obs}
	s.warnings = newWarningsCard(ui, engine)
	title := label.NewFillingLine(ui.Text("screen.settings"), label.Heading())
	s.object = container.NewVScroll(kit.Page(kit.PageWidth, kit.Column(kit.Gap, title,
		s.appearanceCard(), s.obsCard(), newAlarmsCard(ui, engine, sounds),
		newCaptureCard(ui, engine, appearance.KeepOut), s.warnings.object, s.recordsCard(), s.secretsCard(), s.aboutCard())))
	return s
}

func (s *Settings) Body() fyne.CanvasObject { return s.object }

// appearanceCard is language and theme, both applied at once.
func (s *Settings) appearanceCard() fyne.CanvasObject {
	ui := s.ui
	present := s.engine.Config()
	language := control.NewTiles(func(id string) {
		s.configure(func(c *config.Config) { c.Language = unlessSystem(id) }, func() { s.appearance.SetLanguage(unlessSystem(id)) })
	}, control.Tile{ID: "system", Title: ui.Text("settings.system")}, control.Tile{ID: "ko", Title: "한국어"}, control.Tile{ID: "en", Title: "English"})
	language.SetChosen(orSystem(present.Language))
	theme := control.NewTiles(func(id string) {
		s.configure(func(c *config.Config) { c.Theme = unlessSystem(id) }, func() { s.appearance.SetTheme(id) })
	}, control.Tile{ID: "system", Title: ui.Text("settings.system")}, control.Tile{ID: "dark", Title: ui.Text("settings.dark")},
		control.Tile{ID: "light", Title: ui.Text("settings.light")})
	theme.SetChosen(orSystem(present.Theme))
	return surface.NewCard(ui.Text("settings.look"), ui.Text("settings.at_once"), kit.Column(kit.Gap,
		kit.Column(6, label.NewLine(ui.Text("settings.language"), label.Caption()), language),
		kit.Column(6, label.NewLine(ui.Text("settings.theme"), label.Caption()), theme)))
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

// configure keeps a decision and acts on it at once; that it could not be saved is told
// by a notice.
func (s *Settings) configure(change func(*config.Config), then func()) {
	s.engine.Configure(change)
	if then != nil {
		then()
	}
}

func (s *Settings) obsCard() fyne.CanvasObject {
	ui := s.ui
	s.found = label.NewParagraph("", label.Caption())
	s.address = input.NewTextField(ui.Text("settings.obs.address"), ui.Text("settings.obs.placeholder"), 0, nil, ui.Clock())
	s.address.SetText(s.engine.Config().OBS.Address)
	s.showAddressHint(s.address.Text())
	s.address.OnChanged = func(address string) {
		kit.Enable(s.save, true)
		s.showAddressHint(address)
	}
	s.save = control.NewButton(ui.Text("save"), nil, control.Plain, s.saveAddress)
	s.save.Disable()
	s.obsKind = control.NewTiles(func(id string) {
		s.configure(func(c *config.Config) { c.OBS.Real = id == "real" }, s.engine.RetryOBS)
	}, control.Tile{ID: "simulated", Title: ui.Text("pill.practice_obs")}, control.Tile{ID: "real", Title: ui.Text("settings.obs.real")})
	s.obsKind.SetChosen("simulated")
	if s.engine.Config().OBS.Real {
		s.obsKind.SetChosen("real")
	}
	which := kit.Column(6, label.NewLine(ui.Text("settings.obs.which"), label.Caption()), s.obsKind,
		label.NewParagraph(ui.Text("settings.obs.which.hint"), label.Caption()))
	which.Hidden = !ui.State().Sandbox
	return surface.NewCard("OBS", "", kit.Column(14, s.found, which, kit.Beside(s.address, s.save), kit.Row(4, nil,
		control.NewButton(ui.Text("action.obs_password"), look.IconKey.Resource(), control.LinkLike, ui.Actions.AskOBSPassword),
		control.NewButton(ui.Text("settings.obs.forget"), nil, control.Quiet, s.obs.ForgetPassword),
		control.NewButton(ui.Text("action.obs_help"), nil, control.Quiet, ui.Actions.HelpOBS))))
}

// saveAddress keeps OBS's address after the input method has settled, and tries
// it.
func (s *Settings) saveAddress() {
	s.ui.Clock().After(kit.InputDelay, func() {
		address := strings.TrimSpace(s.address.Text())
		if problem := s.addressProblem(address); problem != "" {
			s.address.SetProblem(problem)
			return
		}
		s.configure(func(c *config.Config) { c.OBS.Address = address }, func() {
			s.save.Disable()
			s.engine.RetryOBS()
			s.ui.ShowSuccess(s.ui.Text("saved"))
		})
	})
}

// recordsCard leads to what has been and to help.
func (s *Settings) recordsCard() fyne.CanvasObject {
	ui := s.ui
	return surface.NewCard(ui.Text("records"), "", kit.Column(14, label.NewParagraph(ui.Text("records.about"), label.Caption()), kit.Row(10, nil,
		control.NewButton(ui.Text("records.open"), look.IconPast.Resource(), control.Plain, func() { ui.Actions.Open(kit.ScreenRecords) }),
		control.NewButton(ui.Text("bundle"), nil, control.LinkLike, ui.Actions.AskDiagnostics))))
}

func (s *Settings) secretsCard() fyne.CanvasObject {
	s.secrets = status.NewChecklist(s.ui.Clock())
	return surface.NewCard(s.ui.Text("settings.secrets"), "", s.secrets)
}

func (s *Settings) aboutCard() fyne.CanvasObject {
	ui := s.ui
	folder := label.NewFillingLine(s.engine.Dir(), label.Caption())
	tools := []fyne.CanvasObject{
		folder,
		control.NewIconButton(look.IconCopy.Resource(), ui.Text("copy"), func() { ui.CopyText(s.engine.Dir()) }),
	}
	if ui.CanOpenFolder() {
		tools = append(tools, control.NewButton(ui.Text("settings.open_folder"), nil, control.LinkLike, func() {
			ui.OpenFolder(s.engine.Dir())
		}))
	}
	s.versions = label.NewParagraph("", label.Caption())
	return surface.NewCard(ui.Text("settings.about"), "", kit.Column(8,
		label.NewLine(ui.Text("settings.folder"), label.Style{}), kit.Row(kit.GapSmall, kit.Stretch(folder), tools...), s.versions))
}

// Update shows how OBS and the keyring stand.
func (s *Settings) Update(now state.State) {
	ui := s.ui
	_, text, detail := ui.DescribeOBS(now)
	if detail != "" {
		text += " · " + detail
	}
	s.found.SetText(text)
	s.warnings.update()
	row := status.CheckRow{State: status.CheckRunning, Title: ui.Text("settings.secrets.looking")}
	switch {
	case now.Keyring.Known && now.Keyring.Durable:
		row = status.CheckRow{State: status.CheckDone, Title: ui.Text("settings.secrets.keyring"), Detail: ui.Text("settings.secrets.keyring.more")}
	case now.Keyring.Known:
		row = status.CheckRow{State: status.CheckWarn, Title: ui.Text("settings.secrets.memory"), Detail: ui.Text("settings.secrets.memory.more")}
		if now.Keyring.Err != nil {
			row.Detail = kit.JoinSentences(ui.Explain(&vault.MemoryOnlyError{Err: now.Keyring.Err}).Why, row.Detail)
		}
	}
	s.secrets.SetRows(row)
	s.versions.SetText(ui.Text("settings.versions", words.Args{
		"Version": ui.Version(), "Go": strings.TrimPrefix(runtime.Version(), "go"), "OBS": kit.OrUnknown(now.OBS.Version),
		"System": runtime.GOOS + "/" + runtime.GOARCH,
	}))
}

// addressProblem says what is wrong with an address of OBS. None is right, too: then
// OBS is searched for.
func (s *Settings) addressProblem(address string) string {
	if address == "" {
		return ""
	}
	if _, err := obs.ParseEndpoint(address); err != nil || strings.HasPrefix(address, ":") {
		return s.ui.Text("settings.obs.wrong")
	}
	return ""
}

// showAddressHint warns where the connection would be one that others can read.
func (s *Settings) showAddressHint(address string) {
	hint := s.ui.Text("settings.obs.hint")
	if at, err := obs.ParseEndpoint(address); err == nil && !at.Local() {
		hint = s.ui.Words().Say("obs.unencrypted")
	}
	s.address.SetHint(hint)
}
