// Package sessions owns the open sessions of the accounts, one for each, and
// what the platform last said about where to send: both belong to an account
// for as long as its settings stay the same.
package sessions

import (
	"errors"
	"log/slog"
	"maps"
	"reflect"
	"sync"

	"cuelight/providers"
)

// ErrClosed: the pool was closed; no session is opened any more.
var ErrClosed = errors.New("no sessions are opened any more")

// Pool opens sessions and keeps them. Its methods may be called from any
// goroutine, and none of them waits for a session's end but Close.
type Pool struct {
	open func(providers.Account) (providers.Session, error)
	log  *slog.Logger

	// mu guards all below. Nothing is opened or closed under it: both may wait
	// for a refresh of a token.
	mu      sync.Mutex
	entries map[string]*entry
	ingests map[channel]providers.Ingest
	closed  bool

	// closing are sessions that nobody uses any more and that still end.
	closing sync.WaitGroup
}

// entry is the session of an account, being opened until ready is closed.
type entry struct {
	account providers.Account
	ready   chan struct{}
	session providers.Session
	err     error
}

// NewPool makes a Pool that opens sessions with open, which is called for an
// account once at a time.
func NewPool(open func(providers.Account) (providers.Session, error), log *slog.Logger) *Pool {
	return &Pool{
		open: open, log: log,
		entries: make(map[string]*entry), ingests: make(map[channel]providers.Ingest),
	}
}

// Session gives the session of an account. It is opened where there is none, or
// where the account's settings are others than those it was opened with.
func (p *Pool) Session(account providers.Account) (providers.Session, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, ErrClosed
	}
	if known, ok := p.entries[account.Name]; ok {
		if sameSettings(known.account, account) {
			p.mu.Unlock()
			<-known.ready
			return known.session, known.err
		}
		p.retire(known)
	}
	mine := &entry{account: account, ready: make(chan struct{})}
	p.entries[account.Name] = mine
	p.mu.Unlock()

	mine.session, mine.err = p.open(account)
	close(mine.ready)
	if mine.err != nil {
		p.forget(mine)
	}
	return mine.session, mine.err
}

// sameSettings reports whether a session of one account serves the other: whom it
// belongs to is learned from the session and changes nothing about it.
func sameSettings(a, b providers.Account) bool {
	a.UserID, b.UserID = "", ""
	return reflect.DeepEqual(a, b)
}

// forget takes an entry out whose session could not be opened, so that the next
// call tries again.
func (p *Pool) forget(failed *entry) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.entries[failed.account.Name] == failed {
		delete(p.entries, failed.account.Name)
	}
}

// Drop ends the session of an account, and forgets what the platform last said
// about where it sends. It does not wait for the end.
func (p *Pool) Drop(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.entries[name]; ok {
		delete(p.entries, name)
		p.retire(known)
	}
	p.forgetIngests(name)
}

// retire ends a session beside whoever asked for that. mu is held.
func (p *Pool) retire(old *entry) {
	p.closing.Go(func() {
		<-old.ready
		if old.err != nil {
			return
		}
		if err := old.session.Close(); err != nil {
			p.log.Warn("close a session", "account", old.account.Name, "err", err)
		}
	})
}

// channel is a channel or room of an account; Key is empty where the platform has
// one for each account.
type channel struct{ Account, Key string }

func channelOf(a providers.Account) channel { return channel{Account: a.Name, Key: a.Channel} }

// Ingest gives what the platform last said about where an account sends, in the
// channel that the account says.
func (p *Pool) Ingest(account providers.Account) (ingest providers.Ingest, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ingest, known = p.ingests[channelOf(account)]
	return ingest, known
}

// KeepIngest remembers what the platform said about where an account sends, in
// the channel that the account said when it was asked.
func (p *Pool) KeepIngest(account providers.Account, ingest providers.Ingest) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ingests[channelOf(account)] = ingest
}

// ForgetIngest: what the platform last said of an account's channels does not
// hold any more.
func (p *Pool) ForgetIngest(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forgetIngests(name)
}

// forgetIngests is ForgetIngest; mu is held.
func (p *Pool) forgetIngests(name string) {
	maps.DeleteFunc(p.ingests, func(of channel, _ providers.Ingest) bool { return of.Account == name })
}

// Close ends all sessions and waits until they have ended, also those dropped
// before. Each of them bounds how long it takes.
func (p *Pool) Close() error {
	p.mu.Lock()
	p.closed = true
	left := p.entries
	p.entries = make(map[string]*entry)
	p.mu.Unlock()

	errs := make(chan error, len(left))
	var work sync.WaitGroup
	for _, known := range left {
		work.Go(func() {
			<-known.ready
			if known.err == nil {
				errs <- known.session.Close()
			}
		})
	}
	work.Wait()
	close(errs)
	var all error
	for err := range errs {
		all = errors.Join(all, err)
	}
	p.closing.Wait()
	return all
}
