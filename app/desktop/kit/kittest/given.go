package kittest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cuelight/app/features"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// WithKey gives a stream key and a station.
func WithKey(e *Engine) {
	e.IngestFunc = func(context.Context) (providers.Ingest, error) {
		return providers.Ingest{Server: "rtmp://stream.sooplive.co.kr/app/", Key: secret.New("soop1234-not-a-real-key")}, nil
	}
	e.StationFunc = func(context.Context) (providers.Station, error) {
		return providers.Station{
			Nick: "자러가자", Name: "자러 가기 전 한 판만", Loyal: 12345,
			LastBroadcast: fakeclock.New().Now().Add(-26 * time.Hour),
		}, nil
	}
}

// WithoutStation refuses both.
func WithoutStation(e *Engine) {
	e.IngestFunc = func(context.Context) (providers.Ingest, error) { return providers.Ingest{}, Down() }
	e.StationFunc = func(context.Context) (providers.Station, error) { return providers.Station{}, Down() }
}

// WithLive gives a few broadcasts.
func WithLive(e *Engine) { e.DirectoryFunc, e.IndexFunc = OnePage(SomeLive()...), SomeCategories }

// WithMany gives thousands of broadcasts.
func WithMany(e *Engine) { e.DirectoryFunc, e.IndexFunc = ManyLive(2431), SomeCategories }

// WithoutLive gives none.
func WithoutLive(e *Engine) {
	e.DirectoryFunc = func(context.Context, providers.DirectoryQuery) (providers.DirectoryPage, error) {
		return providers.DirectoryPage{}, Down()
	}
}

// WithOnePage has one page and fails from then on.
func WithOnePage(e *Engine) {
	many := ManyLive(500)
	e.IndexFunc = SomeCategories
	e.DirectoryFunc = func(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
		if q.Page > 1 {
			return providers.DirectoryPage{}, Down()
		}
		return many(ctx, q)
	}
}

// WithoutOverlays refuses the addresses of overlays.
func WithoutOverlays(e *Engine) {
	e.OverlayFunc = func(context.Context, string, string) (secret.Text, error) { return secret.Text{}, Down() }
}

// WithoutBrowserSource is an OBS without browser sources.
func WithoutBrowserSource(e *Engine) {
	e.PlaceFunc = func(string, string, string, string) (features.OverlayPlaced, error) {
		return features.OverlayPlaced{}, &obs.Error{Kind: obs.ErrNoKind, Op: "CreateInput"}
	}
}

// WithFilters gives filters of all kinds.
func WithFilters(e *Engine) {
	e.IndexFunc = SomeCategories
	e.FiltersFunc = func(_ context.Context, kind string) ([]providers.Filter, error) {
		if kind == "keyword" {
			return []providers.Filter{
				{Value: "스포일러", Reason: "아직 안 본 드라마", Removable: true},
				{Value: "도박", Reason: "운영 정책", Removable: false},
				{Value: strings.Repeat("긴키워드", 5), Reason: strings.Repeat("아주 긴 사유도 잘려서 한 줄로 보입니다. ", 5), Removable: true},
			}, nil
		}
		var filters []providers.Filter
		for i := range 40 {
			filters = append(filters, providers.Filter{Value: fmt.Sprint("streamer", i), Reason: "시끄러움", Removable: i%7 != 2})
		}
		return filters, nil
	}
}

// WithVOD gives a video.
func WithVOD(e *Engine) {
	e.EmbedFunc = func(_ context.Context, address string, width, height int) (providers.Embed, error) {
		return providers.Embed{
			Title: strings.Repeat("다시 보는 명장면 모음 ", 9), Author: "자러가자", AuthorURL: "https://ch.example/soop1234", Width: width, Height: height,
			HTML: fmt.Sprintf("<iframe width=\"%d\" height=\"%d\" src=\"%s/embed\" frameborder=\"0\" allowfullscreen=\"true\"></iframe><script>alert(1)</script>", width, height, address),
		}, nil
	}
}

// WithoutVOD knows no video.
func WithoutVOD(e *Engine) {
	e.EmbedFunc = func(context.Context, string, int, int) (providers.Embed, error) {
		return providers.Embed{}, &providers.Error{Kind: providers.ErrUsage, Op: "oembed/embedinfo", Reason: "vod.address"}
	}
}

// WithChannelList gives four channels.
func WithChannelList(e *Engine) {
	started := fakeclock.New().Now().Add(-95 * time.Minute)
	e.ChannelsFunc = func(context.Context, providers.ChannelQuery) (providers.ChannelPage, error) {
		return providers.ChannelPage{Total: 4, Channels: []providers.Channel{
			{Key: "ch1", Title: "아침 수업", Owner: "academy", Viewers: -1},
			{Key: "ch2", Title: "저녁 수업", Owner: "academy", OnAir: true, Viewers: 1284, Started: started, CoverURL: "https://pictures.example/3.png"},
			{Key: "ch3", Title: strings.Repeat("이름이 아주 긴 채널 ", 12), Owner: "academy", Shared: true, Viewers: -1},
			{Key: "ch4", OnAir: true, Viewers: 0},
		}}, nil
	}
}
