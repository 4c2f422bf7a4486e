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
	// callInterval is the time between the beginnings of two calls. At most one call a
	// second and 60 a minute are allowed (document, 유의 사항); the tenth above a
	// second is for calls that travel slower than the one after them.
	callInterval = 1100 * time.Millisecond
	// serviceInterval is the second itself.
	serviceInterval = time.Second
	// defaultPause is the pause after a 429 without Retry-After.
	defaultPause = 30 * time.Second
	// maxWait is the longest wait; a longer one fails at once.
	maxWait = 2 * time.Minute
	// secretNextCall is the name in the Vault of when the next call may begin, in
	// nanoseconds since 1970. The Vault is what the processes share.
	secretNextCall = "paced"
)

// limiters are the rate limiters of all service accounts, shared by all sessions.
type limiters struct {
	interval  time.Duration
	mu        sync.Mutex // guards byAccount
	byAccount map[string]*limiter
}

func newLimiters(gap time.Duration) *limiters {
	return &limiters{interval: gap, byAccount: map[string]*limiter{}}
}

func (p *limiters) forAccount(root string) *limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byAccount[root] == nil {
		p.byAccount[root] = &limiter{interval: p.interval, rate: rate.NewLimiter(rate.Every(p.interval), 1)}
	}
	return p.byAccount[root]
}

// limiter is the rate limiter of one service account: calls begin at least an
// interval apart, in the order in which they asked.
type limiter struct {
	interval time.Duration
	rate     *rate.Limiter

	mu sync.Mutex // guards pausedUntil
	// pausedUntil is when the service accepts calls again after a 429.
	pausedUntil time.Time
}

// pauseFor delays all calls for d; zero means defaultPause.
func (p *limiter) pauseFor(d time.Duration) {
	if d <= 0 {
		d = defaultPause
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := time.Now().Add(d); until.After(p.pausedUntil) {
		p.pausedUntil = until
	}
}

func (p *limiter) pauseLeft() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.pausedUntil)
}

// wait waits until a call may begin as far as this process is concerned. Where
// ctx would end first, it fails at once and says how long the wait would be.
func (p *limiter) wait(ctx context.Context, op string, told func(string, time.Duration)) error {
	for {
		if err := waitTurn(ctx, op, p.pauseLeft(), told); err != nil {
			return err
		}
		turn := p.rate.Reserve()
		if err := waitTurn(ctx, op, turn.Delay(), told); err != nil {
			turn.Cancel()
			return err
		}
		// A pause that began meanwhile ends for all waiting calls at the same
		// moment: each has to reserve again.
		if p.pauseLeft() <= 0 {
			return nil
		}
	}
}

// waitAcrossProcesses waits until a call may begin among the processes that share
// the Vault, and reserves the next interval. The time is stored before the call,
// so that a process that dies in it has counted. Where the Vault fails, the call
// is made all the same: the limit within the process still holds.
func (p *limiter) waitAcrossProcesses(ctx context.Context, op string, vault providers.Vault, told func(string, time.Duration)) error {
	unlock, err := vault.Lock(ctx)
	if err != nil {
		return &providers.Error{Kind: providers.ErrUnreachable, Op: op, Err: err}
	}
	defer unlock()
	if noted, err := vault.Get(ctx, secretNextCall); err == nil {
		nanos, _ := strconv.ParseInt(noted.Reveal(), 10, 64)
		// A time further ahead comes from a clock that was wrong.
		if d := time.Until(time.Unix(0, nanos)); d > 0 && d <= p.interval {
			if err := waitTurn(ctx, op, d, told); err != nil {
				return err
			}
		}
	}
	next := time.Now().Add(p.interval).UnixNano()
	_ = vault.Set(ctx, secretNextCall, secret.New(strconv.FormatInt(next, 10)))
	return nil
}

// answered makes up for a call that travelled for longer than the tenth above a
// second: the service may have counted it as late as its answer came. The Vault
// is not locked for it, because others wait for their turn under that lock; who
// is waiting already keeps the earlier time.
func (p *limiter) answered(ctx context.Context, began time.Time, vault providers.Vault) {
	if time.Since(began) <= p.interval-serviceInterval {
		return
	}
	p.pauseFor(serviceInterval)
	next := time.Now().Add(serviceInterval).UnixNano()
	noted, err := vault.Get(ctx, secretNextCall)
	if nanos, parseErr := strconv.ParseInt(noted.Reveal(), 10, 64); err == nil && parseErr == nil && nanos >= next {
		return
	}
	_ = vault.Set(ctx, secretNextCall, secret.New(strconv.FormatInt(next, 10)))
}

// waitTurn waits for d and reports it to onWait.
func waitTurn(ctx context.Context, op string, d time.Duration, told func(string, time.Duration)) error {
	if d <= 0 {
		if ctx.Err() != nil {
			return &providers.Error{Kind: providers.ErrUnreachable, Op: op, Err: ctx.Err()}
		}
		return nil
	}
	end, bounded := ctx.Deadline()
	if d > maxWait || bounded && time.Until(end) < d {
		return &providers.Error{
			Kind: providers.ErrTooFrequent, Op: op, Reason: "platform.wait_too_long", RetryAfter: d,
		}
	}
	return httpcall.Wait(ctx, op, d, told)
}
