package rule

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"cuelight/app/state"
)

// settle is how long what was switched to has to stay: whoever clicks through
// scenes, or an OBS that switches through them, changes nothing on the way.
const settle = 500 * time.Millisecond

// busyPause is how long a rule waits for another change that is being sent.
const busyPause = time.Second

// The keys of the notices of rules, whose detail is the preset's name.
const (
	NoticeDraft    = "rule_draft"
	NoticeNoPreset = "rule_no_preset"
	NoticeFailed   = "rule_failed"
	NoticePrograms = "rule_programs"
)

// RunnerOptions are what a Runner is made of; all are needed.
type RunnerOptions struct {
	State func() state.State
	// Apply applies a preset by its name.
	Apply func(context.Context, string) error
	// Titles gives the exact titles that a preset stands for: what it gives now, and
	// what it gave when something was last applied in this broadcast. It asks nobody.
	Titles func(state.Preset) []string
	Emit   func(...state.Event)
	Notice func(key, detail string, err error)
	Now    func() time.Time
	Log    *slog.Logger
	// Claim tries to make this process the only one that runs rules, and gives what
	// ends that; nil while another one is.
	Claim func() (release func())
	// OpenPrograms begins to look which program is in front.
	OpenPrograms func() (Programs, error)
}

// Runner runs the rules: in one process of a user at a time, one change in a quiet
// period, and none while there are changes that the user has not sent. What
// happens in a quiet period counts at its end, unless the user has changed the
// broadcast meanwhile.
type Runner struct {
	opt RunnerOptions
	// arrived holds a token when something has happened.
	arrived chan struct{}

	mu sync.Mutex // guards latest, held and sent
	// latest is what happened last, of each kind, since rules last looked.
	latest state.Trigger
	// held: latest waits for the end of the quiet period; sent is when the
	// platform had last taken a change then.
	held bool
	sent time.Time

	// changed is when a rule last tried to change the broadcast; Run's alone.
	changed time.Time
	// release is set while this process runs the rules; Run's alone.
	release func()
}

// NewRunner makes a Runner; Run starts it.
func NewRunner(opt RunnerOptions) *Runner {
	return &Runner{opt: opt, arrived: make(chan struct{}, 1)}
}

// Happened tells what has happened. It returns at once, also in a storm.
func (r *Runner) Happened(t state.Trigger) {
	r.mu.Lock()
	if t.Scene != "" {
		r.latest.Scene = t.Scene
	}
	if t.Collection != "" {
		r.latest.Collection = t.Collection
	}
	if t.Program != "" {
		r.latest.Program = t.Program
	}
	r.held = false
	r.mu.Unlock()
	select {
	case r.arrived <- struct{}{}:
	default:
	}
}

// Run runs the rules until the context ends. It may be called once.
func (r *Runner) Run(ctx context.Context) {
	var work sync.WaitGroup
	defer work.Wait()
	work.Go(func() { r.watchPrograms(ctx) })
	timer := time.NewTimer(settle)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			if r.release != nil {
				r.release()
			}
			return
		case <-r.arrived:
			timer.Reset(settle)
		case <-timer.C:
			if wait := r.look(ctx); wait > 0 {
				timer.Reset(wait)
			}
		}
	}
}

// look does what the rules say about what happened last, and tells how long to
// wait before looking again; 0 means until something happens.
func (r *Runner) look(ctx context.Context) (wait time.Duration) {
	now := r.opt.State()
	r.mu.Lock()
	happened, held, sent := r.latest, r.held, r.sent
	r.mu.Unlock()
	rule, ok := match(now.Rules.RuleSet, happened)
	if !ok || held && !now.Broadcast.AppliedAt.Equal(sent) || !r.claim() {
		r.forget(happened)
		return 0
	}
	if quiet := r.changed.Add(now.Rules.Quiet()).Sub(r.opt.Now()); quiet > 0 && !r.changed.IsZero() && !rule.Propose {
		r.hold(now.Broadcast.AppliedAt)
		return quiet
	}
	if now.Tasks[state.TaskApply].Running {
		return busyPause
	}
	r.forget(happened)
	r.do(ctx, rule, now)
	return 0
}

// hold keeps what happened for the end of the quiet period.
func (r *Runner) hold(sent time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held, r.sent = true, sent
}

// forget drops what happened, unless something else has since.
func (r *Runner) forget(happened state.Trigger) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.latest == happened {
		r.latest, r.held = state.Trigger{}, false
	}
}

// claim reports whether this is the process that runs rules.
func (r *Runner) claim() bool {
	if r.release == nil {
		r.release = r.opt.Claim()
	}
	return r.release != nil
}

// do applies or proposes the preset of a rule, where that would change anything
// and nothing of the user's is in the way.
func (r *Runner) do(ctx context.Context, rule state.Rule, now state.State) {
	found, ok := now.Preset(rule.Preset)
	switch {
	case !ok:
		r.opt.Notice(NoticeNoPreset, rule.Preset, nil)
		return
	case found.Platform != now.Account.Platform:
		r.opt.Log.Info("a rule is for another platform", "rule", rule.ID, "platform", found.Platform)
		return
	case r.holds(now.Broadcast, found):
		return
	case !now.Broadcast.Draft.Empty():
		r.opt.Notice(NoticeDraft, rule.Preset, nil)
		return
	}
	action := state.RuleAction{Rule: rule, At: r.opt.Now()}
	if rule.Propose {
		r.opt.Emit(state.RuleProposed{Action: action})
		return
	}
	r.changed = r.opt.Now()
	if err := r.opt.Apply(ctx, rule.Preset); err != nil {
		r.opt.Notice(NoticeFailed, rule.Preset, err)
		return
	}
	r.changed, action.At = r.opt.Now(), r.opt.Now()
	r.opt.Emit(state.RuleApplied{Action: action})
	r.opt.Log.Info("a rule has applied its preset", "rule", rule.ID)
}

// holds reports whether the platform has all the values of a preset already.
func (r *Runner) holds(b state.BroadcastState, preset state.Preset) bool {
	if !b.Known {
		return false
	}
	values := preset.Patch()
	if values.Title == nil {
		return state.WithoutEqual(values, b.Confirmed).Empty()
	}
	for _, title := range r.opt.Titles(preset) {
		values.Title = &title
		if state.WithoutEqual(values, b.Confirmed).Empty() {
			return true
		}
	}
	return false
}

// match gives the first rule that is on and waits for something that happened.
func match(set state.RuleSet, happened state.Trigger) (state.Rule, bool) {
	if !set.On {
		return state.Rule{}, false
	}
	for _, rule := range set.Rules {
		if rule.On && meets(rule.Trigger, happened) {
			return rule, true
		}
	}
	return state.Rule{}, false
}

// meets compares names in whichever way their characters were typed; those of
// programs with or without .exe, in capitals or not, as systems take them.
func meets(wanted, happened state.Trigger) bool {
	same := func(a, b string) bool { return a != "" && norm.NFC.String(a) == norm.NFC.String(b) }
	if same(wanted.Scene, happened.Scene) || same(wanted.Collection, happened.Collection) {
		return true
	}
	for program := range strings.SplitSeq(happened.Program, "\n") {
		if same(programName(wanted.Program), programName(program)) {
			return true
		}
	}
	return false
}

func programName(s string) string { return strings.TrimSuffix(strings.ToLower(s), ".exe") }
