package contract

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox/soopsim"
)

func TestIngesterGivesAServerAndAMaskedKeyThatThePlatformTakes(t *testing.T) {
	with(t, func(w *world, s providers.Ingester) {
		got, err := s.Ingest(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if !strings.HasPrefix(got.Server, "rtmp") || !strings.HasSuffix(got.Server, cmp.Or(w.platform.serverEnd, "/")) || got.Key.Empty() {
			w.t.Errorf("server %q, key %s", got.Server, got.Key)
		}
		w.vault.Values["ingest just given"] = got.Key
		w.withoutSecrets("the ingest", got)
		w.withoutSecrets("a pointer to it", &got)
		w.withoutSecrets("what holds it", map[string]any{"a": []providers.Ingest{got}})
		if err := w.box.SetOnAir(w.t.Context(), got.Key, true); err != nil {
			w.t.Errorf("the platform does not take the key: %v", err)
		}
		again, err := s.Ingest(w.t.Context())
		if err != nil || again.Server != got.Server || !again.Key.Equal(got.Key) {
			w.t.Errorf("asked again: another ingest, %v", err)
		}
	})
}

func TestIngestEditorGivesWhatIngesterAndEditorGive(t *testing.T) {
	with(t, func(w *world, s providers.IngestEditor) {
		ingest, b, err := s.IngestAndBroadcast(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if calls, _ := w.sent(); len(calls) != 1 {
			w.t.Errorf("both took %d calls", len(calls))
		}
		alone, err := s.(providers.Ingester).Ingest(w.t.Context())
		if err != nil || alone.Server != ingest.Server || !alone.Key.Equal(ingest.Key) {
			w.t.Errorf("the ingest differs: %v", err)
		}
		read, err := s.(providers.Editor).Broadcast(w.t.Context())
		if err != nil || !same(read, b) {
			w.t.Errorf("%+v and %+v, %v", read, b, err)
		}
	})
}

func TestKeyResetterGivesANewKeyAndTheOldOneIsInvalid(t *testing.T) {
	with(t, func(w *world, s providers.KeyResetter) {
		ctx := w.t.Context()
		before, err := s.(providers.Ingester).Ingest(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		w.clear()
		key, err := s.ResetKey(ctx)
		if err != nil || key.Empty() || key.Equal(before.Key) {
			w.t.Fatalf("reset: %v", err)
		}
		if calls, _ := w.sent(); len(calls) != 1 {
			w.t.Errorf("a reset took %d calls", len(calls))
		}
		w.vault.Values["key just reset"] = key
		w.withoutSecrets("the key", key)
		after, err := s.(providers.Ingester).Ingest(ctx)
		if err != nil || !after.Key.Equal(key) || after.Server != before.Server {
			w.t.Errorf("the ingest has another key than the reset gave: %v", err)
		}
		if err := w.box.SetOnAir(ctx, before.Key, true); !errors.Is(err, soopsim.ErrUnknownKey) {
			w.t.Errorf("the old key: %v", err)
		}
		if err := w.box.SetOnAir(ctx, key, true); err != nil {
			w.t.Errorf("the new key: %v", err)
		}
	})
}

func TestIngestKeeperKeepsWhatTheUserGave(t *testing.T) {
	with(t, func(w *world, s providers.IngestKeeper) {
		ctx := w.t.Context()
		ingester := s.(providers.Ingester)
		own, err := ingester.Ingest(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		given := providers.Ingest{Server: "rtmp://ingest.example/live/", Key: secret.New("key-of-the-user")}
		if err := s.KeepIngest(ctx, given); err != nil {
			w.t.Fatal(err)
		}
		if got, err := ingester.Ingest(ctx); err != nil || got.Server != given.Server || !got.Key.Equal(given.Key) {
			w.t.Errorf("kept %q, %v", got.Server, err)
		}
		another := w.open().(providers.Ingester) // another process
		if got, err := another.Ingest(ctx); err != nil || !got.Key.Equal(given.Key) {
			w.t.Errorf("kept elsewhere %q, %v", got.Server, err)
		}
		if err := s.KeepIngest(ctx, providers.Ingest{Key: given.Key}); err != nil {
			w.t.Fatal(err)
		}
		if got, err := ingester.Ingest(ctx); err != nil || got.Server != own.Server || !got.Key.Equal(given.Key) {
			w.t.Errorf("a key alone: %q, %v", got.Server, err)
		}
		w.clear()
		w.usage("a server that is none", s.KeepIngest(ctx, providers.Ingest{Server: "https://ingest.example"}))
		if err := s.KeepIngest(ctx, providers.Ingest{}); err != nil {
			w.t.Fatal(err)
		}
		if got, err := ingester.Ingest(ctx); err != nil || got.Server != own.Server || !got.Key.Equal(own.Key) {
			w.t.Errorf("after forgetting: %q, %v", got.Server, err)
		}
	})
}

func TestEncoderLimitsAreOnesThatAnEncoderCanMeet(t *testing.T) {
	with(t, func(w *world, s providers.EncoderLimits) {
		ingest, err := s.(providers.Ingester).Ingest(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		w.clear()
		l := s.EncoderLimits(ingest.Server)
		if unknown := s.EncoderLimits(""); !slices.Equal(l.Codecs, unknown.Codecs) {
			w.t.Errorf("codecs of the server %v, and without one %v", l.Codecs, unknown.Codecs)
		}
		for name, n := range map[string]int{
			"video": l.MaxVideoKbps, "audio": l.MaxAudioKbps, "width": l.MaxWidth, "height": l.MaxHeight, "fps": l.MaxFPS,
		} {
			if n < 0 {
				w.t.Errorf("%s of %d", name, n)
			}
		}
		if l.KeyframeSeconds < 0 || l.KeyframeSeconds > 10 || len(l.Codecs) == 0 {
			w.t.Errorf("%+v", l)
		}
		w.sentNothing("limits")
	})
}

func TestLiveStatusFollowsTheStream(t *testing.T) {
	with(t, func(w *world, s providers.LiveStatus) {
		ctx := w.t.Context()
		ingest, err := s.(providers.Ingester).Ingest(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if live, err := s.Live(ctx); err != nil || live.OnAir || live.Viewers != -1 || !live.Started.IsZero() {
			w.t.Errorf("before: %+v, %v", live, err)
		}
		for _, on := range []bool{true, false} {
			if err := w.box.SetOnAir(ctx, ingest.Key, on); err != nil {
				w.t.Fatal(err)
			}
			w.settle()
			live, err := s.Live(ctx)
			if err != nil || live.OnAir != on || live.Viewers < -1 {
				w.t.Errorf("on air is %t: %+v, %v", on, live, err)
			}
			if on && live.Started.IsZero() {
				w.t.Errorf("on air without a beginning: %+v", live)
			}
		}
	})
}

func TestStationInfoIsTheUsers(t *testing.T) {
	with(t, func(w *world, s providers.StationInfo) {
		got, err := s.Station(w.t.Context())
		if err != nil || got.Nick == "" || got.Name == "" || got.Loyal < -1 || !strings.HasPrefix(got.Picture, "http") {
			w.t.Errorf("%+v, %v", got, err)
		}
		w.withoutSecrets("the station", got)
	})
}

func TestIdentifierTellsTheUserWhoSignedIn(t *testing.T) {
	with(t, func(w *world, s providers.Identifier) {
		me := w.platform.who(w)
		got, err := s.Identity(w.t.Context())
		if err != nil || got.UserID != me.UserID || got.Nick != me.Nick {
			w.t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestStatisticsAreInOrder(t *testing.T) {
	with(t, func(w *world, s providers.Statistics) {
		ctx := w.t.Context()
		ingest, err := s.(providers.Ingester).Ingest(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if err := w.box.SetOnAir(ctx, ingest.Key, true); err != nil {
			w.t.Fatal(err)
		}
		w.pass(hour)
		got, err := s.Statistics(ctx)
		if err != nil || got.Broadcast.Key == "" || !got.Broadcast.OnAir || len(got.Numbers) == 0 || got.Step <= 0 {
			w.t.Fatalf("%+v, %v", got, err)
		}
		if len(got.Viewers) < 10 {
			w.t.Errorf("%d steps after an hour", len(got.Viewers))
		}
		for i, v := range got.Viewers {
			if v.Count < 0 || i > 0 && v.At.Sub(got.Viewers[i-1].At) < got.Step {
				w.t.Errorf("step %d: %+v after %+v", i, v, got.Viewers[max(i-1, 0)])
			}
		}
	})
}
