package app

import (
	"context"

	"cuelight/app/sessions"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// ask puts one question to the platform for the account in use: it finds what
// the session can do, and notices a lost sign-in.
func ask[T, R any](ctx context.Context, e *Engine, what string, fn func(context.Context, T) (R, error)) (R, error) {
	var none R
	_, session, err := e.current()
	if err != nil {
		return none, err
	}
	can, err := sessions.Require[T](session, what)
	if err != nil {
		return none, err
	}
	answer, err := fn(ctx, can)
	e.signInLost(err)
	return answer, err
}

// Directory gives one page of who is live.
func (e *Engine) Directory(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
	return ask(ctx, e, "list live broadcasts", func(ctx context.Context, d providers.Directory) (providers.DirectoryPage, error) {
		return d.Directory(ctx, q)
	})
}

// Languages gives the broadcast languages, code to name.
func (e *Engine) Languages(ctx context.Context) (map[string]string, error) {
	return ask(ctx, e, "list languages", func(ctx context.Context, d providers.Directory) (map[string]string, error) {
		return d.Languages(ctx)
	})
}

// Overlay gives the address of an overlay; it works like a password.
func (e *Engine) Overlay(ctx context.Context, kind, device string) (secret.Text, error) {
	return ask(ctx, e, "get the overlay", func(ctx context.Context, o providers.Overlays) (secret.Text, error) {
		return o.Overlay(ctx, kind, device)
	})
}

// FilterKinds gives the kinds of filters that the account in use has.
func (e *Engine) FilterKinds() []string {
	kinds, err := ask(context.Background(), e, "list filters", func(_ context.Context, f providers.Filters) ([]string, error) {
		return f.FilterKinds(), nil
	})
	if err != nil {
		return nil
	}
	return kinds
}

// Filters lists the entries of one kind.
func (e *Engine) Filters(ctx context.Context, kind string) ([]providers.Filter, error) {
	return ask(ctx, e, "list filters", func(ctx context.Context, f providers.Filters) ([]providers.Filter, error) {
		return f.Filters(ctx, kind)
	})
}

// PutFilter adds an entry, or changes the reason of one.
func (e *Engine) PutFilter(ctx context.Context, kind, value, reason string) error {
	_, err := ask(ctx, e, "add a filter", func(ctx context.Context, f providers.Filters) (struct{}, error) {
		return struct{}{}, f.PutFilter(ctx, kind, value, reason)
	})
	return err
}

// RemoveFilter removes an entry.
func (e *Engine) RemoveFilter(ctx context.Context, kind, value string) error {
	_, err := ask(ctx, e, "remove a filter", func(ctx context.Context, f providers.Filters) (struct{}, error) {
		return struct{}{}, f.RemoveFilter(ctx, kind, value)
	})
	return err
}

// Embed turns the address of a video into HTML. A width or height of 0 means
// the platform's usual one.
func (e *Engine) Embed(ctx context.Context, address string, width, height int) (providers.Embed, error) {
	return ask(ctx, e, "embed a video", func(ctx context.Context, em providers.Embeds) (providers.Embed, error) {
		return em.Embed(ctx, address, width, height)
	})
}

// Station gives the user's home on the platform.
func (e *Engine) Station(ctx context.Context) (providers.Station, error) {
	return ask(ctx, e, "read the station", func(ctx context.Context, s providers.StationInfo) (providers.Station, error) {
		return s.Station(ctx)
	})
}
