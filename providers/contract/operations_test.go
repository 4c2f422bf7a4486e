package contract

import (
	"context"
	"net/http"
	"testing"

	"cuelight/providers"
)

// operation is one promise that faults are tried on.
type operation struct {
	name string
	// capability is the interface that has it.
	capability string
	// write is the HTTP method of the call that changes something; empty where
	// nothing is changed.
	write string
	run   func(ctx context.Context, w *world, s providers.Session) error
	// local says that a platform does it without a call.
	local func(platform) bool
}

const video = "https://vod.sooplive.co.kr/player/71021072"

func never(platform) bool { return false }

// operations are one or more for every capability that makes calls.
func operations() []operation {
	read := func(name, capability string, run func(context.Context, *world, providers.Session) error) operation {
		return operation{name: name, capability: capability, run: run, local: never}
	}
	return []operation{
		{name: "ingest", capability: "Ingester", run: func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Ingester).Ingest(ctx)
			return err
		}, local: func(p platform) bool { return p.name == "Tencent" }},
		read("identity", "Identifier", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Identifier).Identity(ctx)
			return err
		}),
		read("verify", "Verifier", func(ctx context.Context, _ *world, s providers.Session) error {
			return s.(providers.Verifier).Verify(ctx)
		}),
		read("broadcast", "Editor", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Editor).Broadcast(ctx)
			return err
		}),
		{name: "update", capability: "Editor", write: writeMethod, local: never, run: func(ctx context.Context, w *world, s providers.Session) error {
			return s.(providers.Editor).Update(ctx, w.values(providers.FieldTitle)[1])
		}},
		{name: "reset key", capability: "KeyResetter", write: http.MethodPost, local: never, run: func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.KeyResetter).ResetKey(ctx)
			return err
		}},
		read("ingest and broadcast", "IngestEditor", func(ctx context.Context, _ *world, s providers.Session) error {
			_, _, err := s.(providers.IngestEditor).IngestAndBroadcast(ctx)
			return err
		}),
		read("categories", "Categories", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Categories).Categories(ctx, "")
			return err
		}),
		read("search categories", "CategorySearch", func(ctx context.Context, w *world, s providers.Session) error {
			_, err := s.(providers.CategorySearch).SearchCategories(ctx, w.platform.found)
			return err
		}),
		read("live", "LiveStatus", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.LiveStatus).Live(ctx)
			return err
		}),
		read("station", "StationInfo", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.StationInfo).Station(ctx)
			return err
		}),
		read("directory", "Directory", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Directory).Directory(ctx, providers.DirectoryQuery{})
			return err
		}),
		read("overlay", "Overlays", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Overlays).Overlay(ctx, "chat", "pc")
			return err
		}),
		read("filters", "Filters", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Filters).Filters(ctx, "keyword")
			return err
		}),
		{name: "put filter", capability: "Filters", write: http.MethodPost, local: never, run: func(ctx context.Context, _ *world, s providers.Session) error {
			return s.(providers.Filters).PutFilter(ctx, "keyword", "사설", "이유")
		}},
		read("embed", "Embeds", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Embeds).Embed(ctx, video, 0, 0)
			return err
		}),
		read("creators", "Creators", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Creators).Creators(ctx)
			return err
		}),
		read("channels", "Channels", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Channels).Channels(ctx, providers.ChannelQuery{})
			return err
		}),
		read("channel", "Channels", func(ctx context.Context, w *world, s providers.Session) error {
			_, err := s.(providers.Channels).Channel(ctx, w.platform.account(w).Channel)
			return err
		}),
		read("statistics", "Statistics", func(ctx context.Context, _ *world, s providers.Session) error {
			_, err := s.(providers.Statistics).Statistics(ctx)
			return err
		}),
	}
}

// writeMethod stands for the platform's own method of an update.
const writeMethod = "update"

// method gives the HTTP method of the operation's call that changes something.
func (o operation) method(p platform) string {
	if o.write == writeMethod {
		return p.updateMethod
	}
	return o.write
}

func TestEveryCapabilityThatCallsIsTriedWithFaults(t *testing.T) {
	tried := map[string]bool{
		// These have tests of their own: they sign in, look into the Vault only, or
		// are pure.
		"SignedIn": true, "BrowserSignIn": true, "NumberSignIn": true, "TokenSignIn": true, "Forgetter": true,
		"TokenInfo": true, "IngestKeeper": true, "Revoker": true, "EncoderLimits": true,
	}
	for _, o := range operations() {
		tried[o.capability] = true
	}
	for _, c := range all() {
		if !tried[c.name] {
			t.Errorf("no operation tries %s", c.name)
		}
	}
}
