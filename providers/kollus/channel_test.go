package kollus

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// The simulated channels that tests stream to: one whose answers have the key,
// and one whose answers do not.
const (
	withKey    = "pk1000live00"
	withoutKey = "pk1111live03"
	neverUsed  = "pk1074live02"
)

func TestChannelsAreReadHoweverTheLatestBroadcastIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		s, _ := service(t, "", func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.Method+" "+r.URL.Path+"?"+r.URL.RawQuery+" "+r.Header.Get("Accept"))
			_, _ = io.WriteString(w, example(t, "channels.json"))
		})
		page, err := s.Channels(t.Context(), providers.ChannelQuery{Search: " 강의 ", Cursor: "2", PerPage: 15})
		if err != nil {
			t.Fatal(err)
		}
		if want := "GET /api/v1/live/service-accounts/test/channels?keyword=%EA%B0%95%EC%9D%98&page=2&per_page=15 application/json"; asked[0] != want {
			t.Errorf("asked %s", asked[0])
		}
		created := time.Date(2023, 3, 1, 2, 30, 0, 0, time.UTC)
		want := []providers.Channel{
			{
				Key: "a1b2c3", Title: "본관 스튜디오", OnAir: true, Viewers: -1, Created: created, Chat: true,
				Started: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Facts: map[string]string{"media_player_policy": "player v3"},
			},
			{
				Key: "d4e5f6", Title: "강의실", Viewers: -1, Created: created, Shared: true,
				Facts: map[string]string{"idle_screen": "https://img.kollus.example/idle.png"},
			},
			{Key: "empty-list", Title: "안 쓴 채널", Viewers: -1, Facts: map[string]string{}},
			{Key: "null", Title: "안 쓴 채널 2", Viewers: -1, Facts: map[string]string{}},
			{
				Key: "90210", Title: "끝난 방송", Viewers: -1, Shared: true, Started: time.Date(2026, 2, 28, 9, 0, 0, 0, time.UTC),
				Ended: time.Date(2026, 2, 28, 10, 30, 0, 0, time.UTC), Facts: map[string]string{},
			},
		}
		if !reflect.DeepEqual(page.Channels, want) {
			t.Errorf("read\n%+v\nnot\n%+v", page.Channels, want)
		}
		if page.Total != 41 || page.Next != "2" {
			t.Errorf("total %d, next %q", page.Total, page.Next)
		}
	})
}

func TestEveryChannelComesOnceOverAllPages(t *testing.T) {
	inSandbox(t, func(w *world) {
		t, ctx, s := w.t, w.t.Context(), w.byToken("")
		seen := map[string]bool{}
		query, pages, onAir := providers.ChannelQuery{PerPage: 20}, 0, 0
		for more := true; more; pages++ {
			page, err := s.Channels(ctx, query)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page.Channels {
				if seen[c.Key] {
					t.Errorf("%s came twice", c.Key)
				}
				seen[c.Key] = true
				if c.OnAir {
					onAir++
				}
			}
			if page.Total != 72 {
				t.Errorf("total %d", page.Total)
			}
			query.Cursor, more = page.Next, page.Next != ""
		}
		if len(seen) != 72 || pages != 4 || onAir == 0 {
			t.Errorf("%d channels on %d pages, %d on air", len(seen), pages, onAir)
		}
		found, err := s.Channels(ctx, providers.ChannelQuery{Search: "강남"})
		if err != nil || len(found.Channels) == 0 || len(found.Channels) == 72 {
			t.Errorf("found %d (%v)", len(found.Channels), err)
		}
		for _, c := range found.Channels {
			if !strings.Contains(c.Title, "강남") {
				t.Errorf("found %s", c.Title)
			}
		}
		if _, err := s.Channel(ctx, "none"); failure(err).Reason != "channel.unknown" || !errors.Is(err, providers.ErrRefused) {
			t.Errorf("an unknown channel: %v", err)
		}
	})
}

