package app

import (
	"context"

	"cuelight/app/sessions"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// ask puts one question to the platform for the account in use: it finds what
// the session can do, and notices a lost sign-in.
func ask[T, R any](ctx context.Context, c *core, what string, fn func(context.Context, T) (R, error)) (R, error) {
	var none R
	account, session, err := c.current()
	if err != nil {
		return none, err
	}
	can, err := sessions.Require[T](session, what)
	if err != nil {
		return none, err
	}
	answer, err := fn(ctx, can)
	c.signInLost(account.Name, err)
	return answer, err
}

// Directory gives one page of who is live.
func (f *Features) Directory(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
	return ask(ctx, f.core, "list live broadcasts", func(ctx context.Context, d providers.Directory) (providers.DirectoryPage, error) {
		return d.Directory(ctx, q)
	})
}

// Languages gives the broadcast languages, code to name.
func (f *Features) Languages(ctx context.Context) (map[string]string, error) {
	return ask(ctx, f.core, "list languages", func(ctx context.Context, d providers.Directory) (map[string]string, error) {
		return d.Languages(ctx)
	})
}

// Overlay gives the address of an overlay; it works like a password.
func (f *Features) Overlay(ctx context.Context, kind, device string) (secret.Text, error) {
	return ask(ctx, f.core, "get the overlay", func(ctx context.Context, o providers.Overlays) (secret.Text, error) {
		return o.Overlay(ctx, kind, device)
	})
}

// FilterKinds gives the kinds of filters that the account in use has.
func (f *Features) FilterKinds() []string {
	_, session, err := f.current()
	if err != nil {
		return nil
	}
	can, ok := session.(providers.Filters)
	if !ok {
		return nil
	}
	return can.FilterKinds()
}

// Filters lists the entries of one kind.
func (f *Features) Filters(ctx context.Context, kind string) ([]providers.Filter, error) {
	return ask(ctx, f.core, "list filters", func(ctx context.Context, f providers.Filters) ([]providers.Filter, error) {
		return f.Filters(ctx, kind)
	})
}

// PutFilter adds an entry, or changes the reason of one.
func (f *Features) PutFilter(ctx context.Context, kind, value, reason string) error {
	_, err := ask(ctx, f.core, "add a filter", func(ctx context.Context, f providers.Filters) (struct{}, error) {
		return struct{}{}, f.PutFilter(ctx, kind, value, reason)
	})
	return err
}

// RemoveFilter removes an entry.
func (f *Features) RemoveFilter(ctx context.Context, kind, value string) error {
	_, err := ask(ctx, f.core, "remove a filter", func(ctx context.Context, f providers.Filters) (struct{}, error) {
		return struct{}{}, f.RemoveFilter(ctx, kind, value)
	})
	return err
}

// Embed turns the address of a video into HTML. A width or height of 0 means
// the platform's usual one.
func (f *Features) Embed(ctx context.Context, address string, width, height int) (providers.Embed, error) {
	return ask(ctx, f.core, "embed a video", func(ctx context.Context, em providers.Embeds) (providers.Embed, error) {
		return em.Embed(ctx, address, width, height)
	})
}

// Station gives the user's home on the platform.
func (f *Features) Station(ctx context.Context) (providers.Station, error) {
	return ask(ctx, f.core, "read the station", func(ctx context.Context, s providers.StationInfo) (providers.Station, error) {
		return s.Station(ctx)
	})
}
