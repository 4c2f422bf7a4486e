package app

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"cuelight/app/destination"
	"cuelight/app/vault"
	"cuelight/obs"
)

func (e *Engine) newDestination() *destination.Destination {
	opt := destination.Options{
		Dir: e.dir, Ordinary: e.dir, Sandbox: e.opt.Sandbox, Vault: e.vault, OrdinaryVault: e.vault, SandboxVault: e.vault,
		Ingest: e.Stream.ingestOf, Emit: e.emit, Log: e.log,
	}
	if e.opt.Sandbox {
		opt.Ordinary = filepath.Dir(e.dir)
		opt.OrdinaryVault = e.otherVault(keyringService(opt.Ordinary, false))
	} else {
		opt.SandboxVault = e.otherVault(keyringService(filepath.Join(e.dir, "sandbox"), true))
	}
	return destination.New(opt)
}

// otherVault is the vault of the ordinary Cuelight seen from the sandbox, or the
// other way round: both may have changed the same OBS.
func (e *Engine) otherVault(service string) *vault.Vault {
	return vault.New(vault.Options{Keyring: e.opt.Keyring, Service: service, Locks: e.locks, Timeout: e.opt.KeyringTimeout, Log: e.log, Now: e.now})
}

// connection gives a live connection to OBS with who it is.
func (st *Stream) connection(ctx context.Context) (destination.Connection, error) {
	client, err := st.obs.Client(ctx)
	if err != nil {
		return destination.Connection{}, err
	}
	return st.connectionOf(client), nil
}

// connectionOf tells who a connection is to. The State knows of one OBS only,
// which may be another one by now.
func (st *Stream) connectionOf(client *obs.Client) destination.Connection {
	return destination.Connection{OBS: client, Address: client.Address(), Simulated: st.obs.Simulated(client)}
}

// tendOBSEvery is how often a key that waits is tried again without any news
// of OBS: the platform may not have been there to give it.
const tendOBSEvery = time.Minute

// wake lets the one that waits for a channel go on, now or as soon as it waits.
func wake(channel chan<- struct{}) {
	select {
	case channel <- struct{}{}:
	default: // it will anyway
	}
}

// tendOBS does what waited for OBS, one after another and beside the link: after
// each connection, each end of a stream and each change of what OBS holds.
func (st *Stream) tendOBS(ctx context.Context) {
	tick := time.NewTicker(tendOBSEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-st.obsWake:
		case <-tick.C:
			if !st.destination.Queued() {
				continue
			}
		}
		if client, ok := st.obs.Linked(); ok {
			st.tendOnce(ctx, st.connectionOf(client))
		}
	}
}

func (st *Stream) tendOnce(ctx context.Context, conn destination.Connection) {
	ctx, cancel := context.WithTimeout(ctx, refreshTimeout)
	defer cancel()
	st.recoverOBS(ctx, conn)
	if present, err := conn.Snapshot(ctx); err == nil {
		st.destination.Seen(ctx, conn, present)
	}
	written, err := st.flushQueued(ctx, conn)
	switch {
	case errors.Is(err, obs.ErrStreaming): // its end comes here again
	case err != nil:
		st.log.Warn("write the waiting key to OBS", "err", err)
	case written:
		st.notice("key_written", "", nil)
	}
}

// recoverOBS puts back an OBS that an earlier sandbox left pointing at itself.
func (st *Stream) recoverOBS(ctx context.Context, conn destination.Connection) {
	done, err := st.destination.Recover(ctx, conn)
	if err != nil {
		st.log.Warn("put OBS back after the sandbox", "err", err)
	}
	if done {
		st.notice("sandbox_put_back", conn.Address, nil)
	}
}

// recoverDialed is recoverOBS for a connection that a command has just dialed.
func (st *Stream) recoverDialed(ctx context.Context, client *obs.Client, address string) {
	st.recoverOBS(ctx, destination.Connection{OBS: client, Address: address})
}

// endRehearsalTimeout bounds putting OBS back at the end of the sandbox.
const endRehearsalTimeout = 15 * time.Second

// endRehearsal puts a real OBS back when the sandbox's window has closed.
func (st *Stream) endRehearsal() {
	if st.sandbox == nil || !st.interactive.Load() || !st.destination.Rehearsed() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), endRehearsalTimeout)
	defer cancel()
	place, err := st.obs.Find(ctx)
	if err != nil || place.Simulated {
		return
	}
	client, err := obs.Dial(ctx, place.Endpoint)
	if err != nil {
		return // the next start finds the mark
	}
	defer client.Close()
	conn := destination.Connection{OBS: client, Address: place.Endpoint.Address()}
	if _, err := st.destination.EndRehearsal(ctx, conn); err != nil {
		st.log.Warn("put OBS back after the sandbox", "err", err)
	}
}
