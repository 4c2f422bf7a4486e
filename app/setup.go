package app

import (
	"context"
	"errors"
	"fmt"

	"cuelight/app/config"
	"cuelight/app/destination"
	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/obs"
	"cuelight/providers"
)

// SetUpResult is what a one-click set-up did.
type SetUpResult struct {
	// Server is the RTMP server that OBS holds now.
	Server string
	// Changed is false when OBS held the account's server and key already.
	Changed bool
	// Kept tells that earlier settings were kept and can be put back.
	Kept bool
	// User is whose stream key it is, as far as the platform tells.
	User providers.Identity
}

// SetUp points OBS at the account in use: it asks the platform for server and
// key, keeps what OBS was set to, writes, reads back and compares.
func (st *Stream) SetUp(ctx context.Context, tell task.Progress) (SetUpResult, error) {
	var result SetUpResult
	ids := []state.StepID{state.StepIngest, state.StepOBS, state.StepKeep, state.StepWrite, state.StepVerify}
	err := st.tasks.Run(ctx, state.TaskSetUp, tell, ids, func(ctx context.Context, s *task.Steps) (err error) {
		result, err = st.setUp(ctx, s)
		return err
	})
	return result, err
}

func (st *Stream) setUp(ctx context.Context, s *task.Steps) (SetUpResult, error) {
	// OBS is connected to while the platform is asked: two waits in one.
	connected := make(chan struct{})
	go func() {
		defer close(connected)
		_, _ = st.obs.Client(ctx) // its outcome is StepOBS's
	}()
	defer func() { <-connected }()
	account, session, err := st.current()
	if err != nil {
		s.Put(state.Step{ID: state.StepIngest, State: state.StepFailed, Err: err})
		return SetUpResult{}, err
	}
	var ingest providers.Ingest
	unlock := func() {}
	err = s.Do(state.StepIngest, func() (_ string, err error) {
		if unlock, err = st.destination.LockKey(ctx, account.Name); err != nil {
			return "", err
		}
		ingest, err = st.ingestOf(ctx, account.Name)
		return ingest.DisplayServer(), err
	})
	defer func() { unlock() }()
	if err != nil {
		return SetUpResult{}, err
	}
	client, err := s.Connect(ctx)
	if err != nil {
		return SetUpResult{}, err
	}
	result, err := st.pointAt(ctx, s, st.connectionOf(client), account, ingest)
	if err == nil {
		result.User = st.Accounts.userOf(ctx, account, session)
	}
	return result, err
}

// pointAt writes an account's ingest to OBS, and shows what OBS holds then.
func (st *Stream) pointAt(ctx context.Context, s *task.Steps, conn destination.Connection, account providers.Account, ingest providers.Ingest) (SetUpResult, error) {
	done, err := st.destination.SetUp(ctx, conn, account.Name, ingest, s.Put)
	result := SetUpResult{Server: ingest.DisplayServer(), Changed: done.Changed, Kept: done.Kept}
	if err != nil {
		if done.Present.Profile != "" {
			st.compareService(done.Present.Service) // also shown where the write is refused
		}
		return result, fmt.Errorf("point OBS at the platform: %w", err)
	}
	server := ingest.DisplayServer()
	if !done.Changed {
		server = done.Present.Service.DisplayServer()
	}
	st.emit(state.ServiceRead{Account: account.Name, Channel: account.Channel, Server: server, Match: state.MatchYes})
	return result, nil
}

// Restore puts back what OBS was set to before Cuelight came, in the profile in
// use. Where OBS was set to something else since, the error is a
// *destination.ChangedError and nothing is written, unless overwrite is asked
// for: then what OBS holds is kept in its place.
//
// Where nothing is kept of that profile but of others, the error is a
// *destination.MovedError; RestoreFrom takes what is kept of one of them.
func (st *Stream) Restore(ctx context.Context, overwrite bool, tell task.Progress) error {
	return st.RestoreFrom(ctx, destination.Origin{}, overwrite, tell)
}

// RestoreFrom is Restore with what is kept of another OBS or profile, which the user
// has chosen, see destination.RestoreFrom.
func (st *Stream) RestoreFrom(ctx context.Context, origin destination.Origin, overwrite bool, tell task.Progress) error {
	ids := []state.StepID{state.StepOBS, state.StepWrite}
	return st.tasks.Run(ctx, state.TaskRestore, tell, ids, func(ctx context.Context, s *task.Steps) error {
		client, err := s.Connect(ctx)
		if err != nil {
			return err
		}
		var earlier obs.Service
		err = s.Do(state.StepWrite, func() (_ string, err error) {
			earlier, err = st.destination.RestoreFrom(ctx, st.connectionOf(client), origin, overwrite)
			return earlier.Place(), err
		})
		if err != nil {
			return fmt.Errorf("put OBS's earlier settings back: %w", err)
		}
		st.compareService(earlier)
		return nil
	})
}

// ingestOf asks the platform for an account's server and key, and takes the
// broadcast's settings along where they come in the same answer.
func (st *Stream) ingestOf(ctx context.Context, name string) (providers.Ingest, error) {
	account, ok := st.config.Config().Account(name)
	if !ok {
		return providers.Ingest{}, fmt.Errorf("%q: %w", name, config.ErrUnknownAccount)
	}
	session, err := st.sessions.Session(account)
	if err != nil {
		return providers.Ingest{}, err
	}
	if _, err := sessions.Require[providers.Ingester](session, "get the stream key"); err != nil {
		return providers.Ingest{}, err
	}
	ingest, broadcast, err := st.fetch(ctx, account, session)
	if err != nil {
		st.signInLost(name, err)
		return providers.Ingest{}, fmt.Errorf("get the RTMP server and stream key: %w", err)
	}
	if name == st.config.Config().Current {
		st.emit(state.SignInChanged{Account: account.Name, State: state.SignedIn},
			state.BroadcastRead{Account: account.Name, Channel: account.Channel, Confirmed: broadcast, At: st.now()})
	}
	return ingest, nil
}

// checkService reads what OBS is set to and compares it with the account.
func (st *Stream) checkService(ctx context.Context) error {
	conn, err := st.connection(ctx)
	if err != nil {
		return err
	}
	present, err := conn.Snapshot(ctx)
	if err != nil {
		return err
	}
	st.compareService(present.Service)
	st.destination.Seen(ctx, conn, present)
	return nil
}

// compareService shows whether OBS points at the account in use, as far as the
// platform's answer is known.
func (st *Stream) compareService(present obs.Service) {
	account, _ := st.config.Config().InUse()
	ingest, known := st.sessions.Ingest(account)
	match := state.MatchUnknown
	if known {
		match = state.MatchNo
		if present.Matches(ingest.Server, ingest.Key) {
			match = state.MatchYes
		}
	}
	st.emit(state.ServiceRead{Account: account.Name, Channel: account.Channel, Server: present.DisplayServer(), Name: present.Name, Match: match})
}

// flushQueued writes the keys that wait for the OBS and profile in use.
func (st *Stream) flushQueued(ctx context.Context, conn destination.Connection) (written bool, err error) {
	done, err := st.destination.Flush(ctx, conn)
	st.showFlushed(done, err)
	return done.Written, err
}

// showFlushed shows where OBS points after a key that waited was written, or
// was not because OBS had been pointed elsewhere.
func (st *Stream) showFlushed(done destination.Flushed, err error) {
	if done.Written || errors.Is(err, destination.ErrChangedSince) && !done.Service.Empty() {
		st.compareService(done.Service)
	}
}
