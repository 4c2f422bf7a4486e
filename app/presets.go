package app

import (
	"context"
	"errors"

	"cuelight/app/foreground"
	"cuelight/app/preset"
	"cuelight/app/rule"
	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

// NoticePresetCategory is the key of the notice that a preset's category does not
// exist any more; its detail is the preset's name.
const NoticePresetCategory = "preset_category"

// The keys of the notices of files that could not be read; the detail is where
// they are kept.
const (
	NoticePresetsBroken = "presets_broken"
	NoticeRulesBroken   = "rules_broken"
)

// newPresets makes the owners of presets and rules.
func (e *Engine) newPresets() {
	e.Rules = rule.NewStore(rule.StoreOptions{
		Dir: e.dir, Locks: e.locks, Now: e.now, Emit: e.emit, Changed: e.notifyPeers,
		Broken: func(kept string, err error) { e.notice(NoticeRulesBroken, kept, err) },
	})
	store := preset.NewStore(preset.StoreOptions{
		Dir: e.dir, Locks: e.locks, Now: e.now, Emit: e.emit, Changed: e.notifyPeers,
		Broken: func(kept string, err error) { e.notice(NoticePresetsBroken, kept, err) },
	})
	e.Presets = preset.New(store, preset.Options{
		Target: e.Broadcast.presetTarget, Check: e.platformCheck, Send: e.Broadcast.sendPreset,
		Renamed: e.Rules.RenamePreset, Removed: e.Rules.RemovePreset,
	})
	e.rules = rule.NewRunner(rule.RunnerOptions{
		State: e.State, Apply: e.applyByRule, Titles: e.Titles.OfPreset, Emit: e.emit, Notice: e.notice, Now: e.now, Log: e.log,
		Claim:        e.claimRules,
		OpenPrograms: func() (rule.Programs, error) { return foreground.Open() },
	})
}

// loadPresets shows what the files hold. What cannot be read is in the way of
// nothing else.
func (e *Engine) loadPresets(ctx context.Context) {
	_, err := e.Presets.Load(ctx)
	_, rulesErr := e.Rules.Load(ctx)
	if err = errors.Join(err, rulesErr, e.History.Reload(ctx)); err != nil {
		e.log.Warn("read presets, rules and history", "err", err)
	}
}

// presetTarget gives the account in use.
func (b *Broadcast) presetTarget() (preset.Target, error) {
	account, session, err := b.current()
	if err != nil {
		return preset.Target{}, err
	}
	target := preset.Target{Account: account.Name, Platform: account.Platform}
	if _, err := sessions.Require[providers.Editor](session, "change the broadcast"); err != nil {
		return target, err
	}
	target.Check = b.draftCheck(account)
	if platform, ok := session.(providers.Categories); ok {
		target.Categories = func(ctx context.Context) ([]providers.Category, error) {
			return b.categories.List(ctx, account.Name, platform, "")
		}
	}
	target.Known = b.categories.Known(account.Name)
	return target, nil
}

// platformCheck gives the rules of a platform: those of an account of it, or where
// there is none, of one that nobody has signed in to; nil where the platform is not
// known or has no rules without real settings.
func (e *Engine) platformCheck(platform string) state.DraftCheck {
	for _, account := range e.config.Config().Accounts {
		if account.Platform == platform {
			return e.Broadcast.draftCheck(account)
		}
	}
	provider, err := e.opt.Registry.Find(platform)
	if err != nil {
		return nil
	}
	account := providers.Account{Platform: platform, Settings: make(map[string]string)}
	for _, field := range provider.Describe().Fields {
		if field.Required && !field.Secret {
			account.Settings[field.Key] = "none" // the rules do not depend on it, opening does
		}
	}
	session, err := e.Accounts.open(account, e.vault.Account(account.Name), nil)
	if err != nil {
		return nil
	}
	defer func() { _ = session.Close() }() // it has nothing running
	editor, ok := session.(providers.Editor)
	if !ok {
		return nil
	}
	return e.Titles.Check(account, editor.Check)
}

func (b *Broadcast) sendPreset(ctx context.Context, change providers.Patch, episodes *titletemplate.Episodes, tell task.Progress) error {
	return b.send(ctx, sending{change: change, episodes: episodes, before: b.checkConflicts}, tell)
}

func (e *Engine) applyByRule(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, refreshTimeout)
	defer cancel()
	outcome, err := e.Presets.Apply(ctx, name, nil)
	if err == nil && len(outcome.Left) > 0 {
		e.notice(NoticePresetCategory, name, nil)
	}
	return err
}

// rulesLock is held by the one process that runs the rules.
const rulesLock = "rules run"

func (e *Engine) claimRules() func() {
	release, mine, err := e.locks.Try(rulesLock)
	if err != nil || !mine {
		return nil
	}
	return release
}

// AnswerRule ends what rules have announced or proposed; the preset that was
// proposed is for the caller to apply.
func (e *Engine) AnswerRule() { e.emit(state.RuleAnswered{}) }
