package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"cuelight/app"
	"cuelight/app/command/stdout"
	"cuelight/app/state"
	"cuelight/app/words"
)

type preflightCmd struct{}

// scriptCheck is one check before going live, for scripts.
type scriptCheck struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Why    string `json:"why"`
	Cure   string `json:"cure"`
	Blocks bool   `json:"blocks"`
	// Known is false for what could not be found out.
	Known  bool   `json:"known"`
	Detail string `json:"detail,omitempty"`
}

// Run makes the checks and changes nothing. Checks that stand in the way are
// the command's failure.
func (preflightCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		checks := e.Stream.Preflight(ctx)
		list := make([]scriptCheck, 0, len(checks))
		var lines []string
		for _, c := range checks {
			x := r.words.ExplainCheck(c)
			list = append(list, scriptCheck{
				Name: string(c.ID), OK: c.OK(), Why: x.Why, Cure: x.Do, Blocks: c.Blocks && !c.OK(),
				Known: c.State != state.StepSkipped, Detail: c.Detail,
			})
			lines = append(lines, r.checkLine(c))
		}
		r.out.result(map[string]any{"checks": list}, lines...)
		if blocking := state.Blocking(checks); len(blocking) > 0 {
			return &state.PreflightError{Checks: blocking}
		}
		return nil
	})
}

// printChecks tells what is not well.
func (r *run) printChecks(checks []state.Preflight) {
	for _, c := range checks {
		if !c.OK() {
			r.out.message(r.checkLine(c))
		}
	}
}

func (r *run) checkLine(c state.Preflight) string {
	x := r.words.ExplainCheck(c)
	line := stepSigns[c.State] + " " + x.What
	if x.Why != "" {
		line += ": " + x.Why
	}
	return strings.TrimSpace(line + " " + x.Do)
}

type watchCmd struct{}

// watchLine is one line of `watch --json`: the whole status, when and why.
type watchLine struct {
	Time  time.Time `json:"time"`
	Event string    `json:"event"`
	state.Status
	Health *watchHealth `json:"health,omitempty"`
	Rule   *watchRule   `json:"rule,omitempty"`
}

type watchHealth struct {
	BitrateKbps    float64 `json:"bitrate_kbps"`
	DroppedPercent float64 `json:"dropped_percent"`
	Congestion     float64 `json:"congestion"`
	FPS            float64 `json:"fps"`
	CPUPercent     float64 `json:"cpu_percent"`
}

// watchRule is what a rule has done, or proposes.
type watchRule struct {
	state.Rule
	Applied bool `json:"applied"`
}

// observed is a State with what changed in it.
type observed struct {
	at     time.Time
	change state.Change
	state  state.State
}

// Run tells each change as it happens, until it is interrupted.
func (watchCmd) Run(ctx context.Context, r *run) error {
	return r.withEngineUnbounded(ctx, func(ctx context.Context, e *app.Engine) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		changes := make(chan observed, 4096)
		notices := make(chan state.Notice, 16)
		stop := e.Observe(func(prev, next state.State) {
			tellRules(notices, prev.Notices, next.Notices)
			for _, change := range state.Changes(prev, next) {
				select {
				case changes <- observed{time.Now(), change, next}:
				default: // a reader this slow misses lines rather than stopping the program
				}
			}
		})
		defer stop()
		ran := make(chan error, 1)
		go func() { ran <- e.Run(ctx) }()
		r.printChange(observed{time.Now(), "start", e.State()})
		for {
			select {
			case s := <-changes:
				if watched[s.change] {
					r.printChange(s)
				}
			case n := <-notices:
				r.out.message(r.words.Say("notice."+n.Key, words.Args{"Detail": n.Detail}))
			case err := <-ran:
				if errors.Is(err, context.Canceled) {
					return nil // interrupting it is how it ends
				}
				return err
			case <-r.printed.Failed:
				cancel() // nobody reads it any more
				<-ran
				return nil
			}
		}
	})
}

// tellRules passes a new notice of rules on.
func tellRules(to chan<- state.Notice, prev, next []state.Notice) {
	if len(next) == 0 || len(prev) > 0 && prev[len(prev)-1].Seq == next[len(next)-1].Seq {
		return
	}
	newest := next[len(next)-1]
	if !strings.HasPrefix(newest.Key, "rule") && newest.Key != app.NoticePresetCategory {
		return
	}
	select {
	case to <- newest:
	default: // said often enough
	}
}

// watched are the changes that watch tells; the others are the session log's.
var watched = map[state.Change]bool{
	state.ChangeLink: true, state.ChangeStream: true, state.ChangeService: true,
	state.ChangeOnAir: true, state.ChangeAccount: true, state.ChangeHealth: true, state.ChangeRule: true,
}

func (r *run) printChange(s observed) {
	line := watchLine{Time: s.at.UTC(), Event: string(s.change), Status: state.StatusOf(s.state)}
	if h := s.state.Health; h.Known {
		line.Health = &watchHealth{
			BitrateKbps: h.Last.BitrateKbps, DroppedPercent: h.Last.DroppedPercent,
			Congestion: h.Last.Congestion, FPS: h.Last.FPS, CPUPercent: h.Last.CPUPercent,
		}
	}
	if s.change == state.ChangeRule {
		action, proposed := s.state.Rules.Last()
		line.Rule = &watchRule{Rule: action.Rule, Applied: !proposed}
	}
	if r.flags.JSON {
		if encoded, err := stdout.JSON(line, ""); err == nil {
			_, _ = r.program.Stdout.Write(encoded)
		}
		return
	}
	_, _ = fmt.Fprintln(r.program.Stdout, r.changeText(s, line))
}

func (r *run) changeText(s observed, line watchLine) string {
	at := s.at.Format("15:04:05")
	if line.Rule != nil {
		action, proposed := s.state.Rules.Last()
		return at + "  " + r.words.RuleDone(action, proposed)
	}
	if s.change == state.ChangeHealth && line.Health != nil {
		return r.words.Say("command.watch.health", words.Args{
			"Time": at, "Kbps": int(line.Health.BitrateKbps), "Dropped": fmt.Sprintf("%.2f", line.Health.DroppedPercent),
			"FPS": fmt.Sprintf("%.1f", line.Health.FPS), "CPU": int(line.Health.CPUPercent),
		})
	}
	account, nick := "–", ""
	if line.Account != nil {
		account, nick = line.Account.Name, line.Account.Nick
	}
	return r.words.Say("command.watch.line", words.Args{
		"Time": at, "Event": r.words.Say("change." + string(s.change)), "Account": account, "Nick": nick,
		"OBS": r.yesNo(line.OBS.Connected), "Stream": r.words.Say("stream." + line.OBS.State),
		"Matches": r.yesNo(line.OBS.Service.Matches), "OnAir": r.yesNo(line.Live.OnAir),
	})
}
