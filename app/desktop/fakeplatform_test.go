package desktop

import (
	"context"
	"sync"

	"cuelight/app"
	"cuelight/app/category"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// fakePlatform answers what a test gives it, for the screens of the platform.
// What is not given is empty.
type fakePlatform struct {
	platform sync.Mutex
	asked    []string

	ingest    func(context.Context) (providers.Ingest, error)
	reset     func(context.Context) (app.KeyReset, error)
	index     func(context.Context) (*category.Index, error)
	memory    app.CategoryMemory
	directory func(context.Context, providers.DirectoryQuery) (providers.DirectoryPage, error)
	languages map[string]string
	overlay   func(ctx context.Context, kind, device string) (secret.Text, error)
	place     func(kind, device, scene, source string) (app.OverlayPlaced, error)
	scenes    func() ([]string, error)
	filters   func(ctx context.Context, kind string) ([]providers.Filter, error)
	put       func(kind, value, reason string) error
	remove    func(kind, value string) error
	embed     func(ctx context.Context, address string, width, height int) (providers.Embed, error)
	station   func(context.Context) (providers.Station, error)
	channels  func(context.Context, providers.ChannelQuery) (providers.ChannelPage, error)
	stats     func(context.Context) (providers.Stats, error)
}

func (p *fakePlatform) ask(what string) {
	p.platform.Lock()
	defer p.platform.Unlock()
	p.asked = append(p.asked, what)
}

// times tells how often something was asked.
func (p *fakePlatform) times(what string) int {
	p.platform.Lock()
	defer p.platform.Unlock()
	n := 0
	for _, one := range p.asked {
		if one == what {
			n++
		}
	}
	return n
}

func (p *fakePlatform) Undo(context.Context, app.Progress) error {
	p.ask("undo")
	return nil
}
func (p *fakePlatform) KeepMine(id providers.FieldID)   { p.ask("mine " + string(id)) }
func (p *fakePlatform) TakeTheirs(id providers.FieldID) { p.ask("theirs " + string(id)) }

func (p *fakePlatform) Ingest(ctx context.Context) (providers.Ingest, error) {
	p.ask("ingest")
	if p.ingest == nil {
		return providers.Ingest{}, nil
	}
	return p.ingest(ctx)
}

func (p *fakePlatform) ResetKey(ctx context.Context, _ app.Progress) (app.KeyReset, error) {
	p.ask("reset")
	return p.reset(ctx)
}

func (p *fakePlatform) CategoryIndex(ctx context.Context) (*category.Index, error) {
	p.ask("index")
	if p.index == nil {
		return category.NewIndex(nil), nil
	}
	return p.index(ctx)
}

func (p *fakePlatform) CategoryMemory() app.CategoryMemory {
	p.platform.Lock()
	defer p.platform.Unlock()
	return p.memory
}

func (p *fakePlatform) MarkCategory(number string, favourite bool) error {
	p.platform.Lock()
	defer p.platform.Unlock()
	p.memory.Favourite = nil
	if favourite {
		p.memory.Favourite = []string{number}
	}
	return nil
}

func (p *fakePlatform) Directory(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
	p.ask("directory")
	if p.directory == nil {
		return providers.DirectoryPage{Page: q.Page}, nil
	}
	return p.directory(ctx, q)
}

func (p *fakePlatform) Languages(context.Context) (map[string]string, error) { return p.languages, nil }

func (p *fakePlatform) Overlay(ctx context.Context, kind, device string) (secret.Text, error) {
	p.ask("overlay " + kind + " " + device)
	if p.overlay == nil {
		return secret.New("https://overlay.example/" + kind), nil
	}
	return p.overlay(ctx, kind, device)
}

func (p *fakePlatform) AddOverlay(_ context.Context, kind, device, scene, source string, _ app.Progress) (app.OverlayPlaced, error) {
	p.ask("add " + kind + " " + device + " " + scene)
	return p.place(kind, device, scene, source)
}

func (p *fakePlatform) Scenes(context.Context) ([]string, error) {
	if p.scenes == nil {
		return []string{"게임", "대기 화면"}, nil
	}
	return p.scenes()
}

func (p *fakePlatform) FilterKinds() []string { return []string{"streamer", "category", "keyword"} }

func (p *fakePlatform) Filters(ctx context.Context, kind string) ([]providers.Filter, error) {
	p.ask("filters " + kind)
	if p.filters == nil {
		return nil, nil
	}
	return p.filters(ctx, kind)
}

func (p *fakePlatform) PutFilter(_ context.Context, kind, value, reason string) error {
	p.ask("put " + kind + " " + value + " " + reason)
	if p.put == nil {
		return nil
	}
	return p.put(kind, value, reason)
}

func (p *fakePlatform) RemoveFilter(_ context.Context, kind, value string) error {
	p.ask("remove " + kind + " " + value)
	if p.remove == nil {
		return nil
	}
	return p.remove(kind, value)
}

func (p *fakePlatform) Embed(ctx context.Context, address string, width, height int) (providers.Embed, error) {
	p.ask("embed " + address)
	return p.embed(ctx, address, width, height)
}

func (p *fakePlatform) Station(ctx context.Context) (providers.Station, error) {
	p.ask("station")
	if p.station == nil {
		return providers.Station{}, nil
	}
	return p.station(ctx)
}

func (p *fakePlatform) Channels(ctx context.Context, q providers.ChannelQuery) (providers.ChannelPage, error) {
	p.ask("channels " + q.Search + " " + q.Cursor)
	if p.channels == nil {
		return providers.ChannelPage{Total: -1}, nil
	}
	return p.channels(ctx, q)
}

func (p *fakePlatform) UseChannel(_ context.Context, key string) error {
	p.ask("use " + key)
	return nil
}

func (p *fakePlatform) Statistics(ctx context.Context) (providers.Stats, error) {
	p.ask("statistics")
	if p.stats == nil {
		return providers.Stats{}, nil
	}
	return p.stats(ctx)
}

// everything is what a platform can do at most.
var everything = state.Capabilities{
	Ingest: true, KeyReset: true, Edit: true, Categories: true, LiveStatus: true, Station: true,
	Directory: true, Overlays: true, Filters: true, Embeds: true, Channels: true,
}
