package kittest

import (
	"context"
	"sync"

	"cuelight/app"
	"cuelight/app/category"
	"cuelight/app/config"
	"cuelight/app/features"
	"cuelight/app/task"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Platform answers what a test gives it, for the screens of the platform.
// What is not given is empty.
type Platform struct {
	platform sync.Mutex // guards Asked and Memory
	Asked    []string

	IngestFunc    func(context.Context) (providers.Ingest, error)
	ResetFunc     func(context.Context) (app.KeyReset, error)
	IndexFunc     func(context.Context) (*category.Index, error)
	SearchFunc    func(ctx context.Context, query string) ([]providers.Category, error)
	Memory        config.CategoryMemory
	DirectoryFunc func(context.Context, providers.DirectoryQuery) (providers.DirectoryPage, error)
	LanguageNames map[string]string
	OverlayFunc   func(ctx context.Context, kind, device string) (secret.Text, error)
	PlaceFunc     func(kind, device, scene, source string) (features.OverlayPlaced, error)
	ScenesFunc    func() ([]string, error)
	FiltersFunc   func(ctx context.Context, kind string) ([]providers.Filter, error)
	PutFunc       func(kind, value, reason string) error
	RemoveFunc    func(kind, value string) error
	EmbedFunc     func(ctx context.Context, address string, width, height int) (providers.Embed, error)
	StationFunc   func(context.Context) (providers.Station, error)
	ChannelsFunc  func(context.Context, providers.ChannelQuery) (providers.ChannelPage, error)
	StatsFunc     func(context.Context) (providers.Stats, error)
}

func (p *Platform) ask(what string) {
	p.platform.Lock()
	defer p.platform.Unlock()
	p.Asked = append(p.Asked, what)
}

// Times tells how often something was asked.
func (p *Platform) Times(what string) int {
	p.platform.Lock()
	defer p.platform.Unlock()
	n := 0
	for _, one := range p.Asked {
		if one == what {
			n++
		}
	}
	return n
}

func (p *Platform) Undo(context.Context, task.Progress) error {
	p.ask("undo")
	return nil
}
func (p *Platform) KeepMine(id providers.FieldID)   { p.ask("mine " + string(id)) }
func (p *Platform) TakeTheirs(id providers.FieldID) { p.ask("theirs " + string(id)) }

func (p *Platform) Ingest(ctx context.Context) (providers.Ingest, error) {
	p.ask("ingest")
	if p.IngestFunc == nil {
		return providers.Ingest{}, nil
	}
	return p.IngestFunc(ctx)
}

func (p *Platform) ResetKey(ctx context.Context, _ task.Progress) (app.KeyReset, error) {
	p.ask("reset")
	return p.ResetFunc(ctx)
}

func (p *Platform) CategoryIndex(ctx context.Context) (*category.Index, error) {
	p.ask("index")
	if p.IndexFunc == nil {
		return category.NewIndex(nil), nil
	}
	return p.IndexFunc(ctx)
}

func (p *Platform) SearchCategories(ctx context.Context, query string) ([]providers.Category, error) {
	p.ask("search " + query)
	if p.SearchFunc == nil {
		return nil, nil
	}
	return p.SearchFunc(ctx, query)
}

func (p *Platform) CategoryMemory() config.CategoryMemory {
	p.platform.Lock()
	defer p.platform.Unlock()
	return p.Memory
}

func (p *Platform) MarkCategory(number string, favourite bool) error {
	p.platform.Lock()
	defer p.platform.Unlock()
	p.Memory.Favourite = nil
	if favourite {
		p.Memory.Favourite = []string{number}
	}
	return nil
}

func (p *Platform) Directory(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
	p.ask("directory")
	if p.DirectoryFunc == nil {
		return providers.DirectoryPage{Page: q.Page}, nil
	}
	return p.DirectoryFunc(ctx, q)
}

func (p *Platform) Languages(context.Context) (map[string]string, error) { return p.LanguageNames, nil }

func (p *Platform) Overlay(ctx context.Context, kind, device string) (secret.Text, error) {
	p.ask("overlay " + kind + " " + device)
	if p.OverlayFunc == nil {
		return secret.New("https://overlay.example/" + kind), nil
	}
	return p.OverlayFunc(ctx, kind, device)
}

func (p *Platform) AddOverlay(_ context.Context, kind, device, scene, source string, _ task.Progress) (features.OverlayPlaced, error) {
	p.ask("add " + kind + " " + device + " " + scene)
	return p.PlaceFunc(kind, device, scene, source)
}

func (p *Platform) Scenes(context.Context) ([]string, error) {
	if p.ScenesFunc == nil {
		return []string{"게임", "대기 화면"}, nil
	}
	return p.ScenesFunc()
}

func (p *Platform) SwitchScene(_ context.Context, name string) error {
	p.ask("scene " + name)
	return nil
}

func (p *Platform) FilterKinds() []string { return []string{"streamer", "category", "keyword"} }

func (p *Platform) Filters(ctx context.Context, kind string) ([]providers.Filter, error) {
	p.ask("filters " + kind)
	if p.FiltersFunc == nil {
		return nil, nil
	}
	return p.FiltersFunc(ctx, kind)
}

func (p *Platform) PutFilter(_ context.Context, kind, value, reason string) error {
	p.ask("put " + kind + " " + value + " " + reason)
	if p.PutFunc == nil {
		return nil
	}
	return p.PutFunc(kind, value, reason)
}

func (p *Platform) RemoveFilter(_ context.Context, kind, value string) error {
	p.ask("remove " + kind + " " + value)
	if p.RemoveFunc == nil {
		return nil
	}
	return p.RemoveFunc(kind, value)
}

func (p *Platform) Embed(ctx context.Context, address string, width, height int) (providers.Embed, error) {
	p.ask("embed " + address)
	return p.EmbedFunc(ctx, address, width, height)
}

func (p *Platform) Station(ctx context.Context) (providers.Station, error) {
	p.ask("station")
	if p.StationFunc == nil {
		return providers.Station{}, nil
	}
	return p.StationFunc(ctx)
}

func (p *Platform) Channels(ctx context.Context, q providers.ChannelQuery) (providers.ChannelPage, error) {
	p.ask("channels " + q.Search + " " + q.Cursor)
	if p.ChannelsFunc == nil {
		return providers.ChannelPage{Total: -1}, nil
	}
	return p.ChannelsFunc(ctx, q)
}

func (p *Platform) UseChannel(_ context.Context, key string) error {
	p.ask("use " + key)
	return nil
}

func (p *Platform) Statistics(ctx context.Context) (providers.Stats, error) {
	p.ask("statistics")
	if p.StatsFunc == nil {
		return providers.Stats{}, nil
	}
	return p.StatsFunc(ctx)
}
