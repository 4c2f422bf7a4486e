package desktop

import (
	"context"
	"net/http"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// tallWindow shows what would be scrolled to.
var tallWindow = fyne.NewSize(1120, 1180)

// platformShots are the states of the platform's screens that are held as
// pictures; ready waits for what was asked for.
var platformShots = []struct {
	name        string
	dress, lang string
	size        fyne.Size
	state       func() app.State
	given       func(*fakeEngine)
	open        screenID
	then        func(*rig)
}{
	{"broadcast", "dark", "ko", tallWindow, all, withKey, screenBroadcast, keyThere},
	{"broadcast", "light", "en", tallWindow, all, withKey, screenBroadcast, keyThere},
	{"broadcast-narrow", "dark", "ko", narrow, all, withKey, screenBroadcast, keyThere},
	{"broadcast-changes", "dark", "ko", tallWindow, changed, withKey, screenBroadcast, keyThere},
	{"broadcast-loading", "light", "ko", windowSize, allLoading, nil, screenBroadcast, nil},
	{"broadcast-failing", "dark", "ko", windowSize, allFailing, withoutStation, screenBroadcast, stationFailed},
	{"broadcast-reset", "dark", "ko", windowSize, live, withKey, screenBroadcast, func(r *rig) {
		keyThere(r)
		r.screenShown().(*broadcast).key.ask()
	}},
	{"discover", "dark", "ko", windowSize, live, withLive, screenDiscover, picturesThere},
	{"discover", "light", "en", windowSize, live, withLive, screenDiscover, picturesThere},
	{"discover-narrow", "dark", "ko", narrow, live, withLive, screenDiscover, picturesThere},
	{"discover-many", "light", "ko", windowSize, live, withMany, screenDiscover, picturesThere},
	{"discover-none", "dark", "ko", windowSize, live, nil, screenDiscover, answered},
	{"discover-loading", "dark", "ko", windowSize, live, withLive, screenDiscover, nil},
	{"discover-failing", "light", "ko", windowSize, live, withoutLive, screenDiscover, answered},
	{"discover-found", "dark", "ko", windowSize, live, withMany, screenDiscover, func(r *rig) {
		answered(r)
		r.screenShown().(*discover).search.SetText("없는 방송")
	}},
	{"discover-page-failed", "dark", "ko", narrow, live, withOnePage, screenDiscover, func(r *rig) {
		answered(r)
		d := r.screenShown().(*discover)
		d.another()
		r.until("the failure", func() bool { return d.err != nil })
		r.until("the pictures", func() bool { return len(r.pictures.under) == 0 })
	}},
}

func (r *rig) screenShown() screen { return r.shell.made[r.shell.at] }

// all is full on a platform that can do everything, with every setting known.
func all() app.State {
	s := full()
	s.Account.Has = everything
	c := &s.Broadcast.Confirmed
	c.Language, c.ViewerLimit, c.EndingMessage = "ko_KR", 100000, "오늘도 함께해 주셔서 고맙습니다"
	c.Standby, c.StandbyMinutes, c.Watermark = true, 5, 3
	s.Broadcast.Limits = providers.Limits{
		providers.FieldTitle: {Min: 1, Max: 75}, providers.FieldCategory: {}, providers.FieldHashtags: {Max: 5}, providers.FieldLanguage: {},
		providers.FieldViewerLimit: {Min: 1}, providers.FieldPassword: {Min: 6}, providers.FieldHidden: {},
		providers.FieldAgeGrade: {Max: 19, Options: []string{"0", "19"}}, providers.FieldEndingMessage: {Max: 40},
		providers.FieldStandby: {Min: 1, Max: 10}, providers.FieldWatermark: {Min: 1, Max: 6},
		providers.FieldExploration: {}, providers.FieldPaidPromotion: {},
	}
	return s
}

// changed has changes of many kinds, some to be mended, one made elsewhere too.
func changed() app.State {
	s := all()
	title, ending := "새 제목", "마흔 자를 넘는 인사말은 그대로 두고 몇 자를 줄여야 하는지 알려 드립니다. 조금만 줄여 주세요!"
	password, tags := secret.New("short"), []string{"하나", "둘", "셋", "넷", "다섯", "여섯"}
	viewers, paid := 0, true
	s.Broadcast.Draft = providers.Patch{
		Title: &title, EndingMessage: &ending, Password: &password, Hashtags: &tags, ViewerLimit: &viewers, PaidPromotion: &paid,
	}
	wrong := func(field, reason string, limit int) error {
		return &providers.Error{Kind: providers.ErrUsage, Field: field, Reason: reason, Limit: limit}
	}
	s.Broadcast.Problems = map[providers.FieldID]error{
		providers.FieldEndingMessage: wrong("ending", "ending.too_long", 40), providers.FieldPassword: wrong("password", "password.weak", 6),
		providers.FieldHashtags: wrong("hashtags", "hashtags.too_many", 5), providers.FieldViewerLimit: wrong("viewers", "viewers.too_small", 1),
	}
	s.Broadcast.Conflicts = []providers.FieldID{providers.FieldTitle}
	return s
}

func allLoading() app.State {
	s := all()
	s.Broadcast.Known, s.Account.SignedIn = false, app.SignInUnknown
	return s
}

func allFailing() app.State {
	s := all()
	s.Broadcast.Known = false
	s.Broadcast.Err = down
	return s
}

var down = &providers.Error{Kind: providers.ErrUnreachable, Op: "broad/rtmp", Code: "HTTP 503"}

func live() app.State {
	s := onAir()
	everythingElse := all()
	s.Account.Has, s.Broadcast = everything, everythingElse.Broadcast
	return s
}

func withKey(e *fakeEngine) {
	e.ingest = func(context.Context) (providers.Ingest, error) {
		return providers.Ingest{Server: "rtmp://stream.sooplive.co.kr/app/", Key: secret.New("soop1234-not-a-real-key")}, nil
	}
	e.station = func(context.Context) (providers.Station, error) {
		return providers.Station{
			Nick: "자러가자", Name: "자러 가기 전 한 판만", Loyal: 12345,
			LastBroadcast: fakeclock.New().Now().Add(-26 * time.Hour),
		}, nil
	}
}

func withoutStation(e *fakeEngine) {
	e.ingest = func(context.Context) (providers.Ingest, error) { return providers.Ingest{}, down }
	e.station = func(context.Context) (providers.Station, error) { return providers.Station{}, down }
}

func keyThere(r *rig) {
	b := r.screenShown().(*broadcast)
	r.until("the key", func() bool { return b.key.known && b.home.pane.shows() })
}

func stationFailed(r *rig) {
	b := r.screenShown().(*broadcast)
	r.until("the failures", func() bool { return b.key.err != nil && b.home.pane.empty != nil })
}

func withLive(e *fakeEngine) { e.directory, e.index = onePage(someLive()...), someCategories }
func withMany(e *fakeEngine) { e.directory, e.index = manyLive(2431), someCategories }

func withoutLive(e *fakeEngine) {
	e.directory = func(context.Context, providers.DirectoryQuery) (providers.DirectoryPage, error) {
		return providers.DirectoryPage{}, down
	}
}

// withOnePage has one page and fails from then on.
func withOnePage(e *fakeEngine) {
	many := manyLive(500)
	e.index = someCategories
	e.directory = func(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
		if q.Page > 1 {
			return providers.DirectoryPage{}, down
		}
		return many(ctx, q)
	}
}

func answered(r *rig) {
	d := r.screenShown().(*discover)
	r.until("the list", func() bool {
		return !d.pages.running() && !d.standing.asking.running() && r.catalog.index != nil
	})
}

func picturesThere(r *rig) {
	answered(r)
	r.render()
	r.until("the pictures", func() bool { return len(r.pictures.under) == 0 })
}

func TestThePlatformsScreensLookAsTheyShould(t *testing.T) {
	for _, shot := range platformShots {
		name := shot.name + "-" + shot.dress + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, shot.state(), shot.dress, shot.lang)
			r.pictures.client = &http.Client{Transport: paintedPictures{}}
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
