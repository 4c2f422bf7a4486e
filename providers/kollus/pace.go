package kollus

import (
	"context"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
)

const (
	// apiGap is the time between the beginnings of two calls. At most one call a
	// second and 60 a minute are allowed (document, 유의 사항); the tenth above a
	// second is for calls that travel slower than the one after them.
	apiGap = 1100 * time.Millisecond
	// pauseUnknown is how long to pause where the service asks for it without
	// saying how long.
	pauseUnknown = 30 * time.Second
	// pauseMost is the longest wait that is not refused at once.
	pauseMost = 2 * time.Minute
	// secretPaced is the Vault's note of when the next call may begin, in
	// nanoseconds since 1970: the Vault is what processes have in common.
	secretPaced = "paced"
)

// pacers are the turns of each service account, for all sessions of a program.
type pacers struct {
	gap time.Duration
	mu  sync.Mutex
	all map[string]*pacer
}

func newPacers(gap time.Duration) *pacers { return &pacers{gap: gap, all: map[string]*pacer{}} }

func (p *pacers) of(root string) *pacer {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all[root] == nil {
		p.all[root] = &pacer{gap: p.gap, limiter: rate.NewLimiter(rate.Every(p.gap), 1)}
	}
	return p.all[root]
}

// pacer lets one call begin at a time, a gap apart, in the order they came.
type pacer struct {
	gap     time.Duration
	limiter *rate.Limiter

	mu sync.Mutex
	// paused is until when the service wants no call at all.
	paused time.Time
}

// pause keeps everybody from calling for a while.
func (p *pacer) pause(d time.Duration) {
	if d <= 0 {
		d = pauseUnknown
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := time.Now().Add(d); until.After(p.paused) {
		p.paused = until
	}
}

func (p *pacer) pausedFor() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.paused)
}

// wait waits for a turn within this process. A wait that ctx would not outlast
// is refused at once, with how long it would be.
func (p *pacer) wait(ctx context.Context, op string, told func(string, time.Duration)) error {
	for {
		if err := sleep(ctx, op, p.pausedFor(), told); err != nil {
			return err
		}
		turn := p.limiter.Reserve()
		if err := sleep(ctx, op, turn.Delay(), told); err != nil {
			turn.Cancel()
			return err
		}
		// A pause that began meanwhile ends for all who wait at the same moment:
		// they have to line up again.
		if p.pausedFor() <= 0 {
			return nil
		}
	}
}

// across waits for a turn among the processes that share the Vault, and takes
// it. The note is written before the call, so that a process that dies in it
// has counted. A Vault that fails costs no call: the process's own turns hold.
func (p *pacer) across(ctx context.Context, op string, vault providers.Vault, told func(string, time.Duration)) error {
	unlock, err := vault.Lock(ctx)
	if err != nil {
		return &providers.Error{Kind: providers.ErrUnreachable, Op: op, Err: err}
	}
	defer unlock()
	if noted, err := vault.Get(ctx, secretPaced); err == nil {
		nanos, _ := strconv.ParseInt(noted.Reveal(), 10, 64)
		// A note far ahead is one of another clock.
		if d := time.Until(time.Unix(0, nanos)); d > 0 && d <= p.gap {
			if err := sleep(ctx, op, d, told); err != nil {
				return err
			}
		}
	}
	next := time.Now().Add(p.gap).UnixNano()
	_ = vault.Set(ctx, secretPaced, secret.New(strconv.FormatInt(next, 10)))
	return nil
}

// sleep waits, and tells so.
func sleep(ctx context.Context, op string, d time.Duration, told func(string, time.Duration)) error {
	if d <= 0 {
		if ctx.Err() != nil {
			return &providers.Error{Kind: providers.ErrUnreachable, Op: op, Err: ctx.Err()}
		}
		return nil
	}
	end, bounded := ctx.Deadline()
	if d > pauseMost || bounded && time.Until(end) < d {
		return &providers.Error{
			Kind: providers.ErrTooFrequent, Op: op, Reason: "platform.wait_too_long", RetryAfter: d,
		}
	}
	return httpcall.Wait(ctx, op, d, told)
}
