package providers

import (
	"context"
	"time"

	"cuelight/internal/secret"
)

// What a Session may be able to do. A platform implements those it has; the
// faces show exactly those.
type (
	// SignedIn is a session that has, or lacks, a token.
	SignedIn interface {
		// SignedIn looks into the Vault only; it does not ask the platform.
		SignedIn(context.Context) (bool, error)
		// SignOut forgets the token.
		SignOut(context.Context) error
	}

	// Revoker ends the sign-in at the platform, which SignOut does not. It may end
	// more than this account's sign-in: all of the same user through the same
	// application, on every computer. Do it only where the user asks for exactly
	// that.
	Revoker interface {
		// Revoke revokes the tokens, then forgets them as SignOut does. Where the
		// platform does not revoke them, they are kept.
		Revoke(context.Context) error
	}

	// Identifier tells whose account it is, by asking the platform.
	Identifier interface {
		Identity(context.Context) (Identity, error)
	}

	// BrowserSignIn signs in through the user's browser and a redirect to a
	// loopback listener.
	BrowserSignIn interface {
		// SignInRequest returns the address to open and what comes back. state is
		// a random value made for this one sign-in.
		SignInRequest(state string) SignInRequest
		// Exchange turns the one-time code that the request came back with into a
		// token and stores it. Some platforms want to be told the request's state
		// again.
		Exchange(ctx context.Context, request SignInRequest, code string) error
	}

	// NumberSignIn signs in with the one-time number of the platform's mobile
	// app.
	NumberSignIn interface {
		SignInWithNumber(ctx context.Context, number string) error
	}

	// TokenSignIn signs in with a token that the user made on the platform's own
	// pages and pastes: Kollus Live's Personal Access Token.
	TokenSignIn interface {
		// SignInWithToken verifies the token with a real call, and stores it where
		// the platform accepts it; otherwise the previous one is kept.
		SignInWithToken(ctx context.Context, token secret.Text) error
	}

	// Verifier checks an account with a real call, for faces that check before
	// they save: open a Session with a Vault that contains what the user typed.
	Verifier interface {
		// Verify changes nothing on the platform. Its errors are of kind
		// ErrUsage, with Field set, where something that the account needs is
		// missing; otherwise the errors of the platform.
		Verify(context.Context) error
	}

	// Forgetter forgets what the account keeps in its Vault beyond its secret
	// Fields and SecretToken, such as stream keys of channels. It is for the
	// removal of an account.
	Forgetter interface {
		Forget(context.Context) error
	}

	// TokenInfo tells how long the present sign-in lasts.
	TokenInfo interface {
		// TokenExpires is zero where it is not known or does not end.
		TokenExpires(context.Context) (time.Time, error)
	}

	// Ingester returns the RTMP server and stream key.
	Ingester interface {
		Ingest(context.Context) (Ingest, error)
	}

	// IngestKeeper keeps a server and stream key that the user gave for the
	// account's channel, where Ingest fails with the reason channel.no_key.
	IngestKeeper interface {
		// KeepIngest stores them in the Vault; from then on Ingest gives them. An
		// empty member is left to the platform's answer, an empty Ingest forgets
		// what was kept.
		KeepIngest(context.Context, Ingest) error
	}

	// Creators are the people who may broadcast on the account's channel, each
	// with a stream key of their own. Ingest gives the key of the one chosen; with
	// several of them and none chosen it fails with the reason creator.choose, and
	// with creator.gone where the chosen one is none of them any more.
	Creators interface {
		// Creators lists them.
		Creators(context.Context) ([]Creator, error)
		// UseCreator chooses one by Name or Key for the account's channel, and
		// remembers it. Its error has the reason creator.unknown where there is no
		// such creator.
		UseCreator(ctx context.Context, which string) error
	}

	// KeyResetter replaces the stream key; the old one is invalid at once.
	KeyResetter interface {
		ResetKey(context.Context) (secret.Text, error)
	}

	// Editor reads and changes the broadcast's settings.
	Editor interface {
		// Limits is pure.
		Limits() Limits
		Broadcast(context.Context) (Broadcast, error)
		// Check validates a patch without sending it. Its errors are of kind
		// ErrUsage with Field, Reason and Limit set; several are joined.
		Check(Patch) error
		// Update checks, then sends the patch.
		Update(context.Context, Patch) error
	}

	// IngestEditor gets both in one call where a platform answers both at once.
	IngestEditor interface {
		IngestAndBroadcast(context.Context) (Ingest, Broadcast, error)
	}

	// Categories lists the categories that a broadcast can be in.
	Categories interface {
		// Locales are the languages the names can be had in; the first is the
		// default.
		Locales() []string
		Categories(ctx context.Context, locale string) ([]Category, error)
	}

	// CategorySearch finds categories by their names, where a platform has no list
	// of all of them.
	CategorySearch interface {
		// SearchCategories gives the categories whose names hold the query, some
		// dozens at most, in the platform's order. Needed is a query of at least one
		// character, else the error is of kind ErrUsage with the reason
		// category.query_empty.
		SearchCategories(ctx context.Context, query string) ([]Category, error)
	}

	// LiveStatus reports whether the platform sees the broadcast.
	LiveStatus interface {
		Live(context.Context) (Live, error)
	}

	// StationInfo returns the user's home page data.
	StationInfo interface {
		Station(context.Context) (Station, error)
	}

	// Directory tells who is live.
	Directory interface {
		// DirectoryOptions is pure.
		DirectoryOptions() DirectoryOptions
		Directory(context.Context, DirectoryQuery) (DirectoryPage, error)
		// Languages returns the broadcast languages, code to name.
		Languages(context.Context) (map[string]string, error)
	}

	// Overlays returns addresses for browser sources.
	Overlays interface {
		// Overlay: kind is one of OverlayKinds, device "pc" or "mobile". The
		// address works like a password: show it only when asked for.
		Overlay(ctx context.Context, kind, device string) (secret.Text, error)
	}

	// Filters keeps entries out of the platform's lists.
	Filters interface {
		FilterKinds() []string
		Filters(ctx context.Context, kind string) ([]Filter, error)
		// PutFilter adds an entry or changes the reason of the one there.
		PutFilter(ctx context.Context, kind, value, reason string) error
		RemoveFilter(ctx context.Context, kind, value string) error
	}

	// Embeds turns the address of a video into HTML for a web page.
	Embeds interface {
		Embed(ctx context.Context, url string, width, height int) (Embed, error)
	}

	// Statistics tells numbers about the account's channel.
	Statistics interface {
		Statistics(context.Context) (Stats, error)
	}

	// Channels lists the channels or rooms of an account; see Account.Channel.
	Channels interface {
		Channels(context.Context, ChannelQuery) (ChannelPage, error)
		Channel(ctx context.Context, key string) (Channel, error)
	}
)

