package desktop

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/input"
	"cuelight/widgets/rowlist"
)

// tallWindow shows what would be scrolled to.
var tallWindow = fyne.NewSize(1120, 1180)

// platformShots are the states of the platform's screens that are held as
// pictures; ready waits for what was asked for.
var platformShots = []struct {
	name        string
	theme, lang string
	size        fyne.Size
	state       func() state.State
	given       func(*kittest.Engine)
	open        kit.ScreenID
	then        func(*rig)
}{
	{"broadcast", "dark", "ko", tallWindow, kittest.Complete, kittest.WithKey, kit.ScreenBroadcast, (*rig).settle},
	{"broadcast", "light", "en", tallWindow, kittest.Complete, kittest.WithKey, kit.ScreenBroadcast, (*rig).settle},
	{"broadcast-narrow", "dark", "ko", narrow, kittest.Complete, kittest.WithKey, kit.ScreenBroadcast, (*rig).settle},
	{"broadcast-changes", "dark", "ko", tallWindow, kittest.Changed, kittest.WithKey, kit.ScreenBroadcast, (*rig).settle},
	{"broadcast-loading", "light", "ko", kit.WindowSize, kittest.CompleteLoading, nil, kit.ScreenBroadcast, nil},
	{"broadcast-failing", "dark", "ko", kit.WindowSize, kittest.CompleteFailing, kittest.WithoutStation, kit.ScreenBroadcast, (*rig).settle},
	{"broadcast-reset", "dark", "ko", kit.WindowSize, kittest.CompleteOnAir, kittest.WithKey, kit.ScreenBroadcast, func(r *rig) {
		r.settle()
		r.tap(r.body(), "key.reset")
	}},
	{"discover", "dark", "ko", kit.WindowSize, kittest.CompleteOnAir, kittest.WithLive, kit.ScreenDiscover, (*rig).settle},
	{"discover", "light", "en", kit.WindowSize, kittest.CompleteOnAir, kittest.WithLive, kit.ScreenDiscover, (*rig).settle},
	{"discover-narrow", "dark", "ko", narrow, kittest.CompleteOnAir, kittest.WithLive, kit.ScreenDiscover, (*rig).settle},
	{"discover-many", "light", "ko", kit.WindowSize, kittest.CompleteOnAir, kittest.WithMany, kit.ScreenDiscover, (*rig).settle},
	{"discover-none", "dark", "ko", kit.WindowSize, kittest.CompleteOnAir, nil, kit.ScreenDiscover, (*rig).settle},
	{"discover-loading", "dark", "ko", kit.WindowSize, kittest.CompleteOnAir, kittest.WithLive, kit.ScreenDiscover, nil},
	{"discover-failing", "light", "ko", kit.WindowSize, kittest.CompleteOnAir, kittest.WithoutLive, kit.ScreenDiscover, (*rig).settle},
	{"discover-found", "dark", "ko", kit.WindowSize, kittest.CompleteOnAir, kittest.WithMany, kit.ScreenDiscover, func(r *rig) {
		r.settle()
		kittest.Find[*input.SearchField](r.body())[0].SetText("없는 방송")
	}},
	{"discover-page-failed", "dark", "ko", narrow, kittest.CompleteOnAir, kittest.WithOnePage, kit.ScreenDiscover, func(r *rig) {
		r.settle()
		kittest.Find[*rowlist.List](r.body())[0].OnEnd()
		r.settle()
	}},
	{"overlays", "dark", "ko", fyne.NewSize(1120, 980), kittest.Complete, nil, kit.ScreenOverlays, (*rig).settle},
	{"overlays-narrow", "light", "en", narrow, kittest.Complete, nil, kit.ScreenOverlays, (*rig).settle},
	{"overlays-failing", "light", "ko", fyne.NewSize(1120, 980), kittest.CompleteNoOBS, kittest.WithoutOverlays, kit.ScreenOverlays, (*rig).settle},
	{"overlays-no-source", "dark", "ko", fyne.NewSize(1120, 980), kittest.Complete, kittest.WithoutBrowserSource, kit.ScreenOverlays, func(r *rig) {
		r.settle()
		r.tap(r.body(), "overlays.add")
		r.settle()
	}},
	{"filters", "dark", "ko", kit.WindowSize, kittest.Complete, kittest.WithFilters, kit.ScreenFilters, (*rig).settle},
	{"filters-keyword", "light", "en", narrow, kittest.Complete, kittest.WithFilters, kit.ScreenFilters, func(r *rig) {
		r.settle()
		r.choose(r.body(), "keyword")
		r.settle()
	}},
	{"filters-none", "dark", "ko", kit.WindowSize, kittest.Complete, nil, kit.ScreenFilters, (*rig).settle},
	{"filters-add", "dark", "ko", kit.WindowSize, kittest.Complete, kittest.WithFilters, kit.ScreenFilters, func(r *rig) {
		r.settle()
		r.choose(r.body(), "keyword")
		r.settle()
		r.tap(r.body(), "filters.add.keyword")
		value := kittest.Find[*input.TextField](r.Sheet())[0]
		value.SetText("도박😀 스무 자를 넘는 키워드는 여기에 쓸 수 없습니다")
		value.OnChanged(value.Text())
	}},
	{"vod", "dark", "ko", kit.WindowSize, kittest.Complete, kittest.WithVOD, kit.ScreenVOD, embedVideo},
	{"vod-narrow", "light", "en", narrow, kittest.Complete, kittest.WithVOD, kit.ScreenVOD, embedVideo},
	{"channels", "dark", "ko", kit.WindowSize, kittest.WithChannels, kittest.WithChannelList, kit.ScreenChannels, (*rig).settle},
	{"channels-narrow", "light", "en", narrow, kittest.WithChannels, kittest.WithChannelList, kit.ScreenChannels, (*rig).settle},
	{"channels-none", "dark", "ko", kit.WindowSize, kittest.WithChannels, nil, kit.ScreenChannels, (*rig).settle},
	{"vod-failing", "dark", "ko", kit.WindowSize, kittest.Complete, kittest.WithoutVOD, kit.ScreenVOD, embedVideo},
}

