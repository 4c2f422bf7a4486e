package command

import (
	"context"

	"cuelight/app"
	"cuelight/app/words"
	"cuelight/providers"
)

// atTerminal reports whether a person can be asked: standard input is a terminal.
func (r *run) atTerminal() bool {
	return r.program.AtTerminal != nil && r.program.AtTerminal()
}

// confirm asks for a yes on standard input. Anything else is a usage error with the
// reason given.
func (r *run) confirm(ctx context.Context, question, op, reason string) error {
	r.out.message(r.words.Say(question))
	answer, err := firstLine(ctx, r.program.Stdin)
	if err != nil {
		return err
	}
	if !confirmed(answer) {
		return &providers.Error{Kind: providers.ErrUsage, Op: op, Reason: reason}
	}
	return nil
}

// confirmLeaving asks before another account is used while the one in use is on air.
func (r *run) confirmLeaving(ctx context.Context, e *app.Engine) error {
	probe, cancel := context.WithTimeout(ctx, probeTimeout)
	e.Support.Probe(probe)
	cancel()
	now := e.State()
	if !now.LeavesBroadcast() {
		return nil
	}
	r.out.message(r.words.Say("command.leaving", words.Args{"Name": now.Account.Name, "Platform": r.words.PlatformName(now.Account.Platform, now.Account.PlatformName)}))
	return r.confirm(ctx, "command.leaving_confirm", "use another account", "leaving.not_confirmed")
}

// confirmLeavingOBS asks before another OBS is used while the one in use streams. An
// OBS that does not answer is left without a question: nothing is known of it.
func (r *run) confirmLeavingOBS(ctx context.Context, e *app.Engine) error {
	probe, cancel := context.WithTimeout(ctx, probeTimeout)
	e.Support.Probe(probe)
	cancel()
	if now := e.State(); !now.OBS.Stream.Running() && !now.OBS.OutOfSight() {
		return nil
	}
	r.out.message(r.words.Say("desktop.settings.obs.switch.more"))
	return r.confirm(ctx, "command.obs_leaving_confirm", "use another OBS", "leaving_obs.not_confirmed")
}

func confirmed(answer string) bool {
	switch answer {
	case "y", "Y", "yes", "예", "네", "ㅇ":
		return true
	}
	return false
}
