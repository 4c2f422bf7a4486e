package command

import (
	"context"
	"errors"
	"strings"
	"time"

	"cuelight/app"
	"cuelight/app/diagnostics"
	"cuelight/app/state"
	"cuelight/app/vault"
	"cuelight/app/words"
)

type statusCmd struct {
	target
}

// Run tells everything at a glance. What could not be found out is said, and
// is no failure of the command unless nothing at all is known.
func (c *statusCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := c.selectIn(e); err != nil {
			return err
		}
		status := r.probe(ctx, e)
		for _, line := range status.Problems {
			r.out.message(line)
		}
		lines := r.statusLines(status)
		if line := r.addCreator(ctx, e, &status); line != "" {
			lines = append(lines, line)
		}
		r.out.result(status, lines...)
		return nil
	})
}

// probe finds everything out that a status tells.
func (r *run) probe(ctx context.Context, e *app.Engine) state.Status {
	problems := e.Support.Probe(ctx)
	status := state.StatusOf(e.State())
	for _, err := range problems {
		status.Problems = append(status.Problems, r.words.Explain(err).Line())
	}
	return status
}

// probeTimeout bounds what a command asks after its work is done.
const probeTimeout = 8 * time.Second

// statusAfter is the status for the answer of a command that did not need all of
// it: a script that reads it must not take "not asked" for "no".
func (r *run) statusAfter(ctx context.Context, e *app.Engine) state.Status {
	if !r.out.json {
		return state.StatusOf(e.State())
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	return r.probe(ctx, e)
}

func (r *run) statusLines(s state.Status) []string {
	say := func(key string, args words.Args) string { return r.words.Say("command.status."+key, args) }
	lines := []string{say("no_account", nil)}
	if a := s.Account; a != nil {
		key := "account_out"
		if a.SignedIn {
			key = "account_in"
		}
		lines = []string{say(key, words.Args{"Name": a.Name, "Platform": a.Platform, "Nick": a.Nick})}
	}
	if !s.OBS.Connected {
		lines = append(lines, say("obs_away", words.Args{"Address": s.OBS.Address}))
	} else {
		lines = append(lines, say("obs", words.Args{"Version": s.OBS.Version, "State": r.words.Say("stream." + s.OBS.State)}))
		key := "elsewhere"
		switch {
		case s.OBS.Service.Unknown:
			key = "sends_unknown"
		case s.OBS.Service.Server == "" && s.OBS.Service.Name == "":
			key = "nowhere"
		case s.OBS.Service.Matches:
			key = "matches"
		case s.OBS.Service.NotCompared:
			key = "uncompared"
		}
		place := s.OBS.Service.Name
		if place == "" {
			place = s.OBS.Service.Server
		}
		lines = append(lines, say(key, words.Args{"Server": place}))
	}
	if s.Account != nil && s.Account.SignedIn {
		category := strings.TrimSpace(s.Broadcast.Category.Name + " " + s.Broadcast.Category.Number)
		lines = append(lines,
			say("title", words.Args{"Title": s.Broadcast.Title}),
			say("category", words.Args{"Category": category}),
			say("hashtags", words.Args{"Hashtags": strings.Join(s.Broadcast.Hashtags, ", ")}))
		key := "off_air"
		if s.Live.OnAir {
			key = "on_air"
		} else if !s.Live.Known {
			key = "air_unknown"
		}
		lines = append(lines, say(key, words.Args{"URL": s.Live.WatchURL}))
	}
	return lines
}

// acceptUnconfirmed turns a stream that runs but is not confirmed by the platform
// into words: OBS does what was asked for.
func (r *run) acceptUnconfirmed(err error) error {
	if errors.Is(err, app.ErrOnAirUnconfirmed) {
		r.out.message(r.words.Explain(err).Line())
		return nil
	}
	return err
}

type doctorCmd struct {
	Bundle string `help:"help_bundle" placeholder:"FILE" type:"path"`
}

// doctorReport is diagnostics.Report with the reasons in words.
type doctorReport struct {
	diagnostics.Report
	Version  string   `json:"version"`
	Fonts    []string `json:"fonts"`
	Problems []string `json:"problems"`
}

// Run tells what was found on this machine.
func (c *doctorCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		report := doctorReport{
			Report: e.Support.Diagnose(ctx), Version: r.program.Version, Fonts: r.program.Fonts, Problems: []string{},
		}
		note := func(err error) {
			if err != nil {
				report.Problems = append(report.Problems, r.words.Explain(err).Line())
			}
		}
		note(report.OBS.Err)
		if !report.Keyring.Durable {
			note(&vault.MemoryOnlyError{Err: report.Keyring.Err})
		}
		for _, account := range report.Accounts {
			note(account.Err)
		}
		lines := r.doctorLines(report)
		if c.Bundle != "" {
			if err := e.Support.WriteBundle(c.Bundle, report, lines); err != nil {
				return err
			}
			r.out.message(r.words.Say("command.bundle_written", words.Args{"File": c.Bundle}))
		}
		r.out.result(report, lines...)
		return nil
	})
}

func (r *run) doctorLines(d doctorReport) []string {
	say := func(key string, args words.Args) string { return r.words.Say("command.doctor."+key, args) }
	yes := r.yesNo
	lines := []string{
		say("version", words.Args{"Version": d.Version, "System": d.System, "Go": d.Go}),
		say("config", words.Args{"Dir": d.Config.Dir, "Writable": yes(d.Config.Writable)}),
		say("keyring", words.Args{"Durable": yes(d.Keyring.Durable)}),
		say("tray", words.Args{"Tray": yes(d.Tray)}),
		say("fonts", words.Args{"Fonts": strings.Join(d.Fonts, ", ")}),
		say("obs", words.Args{"Address": d.OBS.Address, "Connected": yes(d.OBS.Connected), "Version": d.OBS.Version}),
	}
	if d.OBS.Reason != "" {
		lines = append(lines, say("obs_found", words.Args{
			"Reason": r.words.Say("finding." + d.OBS.Reason), "File": d.OBS.File, "Program": d.OBS.Program,
		}))
	}
	for _, account := range d.Accounts {
		lines = append(lines, say("account", words.Args{
			"Name": account.Name, "Platform": account.Platform, "SignedIn": yes(account.SignedIn),
		}))
	}
	for _, problem := range d.Problems {
		lines = append(lines, say("problem", words.Args{"Problem": problem}))
	}
	return lines
}