// embedVideo asks for a video and waits for the answer.
func embedVideo(r *rig) {
	address := kittest.Find[*input.TextField](r.body())[0]
	address.SetText("https://vod.sooplive.co.kr/player/71021072")
	address.OnEnter(address.Text())
	r.settle()
}

func TestThePlatformsScreensLookAsTheyShould(t *testing.T) {
	for _, shot := range platformShots {
		name := shot.name + "-" + shot.theme + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, shot.state(), shot.theme, shot.lang)
			if shot.given != nil {
				shot.given(r.fake)
			}
			r.win.Resize(shot.size)
			r.shell.open(shot.open)
			r.render()
			if shot.then != nil {
				shot.then(r)
			}
			r.render()
			r.win.Resize(shot.size.AddWidthHeight(2, 0)) // heights that follow widths have settled
			r.win.Resize(shot.size)
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}

func TestStatisticsLookAsTheyShould(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("KST", 9*60*60)
	t.Cleanup(func() { time.Local = local })
	for _, shot := range []struct{ theme, lang string }{{"dark", "ko"}, {"light", "en"}} {
		name := "stats-" + shot.theme + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, kittest.Counted(), shot.theme, shot.lang)
			kittest.WithKey(r.fake)
			r.fake.StatsFunc = func(context.Context) (providers.Stats, error) { return kittest.SomeStats(), nil }
			r.shell.open(kit.ScreenBroadcast)
			r.render()
			r.settle()
			r.win.Resize(kit.WindowSize.AddWidthHeight(2, 0)) // heights that follow widths have settled
			r.win.Resize(kit.WindowSize)
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}
