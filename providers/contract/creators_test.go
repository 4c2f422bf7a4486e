package contract

import (
	"errors"
	"testing"

	"cuelight/providers"
)

// several finds a channel with several creators, and opens sessions of it.
func (w *world) several(s providers.Session) func() providers.Session {
	w.t.Helper()
	for query := (providers.ChannelQuery{Page: 1, PerPage: 100}); ; {
		page, err := s.(providers.Channels).Channels(w.t.Context(), query)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, channel := range page.Channels {
			account := w.platform.account(w).Account
			account.Channel = channel.Key
			open := func() providers.Session { return w.openWith(w.vault, account) }
			all, err := open().(providers.Creators).Creators(w.t.Context())
			if err != nil {
				w.t.Fatal(err)
			}
			if len(all) > 1 && all[0].HasKey {
				return open
			}
		}
		if page.Next == "" {
			w.t.Fatal("no channel has several creators")
		}
		query.Cursor = page.Next
	}
}

func TestNoCreatorIsTakenSilentlyAndTheChosenOneIsRemembered(t *testing.T) {
	with(t, func(w *world, s providers.Creators) {
		ctx, open := w.t.Context(), w.several(s.(providers.Session))
		here := open()
		all, err := here.(providers.Creators).Creators(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := here.(providers.Ingester).Ingest(ctx); failure(err).Reason != "creator.choose" || !errors.Is(err, providers.ErrUsage) {
			w.t.Errorf("nobody chosen: %v", err)
		}
		err = here.(providers.Creators).UseCreator(ctx, "nobody of this name")
		if failure(err).Reason != "creator.unknown" || !errors.Is(err, providers.ErrUsage) {
			w.t.Errorf("a creator that is none: %v", err)
		}
		keys := map[string]bool{}
		for _, one := range all {
			if one.Chosen || one.Name == "" {
				w.t.Errorf("before anybody was chosen: %+v", one)
			}
			if err := here.(providers.Creators).UseCreator(ctx, one.Name); err != nil {
				w.t.Fatal(err)
			}
			got, err := open().(providers.Ingester).Ingest(ctx) // in another process
			if err != nil {
				w.t.Fatal(err)
			}
			keys[got.Key.Reveal()] = true
		}
		if len(keys) != len(all) {
			w.t.Errorf("%d creators have %d keys", len(all), len(keys))
		}
	})
}