func TestTheStreamKeyIsTheCreators(t *testing.T) {
	inSandbox(t, func(w *world) {
		t, ctx, s := w.t, w.t.Context(), w.byToken(withKey)
		got, err := s.Ingest(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if want := w.sandbox.IngestURL(ctx); got.Server != want || !got.Key.Equal(w.sandbox.KollusKey(withKey)) {
			t.Errorf("server %s, the creator's key: %t", got.Server, got.Key.Equal(w.sandbox.KollusKey(withKey)))
		}
	})
}

func TestAStreamKeyThatNobodyTellsIsAskedForOnceAndKept(t *testing.T) {
	inSandbox(t, func(w *world) {
		t, ctx, s := w.t, w.t.Context(), w.byToken(withoutKey)
		if _, err := s.Ingest(ctx); failure(err).Reason != ReasonNoKey {
			t.Fatalf("no key: %v", err)
		}
		if err := s.KeepIngest(ctx, providers.Ingest{Server: "https://not-rtmp.example", Key: secret.New("k")}); failure(err).Reason != "ingest.server_invalid" {
			t.Errorf("not an RTMP server: %v", err)
		}
		typed := providers.Ingest{Server: " rtmp://live.example/app/ ", Key: secret.New(" typed-key\n")}
		if err := s.KeepIngest(ctx, typed); err != nil {
			t.Fatal(err)
		}
		again := w.byToken(withoutKey)
		got, err := again.Ingest(ctx)
		if err != nil || got.Server != "rtmp://live.example/app/" || got.Key.Reveal() != "typed-key" {
			t.Errorf("%s, the typed key: %t (%v)", got.Server, got.Key.Reveal() == "typed-key", err)
		}
		if other, err := w.byToken(withKey).Ingest(ctx); err != nil || other.Server == got.Server {
			t.Errorf("another channel got it too (%v)", err)
		}
		if err := again.KeepIngest(ctx, providers.Ingest{}); err != nil {
			t.Error(err)
		}
		if _, err := again.Ingest(ctx); failure(err).Reason != ReasonNoKey {
			t.Errorf("after forgetting: %v", err)
		}
		if err := again.KeepIngest(ctx, typed); err != nil {
			t.Error(err)
		}
		if err := again.Forget(ctx); err != nil {
			t.Error(err)
		}
		for name := range w.vault.Values {
			if name != FieldPersonalToken {
				t.Errorf("%s is left in the vault", name)
			}
		}
	})
}

func TestABroadcastIsSeenAndItsTitleChanged(t *testing.T) {
	inSandbox(t, func(w *world) {
		t, ctx, s := w.t, w.t.Context(), w.byToken(withoutKey)
		key := w.sandbox.KollusKey(withoutKey)
		if live, err := s.Live(ctx); err != nil || live.OnAir {
			t.Errorf("on air before: %t (%v)", live.OnAir, err)
		}
		if err := w.sandbox.SetOnAir(ctx, key, true); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		time.Sleep(cacheTTL)
		live, err := s.Live(ctx)
		if err != nil || !live.OnAir || live.Started.Sub(began).Abs() > time.Second || live.Viewers != -1 {
			t.Errorf("%+v (%v)", live, err)
		}
		title := "오늘의 방송 — live"
		if err := s.Update(ctx, providers.Patch{Title: &title}); err != nil {
			t.Fatal(err)
		}
		if b, err := s.Broadcast(ctx); err != nil || b.Title != title {
			t.Errorf("the title is %q (%v)", b.Title, err)
		}
		state, err := w.sandbox.KollusState(ctx)
		if err != nil || state.OnAir[withoutKey] != title {
			t.Errorf("the platform has %q (%v)", state.OnAir[withoutKey], err)
		}
		time.Sleep(23 * time.Minute)
		stats, err := s.Statistics(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if stats.Broadcast.Title != title || !stats.Broadcast.OnAir || stats.Step != 5*time.Minute || len(stats.Viewers) != 5 {
			t.Errorf("%+v with %d steps", stats.Broadcast, len(stats.Viewers))
		}
		keys := []string{}
		for _, n := range stats.Numbers {
			keys = append(keys, n.Key)
		}
		if want := "play_count unique_viewers peak_viewers broadcast_seconds watched_seconds"; strings.Join(keys, " ") != want {
			t.Errorf("numbers %v", keys)
		}
		if err := w.sandbox.SetOnAir(ctx, key, false); err != nil {
			t.Error(err)
		}
		time.Sleep(cacheTTL)
		if live, err := s.Live(ctx); err != nil || live.OnAir {
			t.Errorf("on air afterwards: %t (%v)", live.OnAir, err)
		}
	})
}

func TestTheLatestBroadcastIsFoundOnTheLastPage(t *testing.T) {
	inSandbox(t, func(w *world) {
		const many = withoutKey // 27 broadcasts, the oldest first
		b, err := w.byToken(many).Broadcast(w.t.Context())
		if err != nil || !strings.HasSuffix(b.Title, " 27회") {
			w.t.Errorf("the latest is %q (%v)", b.Title, err)
		}
	})
}

func TestAChannelWithoutABroadcastHasNoTitleToChange(t *testing.T) {
	inSandbox(t, func(w *world) {
		t, ctx, s := w.t, w.t.Context(), w.byToken(neverUsed)
		if b, err := s.Broadcast(ctx); err != nil || b.Title != "" {
			t.Errorf("%q (%v)", b.Title, err)
		}
		title := "제목"
		if err := s.Update(ctx, providers.Patch{Title: &title}); failure(err).Reason != "channel.no_broadcast" {
			t.Errorf("update: %v", err)
		}
		if stats, err := s.Statistics(ctx); err != nil || len(stats.Numbers) != 0 {
			t.Errorf("%+v (%v)", stats, err)
		}
		none := w.byToken("")
		_, ingestErr := none.Ingest(ctx)
		_, liveErr := none.Live(ctx)
		for _, err := range []error{ingestErr, liveErr} {
			if failure(err).Reason != "channel.none" {
				t.Errorf("no channel chosen: %v", err)
			}
		}
	})
}

func TestOnlyTheTitleCanBeEdited(t *testing.T) {
	s := &session{}
	empty, tags, hidden := "  ", []string{"a"}, true
	err := s.Check(providers.Patch{Title: &empty, Hashtags: &tags, Hidden: &hidden})
	for _, want := range []string{"title.empty", "hashtags.unsupported", "hidden.unsupported"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %s in %v", want, err)
		}
	}
	long := strings.Repeat("가", 300)
	if err := s.Check(providers.Patch{Title: &long}); err != nil {
		t.Errorf("no bound is known, but: %v", err)
	}
}
