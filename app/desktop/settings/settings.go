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
	"cuelight/widgets/control"
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
	object     fyne.CanvasObject

	obs      *obsCard
	secrets  *status.Checklist
	versions *label.Paragraph
	warnings *warningsCard
}

// New makes the screen.
func New(ui *kit.UI, engine Engine, hosts OBSHosts, appearance Appearance, sheets *OBSSheets, sounds Sounds) *Settings {
	s := &Settings{ui: ui, engine: engine, appearance: appearance, obs: newOBSCard(ui, engine, hosts, sheets)}
	s.warnings = newWarningsCard(ui, engine)
	title := label.NewFillingLine(ui.Text("screen.settings"), label.Heading())
	s.object = container.NewVScroll(kit.CardColumns(title,
		[]fyne.CanvasObject{s.appearanceCard(), s.obs.object},
		[]fyne.CanvasObject{newAlarmsCard(ui, engine, sounds), newCaptureCard(ui, engine, appearance.KeepOut), s.warnings.object, s.recordsCard(), s.secretsCard(), s.aboutCard()}))
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
	s.obs.update(now)
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
