package sessions

import (
	"context"

	"cuelight/app/state"
	"cuelight/providers"
)

// Capabilities tells what a session can do.
func Capabilities(s providers.Session) (c state.Capabilities) {
	_, c.Ingest = s.(providers.Ingester)
	_, c.Creators = s.(providers.Creators)
	_, c.KeyReset = s.(providers.KeyResetter)
	_, c.Edit = s.(providers.Editor)
	_, c.CategorySearch = s.(providers.CategorySearch)
	_, c.Categories = s.(providers.Categories)
	c.Categories = c.Categories || c.CategorySearch
	_, c.Revoke = s.(providers.Revoker)
	_, c.LiveStatus = s.(providers.LiveStatus)
	_, c.Station = s.(providers.StationInfo)
	if directory, ok := s.(providers.Directory); ok {
		options := directory.DirectoryOptions()
		c.Directory = true
		c.DirectoryScopes, c.DirectoryOrders = options.Categories || options.Languages, len(options.Orders) > 1
	}
	_, c.Overlays = s.(providers.Overlays)
	_, c.Filters = s.(providers.Filters)
	_, c.Embeds = s.(providers.Embeds)
	_, c.Channels = s.(providers.Channels)
	_, c.Statistics = s.(providers.Statistics)
	return c
}

// Describe gives what the State shows of an account that can be used.
func Describe(account providers.Account, description providers.Description, s providers.Session) state.AccountSelected {
	selected := state.AccountSelected{Account: account, Description: description, Capabilities: Capabilities(s)}
	if editor, ok := s.(providers.Editor); ok {
		selected.Limits = editor.Limits()
	}
	_, selected.CanNumber = s.(providers.NumberSignIn)
	_, selected.CanToken = s.(providers.TokenSignIn)
	return selected
}

// Require gives what a session can do, or an error that says it cannot. op is
// what was to be done, for the error.
func Require[Capability any](s providers.Session, op string) (Capability, error) {
	can, ok := s.(Capability)
	if !ok {
		return can, &providers.Error{Kind: providers.ErrUsage, Op: op, Reason: "platform.cannot"}
	}
	return can, nil
}

// HasToken reports whether a session is signed in; a platform without tokens
// always is.
func HasToken(ctx context.Context, s providers.Session) (bool, error) {
	can, ok := s.(providers.SignedIn)
	if !ok {
		return true, nil
	}
	return can.SignedIn(ctx)
}
