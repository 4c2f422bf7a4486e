package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// The earlier stream settings of OBS, in the keyring: they hold a key.
const (
	earlierItem = "obs/earlier"
	// writtenItem is what Cuelight wrote last: settings that are its own are
	// not kept as "earlier" ones.
	writtenItem = "obs/written"
)

// ErrNothingKept: there are no earlier settings of OBS to put back.
var ErrNothingKept = errors.New("no earlier OBS settings are kept")

// keepEarlier keeps what OBS is set to before the first write, and notes what
// is about to be written. Settings that Cuelight itself wrote earlier (another
// account's, or a key since reset) are not kept over the user's own. unkeep
// takes both back, for a write that changed nothing.
func (e *Engine) keepEarlier(ctx context.Context, present obs.Service, next providers.Ingest) (unkeep func(), err error) {
	own, err := e.wroteIt(ctx, present)
	if err != nil {
		return nil, fmt.Errorf("keep OBS's earlier settings: %w", err)
	}
	before := e.keptNow(ctx)
	if !own {
		if err := e.vault.set(ctx, earlierItem, present.Seal()); err != nil {
			return nil, fmt.Errorf("keep OBS's earlier settings: %w", err)
		}
	}
	if err := e.vault.set(ctx, writtenItem, sealIngest(next)); err != nil {
		return nil, fmt.Errorf("note what is written to OBS: %w", err)
	}
	e.showRestorable(ctx)
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

// keptNow gives the kept items there are.
func (e *Engine) keptNow(ctx context.Context) map[string]secret.Text {
	kept := make(map[string]secret.Text)
	for _, item := range []string{earlierItem, writtenItem} {
		if value, err := e.vault.get(ctx, item); err == nil {
			kept[item] = value
		}
	}
	return kept
}

// keepAgain makes the kept items what they were.
func (e *Engine) keepAgain(ctx context.Context, kept map[string]secret.Text) {
	for _, item := range []string{earlierItem, writtenItem} {
		take := func() error { return e.vault.delete(ctx, item) }
		if value, was := kept[item]; was {
			take = func() error { return e.vault.set(ctx, item, value) }
		}
		if err := take(); err != nil {
			e.log.Warn("take kept settings back", "item", item, "err", err)
		}
	}
	if _, was := kept[earlierItem]; !was {
		e.unmarkReal()
	}
	e.showRestorable(ctx)
}

func (e *Engine) wroteIt(ctx context.Context, present obs.Service) (bool, error) {
	written, err := e.vault.get(ctx, writtenItem)
	if errors.Is(err, providers.ErrNoSecret) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	ingest := openIngest(written)
	return present.Matches(ingest.Server, ingest.Key), nil
}

// Restore puts OBS's earlier stream settings back and forgets them.
func (e *Engine) Restore(ctx context.Context, tell Progress) error {
	ids := []StepID{StepOBS, StepWrite}
	return e.run(ctx, TaskRestore, tell, ids, func(ctx context.Context, s *steps) error {
		sealed, err := e.vault.get(ctx, earlierItem)
		if errors.Is(err, providers.ErrNoSecret) {
			return ErrNothingKept
		}
		if err != nil {
			return fmt.Errorf("read OBS's earlier settings: %w", err)
		}
		earlier, err := obs.OpenService(sealed)
		if err != nil {
			return fmt.Errorf("read OBS's earlier settings: %w", err)
		}
		var client *obs.Client
		err = s.do(StepOBS, func() (_ string, err error) {
			client, err = e.obs.get(ctx)
			return e.State().OBS.Version, err
		})
		if err != nil {
			return err
		}
		err = s.do(StepWrite, func() (string, error) {
			return placeOf(earlier), client.RestoreService(ctx, earlier)
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
	for _, item := range []string{earlierItem, writtenItem} {
		if err := e.vault.delete(ctx, item); err != nil {
			e.log.Warn("forget kept settings", "item", item, "err", err)
		}
	}
	e.unmarkReal()
	e.showRestorable(ctx)
}

func (e *Engine) showRestorable(ctx context.Context) {
	_, err := e.vault.get(ctx, earlierItem)
	e.emit(evRestorable{can: err == nil})
}

// sealIngest packs server and key for the keyring; a newline is in neither.
func sealIngest(i providers.Ingest) secret.Text {
	return secret.New(i.Server + "\n" + i.Key.Reveal())
}

func openIngest(t secret.Text) providers.Ingest {
	server, key, _ := strings.Cut(t.Reveal(), "\n")
	return providers.Ingest{Server: server, Key: secret.New(key)}
}
