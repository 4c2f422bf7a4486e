package desktop

import (
	"context"

	"cuelight/app/config"
	"cuelight/app/desktop/accounts"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/palette"
	"cuelight/app/desktop/presets"
	"cuelight/app/desktop/shortcuts"
	"cuelight/app/state"
)

// Scenes are what the palette needs of OBS. Its methods may wait.
type Scenes interface {
	Scenes(ctx context.Context) ([]string, error)
	SwitchScene(ctx context.Context, name string) error
}

// togglePalette opens the palette, or closes it. It is not there on the way in, where
// nothing of what it offers can be done yet, nor over a question.
func (w *window) togglePalette() {
	if w.palette != nil && w.Sheet() == w.palette.Content {
		w.CloseSheet()
		return
	}
	if w.welcome != nil || w.Sheet() != nil {
		return
	}
	p := palette.Open(w.UI, entrySource{w}.paletteEntries(w.Latest()))
	w.palette = p
	if w.Latest().OBS.Link != state.LinkUp {
		return
	}
	var names []string
	w.Run(kit.QuickTimeout, func(ctx context.Context) (err error) {
		names, err = w.opt.Services.Scenes.Scenes(ctx)
		return err
	}, func(error) { // without OBS's answer there are no scenes to offer
		p.Add(entrySource{w}.sceneEntries(names))
	})
}

// entrySource makes the palette's entries of what the window can do.
type entrySource struct{ *window }

// paletteEntries is all that can be done now.
func (w entrySource) paletteEntries(now state.State) []palette.Entry {
	var all []palette.Entry
	for i, p := range presets.Offered(now) {
		one := palette.Entry{
			Section: w.Text("screen.presets"), Title: p.Name, Note: w.Text("presets.apply"),
			Run: func() { w.Actions.ApplyPreset(p.Name) },
		}
		if i < presets.Shortcuts {
			one.Keys = shortcuts.Alt(shortcuts.Number(i)).String()
		}
		all = append(all, one)
	}
	all = append(all, w.commandEntries(now)...)
	all = append(all, w.screenEntries()...)
	all = append(all, w.accountEntries(now)...)
	return append(all, w.settingEntries()...)
}

// commandEntries are the commands that make sense now.
func (w entrySource) commandEntries(now state.State) []palette.Entry {
	var all []palette.Entry
	add := func(shortcut, title string, run func()) {
		all = append(all, palette.Entry{Section: w.Text("palette.commands"), Title: title, Keys: w.shortcuts.Label(shortcut), Run: run})
	}
	next := w.shell.home.Broadcaster.NextStep(now)
	if next.Press != nil {
		add("", next.Text, next.Press)
	}
	if !now.Broadcast.Draft.Empty() {
		add("apply", w.Text("apply"), w.Actions.ApplyDraft)
	}
	if now.Account.SignedIn == state.SignedIn && now.OBS.Link == state.LinkUp && !now.OBS.Stream.Running() && next.Text != w.Text("setup") {
		add("", w.Text("setup"), w.Actions.SetUp)
	}
	if !now.Broadcast.Undo.Empty() {
		add("", w.Text("undo"), func() {
			w.Act(kit.CallTimeout, func(ctx context.Context) error { return w.opt.Services.Presets.Core.Undo(ctx, nil) }, w.Text("undone"))
		})
	}
	add("refresh", w.Text("shortcut.refresh"), w.reload)
	if _, ok := w.shell.current().(kit.Searcher); ok {
		add("search", w.Text("shortcut.search"), w.searchScreen)
	}
	add("", w.Text("action.obs_help"), w.Actions.HelpOBS)
	add("", w.Text("action.obs_password"), w.Actions.AskOBSPassword)
	if now.OBS.Link != state.LinkUp {
		add("", w.Text("palette.obs_retry"), w.engine.RetryOBS)
	}
	add("", w.Text("bundle"), w.Actions.AskDiagnostics)
	add("shortcuts", w.Text("shortcuts"), func() { w.shortcuts.Show(w.UI) })
	add("", w.Text("quit"), w.confirmQuit)
	return all
}

// screenEntries lead to the screens that there are now.
func (w entrySource) screenEntries() []palette.Entry {
	var all []palette.Entry
	for i, id := range append(w.shell.offered[:len(w.shell.offered):len(w.shell.offered)], kit.ScreenRecords) {
		one := palette.Entry{Section: w.Text("palette.screens"), Title: w.screenName(id), Run: func() { w.shell.open(id) }}
		if i < len(w.shell.offered) && i < shortcuts.Digits {
			one.Keys = shortcuts.Ctrl(shortcuts.Number(i)).String()
		}
		all = append(all, one)
	}
	return all
}

func (w entrySource) screenName(id kit.ScreenID) string {
	if id == kit.ScreenRecords {
		return w.Text("records")
	}
	return w.Text("screen." + string(id))
}

// accountEntries use another account, or add one.
func (w entrySource) accountEntries(now state.State) []palette.Entry {
	section := w.Text("screen.accounts")
	var all []palette.Entry
	for _, one := range now.Accounts {
		if one.Name != now.Account.Name {
			all = append(all, palette.Entry{
				Section: section, Title: w.AccountName(now, one.Name), Note: w.Text("palette.use_account"),
				Run: func() { accounts.Use(w.UI, w.opt.Services.Accounts, one) },
			})
		}
	}
	return append(all, palette.Entry{Section: section, Title: w.Text("action.add_account"), Run: w.Actions.AddAccount})
}

// settingEntries change how the window looks, and lead to the other settings.
func (w entrySource) settingEntries() []palette.Entry {
	section := w.Text("screen.settings")
	keep := func(change func(*config.Config)) { w.opt.Services.Settings.Configure(change) }
	var all []palette.Entry
	for _, theme := range []string{"dark", "light", "system"} {
		kept := theme
		if theme == "system" {
			kept = ""
		}
		all = append(all, palette.Entry{
			Section: section, Title: w.Text("settings.theme") + ": " + w.Text("settings."+theme),
			Run: func() {
				keep(func(c *config.Config) { c.Theme = kept })
				w.setTheme(theme)
			},
		})
	}
	for _, language := range []struct{ tag, name string }{{"ko", "한국어"}, {"en", "English"}, {"", w.Text("settings.system")}} {
		all = append(all, palette.Entry{
			Section: section, Title: w.Text("settings.language") + ": " + language.name, Names: []string{"Language"},
			Run: func() {
				keep(func(c *config.Config) { c.Language = language.tag })
				w.setLanguage(language.tag)
			},
		})
	}
	for _, card := range []string{"settings.look", "settings.obs.address", "warnings.settings", "settings.secrets", "settings.about"} {
		if w.HasText(card) {
			all = append(all, palette.Entry{
				Section: section, Title: w.Text(card), Note: w.Text("palette.in_settings"),
				Run: func() { w.shell.open(kit.ScreenSettings) },
			})
		}
	}
	return all
}

// sceneEntries switch OBS's scene.
func (w entrySource) sceneEntries(names []string) []palette.Entry {
	all := make([]palette.Entry, 0, len(names))
	for _, name := range names {
		all = append(all, palette.Entry{
			Section: w.Text("palette.scenes"), Title: name, Note: w.Text("palette.to_scene"),
			Run: func() {
				w.Act(kit.QuickTimeout, func(ctx context.Context) error { return w.opt.Services.Scenes.SwitchScene(ctx, name) },
					w.Text("palette.scene_switched", kit.Arg("Name", name)))
			},
		})
	}
	return all
}
