package desktop

import (
	"context"

	"cuelight/app"
	"cuelight/app/category"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// PlatformEngine is what the screens of the platform need of app.Engine: its
// settings, stream key, categories, directory, overlays, filters, videos,
// station, channels and statistics. The same holds as for Engine: whatever takes
// a context may wait and never runs on the window's goroutine.
type PlatformEngine interface {
	Undo(ctx context.Context, tell app.Progress) error
	KeepMine(id providers.FieldID)
	TakeTheirs(id providers.FieldID)

	Ingest(ctx context.Context) (providers.Ingest, error)
	ResetKey(ctx context.Context, tell app.Progress) (app.KeyReset, error)

	CategoryIndex(ctx context.Context) (*category.Index, error)
	CategoryMemory() app.CategoryMemory
	MarkCategory(number string, favourite bool) error

	Directory(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error)
	Languages(ctx context.Context) (map[string]string, error)

	Overlay(ctx context.Context, kind, device string) (secret.Text, error)
	AddOverlay(ctx context.Context, kind, device, scene, source string, tell app.Progress) (app.OverlayPlaced, error)
	Scenes(ctx context.Context) ([]string, error)

	FilterKinds() []string
	Filters(ctx context.Context, kind string) ([]providers.Filter, error)
	PutFilter(ctx context.Context, kind, value, reason string) error
	RemoveFilter(ctx context.Context, kind, value string) error

	Embed(ctx context.Context, address string, width, height int) (providers.Embed, error)
	Station(ctx context.Context) (providers.Station, error)

	Channels(ctx context.Context, q providers.ChannelQuery) (providers.ChannelPage, error)
	UseChannel(ctx context.Context, key string) error
	Statistics(ctx context.Context) (providers.Stats, error)
}