// SignInRequest is one sign-in through a browser.
type SignInRequest struct {
	// URL is opened in the user's browser.
	URL string
	// State is the random value that the request was made with.
	State string
	// RedirectURI is where the browser comes back to: exactly what the platform
	// has registered, on loopback.
	RedirectURI string
	// StateRequired refuses an answer that does not echo state. Where it is
	// not set, a wrong state is still refused, but a missing one is not.
	StateRequired bool
	// RefusedWithoutCode takes an answer that echoes state and has neither a code
	// nor an error for a refusal: a platform that does not say what it answers then.
	RefusedWithoutCode bool
}

// OverlayKinds are the kinds an Overlays knows.
var OverlayKinds = []string{"chat", "notice", "goal"}

// Filter is one entry of a filter list.
type Filter struct {
	Value, Name, Reason string
	// Removable is false for the platform's own entries.
	Removable bool
}

// Embed is a video made ready for a web page. HTML is never executed by
// Cuelight.
type Embed struct {
	Title, Author, AuthorURL string
	Width, Height            int
	HTML                     string
}

// ChannelQuery asks for one page of channels or rooms.
type ChannelQuery struct {
	Search string
	// Page counts from 1; platforms with cursors use Cursor, "" first.
	Page   int
	Cursor string
	// PerPage is at most what the platform allows; 0 means its default.
	PerPage int
}

// ChannelPage is one page of channels or rooms.
type ChannelPage struct {
	Channels []Channel
	// Total is -1 where the platform does not say.
	Total int
	// Next is the cursor of the next page, or empty at the end; platforms with
	// page numbers set it to the next number.
	Next string
}

// Channel is one channel or room.
type Channel struct {
	Key, Title, Owner string
	OnAir             bool
	// Viewers is -1 where not known.
	Viewers                int
	Created                time.Time
	Started, Paused, Ended time.Time
	CoverURL               string
	Categories             []int
	Activity               int
	Shared, Chat           bool
	// Facts are further values of the platform, for the detail view, by a key
	// that faces find words for under "channel.<key>".
	Facts map[string]string
}

// EncoderLimits returns what the platform's ingest accepts or asks for, where
// that is known.
type EncoderLimits interface {
	// EncoderLimits is pure. server is the one that Ingest gave, as a platform may
	// have several with limits of their own; empty where it is not known.
	EncoderLimits(server string) Encoding
}
