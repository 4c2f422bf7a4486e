package app

import (
	"context"
	"errors"
	"fmt"

	"cuelight/app/sessions"
	"cuelight/app/state"
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
}

// SetUp points OBS at the account in use: it asks the platform for server and
// key, keeps what OBS was set to, writes, reads back and compares.
func (e *Engine) SetUp(ctx context.Context, tell Progress) (SetUpResult, error) {
	var result SetUpResult
	ids := []state.StepID{state.StepIngest, state.StepOBS, state.StepKeep, state.StepWrite, state.StepVerify}
	err := e.tasks.run(ctx, state.TaskSetUp, tell, ids, func(ctx context.Context, s *steps) (err error) {
		result, err = e.setUp(ctx, s)
		return err
	})
	return result, err
}

func (e *Engine) setUp(ctx context.Context, s *steps) (SetUpResult, error) {
	var result SetUpResult
	var ingest providers.Ingest
	var client *obs.Client
	// OBS is connected to while the platform is asked: two waits in one.
	connected := make(chan struct{})
	go func() {
		defer close(connected)
		_, _ = e.obs.Client(ctx) // its outcome is StepOBS's
	}()
	defer func() { <-connected }()
	err := s.do(state.StepIngest, func() (detail string, err error) {
		ingest, err = e.freshIngest(ctx)
		return ingest.Server, err
	})
	if err != nil {
		return result, err
	}
	client, err = s.connect(ctx)
	if err != nil {
		return result, err
	}
	result.Server = ingest.Server
	present, err := client.Service(ctx)
	if err != nil {
		s.put(state.Step{ID: state.StepKeep, State: state.StepFailed, Err: err})
		return result, fmt.Errorf("read OBS's stream settings: %w", err)
	}
	e.compareService(present) // also shown where the write is refused
	if present.Matches(ingest.Server, ingest.Key) {
		s.put(state.Step{ID: state.StepKeep, State: state.StepSkipped})
		s.put(state.Step{ID: state.StepWrite, State: state.StepSkipped})
		s.put(state.Step{ID: state.StepVerify, State: state.StepDone, Detail: ingest.Server})
		e.emit(state.ServiceRead{Server: present.DisplayServer(), Match: state.MatchYes})
		return result, nil
	}
	var unkeep func()
	err = s.do(state.StepKeep, func() (_ string, err error) {
		unkeep, err = e.keepEarlier(ctx, present, ingest)
		return "", errors.Join(err, e.markReal())
	})
	if err != nil {
		return result, err
	}
	// SetService reads back and compares, so that the last two steps are one
	// call; a mismatch is told from a refusal by its kind.
	s.put(state.Step{ID: state.StepWrite, State: state.StepRunning})
	if err := client.SetService(ctx, ingest.Server, ingest.Key); err != nil {
		failed := state.StepWrite
		if nothingWritten(err) {
			unkeep()
		}
		if errors.Is(err, obs.ErrMismatch) {
			s.put(state.Step{ID: state.StepWrite, State: state.StepDone})
			failed = state.StepVerify
		}
		s.put(state.Step{ID: failed, State: state.StepFailed, Err: err})
		return result, fmt.Errorf("point OBS at the platform: %w", err)
	}
	s.put(state.Step{ID: state.StepWrite, State: state.StepDone, Detail: ingest.Server})
	s.put(state.Step{ID: state.StepVerify, State: state.StepDone, Detail: ingest.Server})
	result.Changed, result.Kept = true, true
	e.queueWrite("")
	e.emit(state.ServiceRead{Server: ingest.Server, Match: state.MatchYes})
	return result, nil
}

// freshIngest asks the platform for server and key, and takes the broadcast's
// settings along where they come in the same answer.
func (e *Engine) freshIngest(ctx context.Context) (providers.Ingest, error) {
	account, session, err := e.current()
	if err != nil {
		return providers.Ingest{}, err
	}
	if _, err := sessions.Require[providers.Ingester](session, "get the stream key"); err != nil {
		return providers.Ingest{}, err
	}
	ingest, broadcast, err := e.fetch(ctx, account, session)
	if err != nil {
		e.signInLost(err)
		return providers.Ingest{}, fmt.Errorf("get the RTMP server and stream key: %w", err)
	}
	e.emit(state.SignInChanged{State: state.SignedIn},
		state.BroadcastRead{Account: account.Name, Confirmed: broadcast, At: e.now()})
	return ingest, nil
}

// checkService reads what OBS is set to and compares it with the account.
func (e *Engine) checkService(ctx context.Context) {
	if present, err := e.presentService(ctx); err == nil {
		e.compareService(present)
	}
}

// presentService asks OBS what it points at.
func (e *Engine) presentService(ctx context.Context) (obs.Service, error) {
	client, err := e.obs.Client(ctx)
	if err != nil {
		return obs.Service{}, err
	}
	return client.Service(ctx)
}

// compareService shows whether OBS points at the account in use, as far as the
// platform's answer is known.
func (e *Engine) compareService(present obs.Service) {
	ingest, known := e.sessions.Ingest(e.Config().Current)
	match := state.MatchUnknown
	if known {
		match = state.MatchNo
		if present.Matches(ingest.Server, ingest.Key) {
			match = state.MatchYes
		}
	}
	e.emit(state.ServiceRead{Server: present.DisplayServer(), Name: present.Name, Match: match})
}
