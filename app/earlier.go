package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"cuelight/app/state"
	"cuelight/app/vault"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// keptItem holds, in the keyring, the earlier stream settings of OBS (they hold
// a key) and what Cuelight wrote last. It is one item because each one costs a
// round to the keyring in the middle of a one-click set-up.
const keptItem = "obs/kept"

// kept is what is in that item.
type kept struct {
	// earlier is the user's own service, sealed; empty when there is none.
	earlier secret.Text
	// written is what Cuelight wrote last: settings that are its own are not
	// kept as earlier ones.
	written providers.Ingest
}

// sealedKept is kept's form in the keyring.
type sealedKept struct {
	Earlier string `json:"earlier,omitempty"`
	Server  string `json:"server"`
	Key     string `json:"key"`
}

func (k kept) empty() bool { return k.earlier.Empty() && k.written.Key.Empty() }

// wrote reports whether settings of OBS are those Cuelight wrote last.
func (k kept) wrote(present obs.Service) bool {
	return !k.written.Key.Empty() && present.Matches(k.written.Server, k.written.Key)
}

// loadKept reads what is kept; nothing kept is no error.
func loadKept(ctx context.Context, v *vault.Vault) (kept, error) {
	value, err := v.Get(ctx, keptItem)
	if errors.Is(err, providers.ErrNoSecret) {
		return kept{}, nil
	}
	if err != nil {
		return kept{}, err
	}
	var sealed sealedKept
	if json.Unmarshal([]byte(value.Reveal()), &sealed) != nil {
		return kept{}, errors.New("not written by Cuelight") // the parser's error would quote it
	}
	return kept{
		earlier: secret.New(sealed.Earlier),
		written: providers.Ingest{Server: sealed.Server, Key: secret.New(sealed.Key)},
	}, nil
}

// store keeps it; an empty one is forgotten.
func (k kept) store(ctx context.Context, v *vault.Vault) error {
	if k.empty() {
		return v.Delete(ctx, keptItem)
	}
	value, err := json.Marshal(sealedKept{
		Earlier: k.earlier.Reveal(), Server: k.written.Server, Key: k.written.Key.Reveal(),
	})
	if err != nil {
		return err
	}
	return v.Set(ctx, keptItem, secret.New(string(value)))
}

// ErrNothingKept: there are no earlier settings of OBS to put back.
var ErrNothingKept = errors.New("no earlier OBS settings are kept")

// keepEarlier keeps what OBS is set to before the first write, and notes what
// is about to be written. Settings that Cuelight itself wrote earlier (another
// account's, or a key since reset) are not kept over the user's own. unkeep
// takes both back, for a write that changed nothing.
func (e *Engine) keepEarlier(ctx context.Context, present obs.Service, next providers.Ingest) (unkeep func(), err error) {
	before, err := loadKept(ctx, e.vault)
	if err != nil {
		return nil, fmt.Errorf("keep OBS's earlier settings: %w", err)
	}
	now := kept{earlier: before.earlier, written: next}
	if !before.wrote(present) {
		now.earlier = present.Seal()
	}
	if err := now.store(ctx, e.vault); err != nil {
		return nil, fmt.Errorf("keep OBS's earlier settings: %w", err)
	}
	e.emit(state.RestorableChanged{CanRestore: !now.earlier.Empty()})
	return func() { e.keepAgain(context.WithoutCancel(ctx), before) }, nil
}

// nothingWritten reports whether a failed write left OBS as it was: OBS itself
// refused it. Where only the answer or the reading back failed, nobody knows.
func nothingWritten(err error) bool {
	var refusal *obs.Error
	if !errors.As(err, &refusal) || refusal.Op != "SetStreamServiceSettings" {
		return false
	}
	switch refusal.Kind {
	case obs.ErrStreaming, obs.ErrRefused, obs.ErrNotReady, obs.ErrUnsupported, obs.ErrUsage:
		return true
	}
	return false
}

// keepAgain makes what is kept what it was.
func (e *Engine) keepAgain(ctx context.Context, before kept) {
	if err := before.store(ctx, e.vault); err != nil {
		e.log.Warn("take kept settings back", "err", err)
	}
	if before.earlier.Empty() {
		e.unmarkReal()
	}
	e.emit(state.RestorableChanged{CanRestore: !before.earlier.Empty()})
}

// Restore puts OBS's earlier stream settings back and forgets them.
func (e *Engine) Restore(ctx context.Context, tell Progress) error {
	ids := []state.StepID{state.StepOBS, state.StepWrite}
	return e.tasks.run(ctx, state.TaskRestore, tell, ids, func(ctx context.Context, s *steps) error {
		now, err := loadKept(ctx, e.vault)
		if err != nil {
			return fmt.Errorf("read OBS's earlier settings: %w", err)
		}
		if now.earlier.Empty() {
			return ErrNothingKept
		}
		earlier, err := obs.OpenService(now.earlier)
		if err != nil {
			return fmt.Errorf("read OBS's earlier settings: %w", err)
		}
		client, err := s.connect(ctx)
		if err != nil {
			return err
		}
		err = s.do(state.StepWrite, func() (string, error) {
			return earlier.Destination(), client.RestoreService(ctx, earlier)
		})
		if err != nil {
			return fmt.Errorf("put OBS's earlier settings back: %w", err)
		}
		e.forgetEarlier(ctx)
		e.compareService(earlier)
		return nil
	})
}

func (e *Engine) forgetEarlier(ctx context.Context) {
	if err := e.vault.Delete(ctx, keptItem); err != nil {
		e.log.Warn("forget kept settings", "err", err)
	}
	e.unmarkReal()
	e.emit(state.RestorableChanged{CanRestore: false})
}

func (e *Engine) showRestorable(ctx context.Context) {
	now, err := loadKept(ctx, e.vault)
	e.emit(state.RestorableChanged{CanRestore: err == nil && !now.earlier.Empty()})
}
