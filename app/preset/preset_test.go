package preset_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/app/preset"
	"cuelight/app/state"
	"cuelight/app/titletemplate"
	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestAPresetSendsWhatItNamesAndNothingElse(t *testing.T) {
	w := newWorld(t, t.TempDir())
	values := providers.Patch{Title: ptr("한 판"), Category: ptr("1"), Hashtags: &[]string{}, RefuseExploration: ptr(true), Hidden: ptr(false)}
	w.save(t, "배그 솔로", values)
	if len(w.sent) != 0 {
		t.Error("saving sent something")
	}
	outcome, err := w.Apply(t.Context(), "배그 솔로", nil)
	if err != nil || len(w.sent) != 1 || len(outcome.Left) != 0 {
		t.Fatalf("applied %v, %+v, %v", w.sent, outcome, err)
	}
	got, want := state.SettingsOf(w.sent[0], ""), state.SettingsOf(values, "")
	if *got.Title != *want.Title || got.Hashtags == nil || *got.Hidden || *got.Exploration != "refuse" || got.Viewers != nil || got.Paid != nil {
		t.Errorf("sent %+v", got)
	}
	if outcome.Preset.Category.Name != "게임" {
		t.Errorf("the category's name is not kept: %+v", outcome.Preset.Category)
	}
}

func TestWhatThePlatformWouldRefuseIsRefusedWhenItIsSaved(t *testing.T) {
	w := newWorld(t, t.TempDir())
	for what, p := range map[string]providers.Patch{
		"a long title": {Title: ptr(strings.Repeat("가", 11))}, "many hashtags": {Hashtags: &[]string{"1", "2", "3"}},
		"an unknown category": {Category: ptr("99")}, "nothing": {}, "a password alone": {Password: ptr(secret.New("hunter2"))},
	} {
		if _, err := w.Save(t.Context(), "x", p); !errors.Is(err, providers.ErrUsage) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, name := range []string{"", " \u200b", "a\x1b[31m", strings.Repeat("가", preset.MaxName+1)} {
		if _, err := w.Save(t.Context(), name, providers.Patch{Title: ptr("a")}); !errors.Is(err, providers.ErrUsage) {
			t.Errorf("the name %q: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(w.dir, preset.FileName)); err == nil {
		t.Error("something was written")
	}
}

func TestNoPasswordIsEverKept(t *testing.T) {
	w := newWorld(t, t.TempDir())
	outcome, err := w.Save(t.Context(), "a", providers.Patch{Title: ptr("a"), Password: ptr(secret.New("hunter2"))})
	if err != nil || !slices.Equal(outcome.Left, []providers.FieldID{providers.FieldPassword}) {
		t.Fatalf("%+v, %v", outcome, err)
	}
	current := state.BroadcastState{Limits: platform{}.Limits(), Confirmed: providers.Broadcast{
		Title: "현재 {1}", Category: providers.Category{Number: "0002"}, HasPassword: true,
	}}
	outcome, err = w.SaveCurrent(t.Context(), "b", current)
	if err != nil || !slices.Equal(outcome.Left, []providers.FieldID{providers.FieldPassword}) || outcome.Preset.NoPassword {
		t.Fatalf("%+v, %v", outcome, err)
	}
	if p := outcome.Preset; *p.Title != "현재 {{1}}" || p.Category.Name != "토크" || p.Watermark != nil || p.Viewers != nil {
		t.Errorf("the current settings are %+v", p)
	}
	exported := filepath.Join(t.TempDir(), "e.json")
	if _, err := w.Export(t.Context(), exported); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{exported, filepath.Join(w.dir, preset.FileName)} {
		if data, err := os.ReadFile(file); err != nil || strings.Contains(string(data), "hunter2") {
			t.Errorf("%s: %v\n%s", file, err, data)
		}
	}
}

func TestEachPresetCountsItsOwnBroadcasts(t *testing.T) {
	w := newWorld(t, t.TempDir())
	w.save(t, "a", providers.Patch{Title: ptr("{회차}화")})
	w.save(t, "b", providers.Patch{Title: ptr("{episode}")})
	for i, step := range []struct{ name, broadcast string }{{"a", "x"}, {"b", "x"}, {"a", "x"}, {"a", "y"}, {"a", "z"}, {"b", "z"}} {
		w.moment = titletemplate.Moment{Now: time.Unix(int64(i+1), 0), Known: true, Broadcast: step.broadcast}
		if _, err := w.Apply(t.Context(), step.name, nil); err != nil {
			t.Fatal(err)
		}
	}
	if want := []int{1, 1, 1, 2, 3, 2}; !slices.Equal(w.counted, want) {
		t.Errorf("counted %v, want %v", w.counted, want)
	}
	w.save(t, "a", providers.Patch{Title: ptr("{episode}!")})
	if p, err := w.Find(t.Context(), "a"); err != nil || p.Episodes.Number != 3 || *p.Title != "{episode}!" {
		t.Errorf("saved again: %+v, %v", p, err)
	}
}

func TestACategoryThatIsGoneIsSaidAndTheRestApplied(t *testing.T) {
	w := newWorld(t, t.TempDir())
	w.save(t, "both", providers.Patch{Title: ptr("a"), Category: ptr("0002")})
	w.save(t, "alone", providers.Patch{Category: ptr("0002")})
	w.categories = w.categories[:1]
	outcome, err := w.Apply(t.Context(), "both", nil)
	if err != nil || !slices.Equal(outcome.Left, []providers.FieldID{providers.FieldCategory}) || len(w.sent) != 1 || w.sent[0].Category != nil || *w.sent[0].Title != "a" {
		t.Errorf("%+v, %v, sent %+v", outcome, err, w.sent)
	}
	if _, err := w.Apply(t.Context(), "alone", nil); !errors.Is(err, providers.ErrUsage) || len(w.sent) != 1 {
		t.Errorf("nothing is left: %v", err)
	}
	list, _ := w.Load(t.Context())
	if gone, err := w.Gone(t.Context(), list); err != nil || !gone["both"] || !gone["alone"] {
		t.Errorf("gone are %v, %v", gone, err)
	}
}

func TestNamesAreOneInEveryWayOfTypingThem(t *testing.T) {
	w := newWorld(t, t.TempDir())
	w.save(t, "  방송\u200b ", providers.Patch{Title: ptr("a")})
	w.save(t, "\u1107\u1161\u11bc\u1109\u1169\u11bc", providers.Patch{Title: ptr("b")}) // in NFD
	if names := w.names(t); !slices.Equal(names, []string{"방송"}) {
		t.Fatalf("names %q", names)
	}
	w.save(t, "list", providers.Patch{Title: ptr("c")})
	if err := w.Rename(t.Context(), "list", "방송"); !errors.Is(err, providers.ErrUsage) {
		t.Errorf("a taken name: %v", err)
	}
	if err := w.Move(t.Context(), "list", 0); err != nil {
		t.Error(err)
	}
	if err := w.Rename(t.Context(), "방송", "소통"); err != nil {
		t.Error(err)
	}
	if names := w.names(t); !slices.Equal(names, []string{"list", "소통"}) {
		t.Errorf("names %q", names)
	}
	if err := w.Remove(t.Context(), "방송"); !errors.Is(err, providers.ErrUsage) {
		t.Errorf("removing what is not there: %v", err)
	}
}

func TestABrokenImportImportsNothing(t *testing.T) {
	w := newWorld(t, t.TempDir())
	w.save(t, "mine", providers.Patch{Title: ptr("a")})
	file := filepath.Join(t.TempDir(), "in.json")
	good := `{"name":"good","platform":"soop","title":"b"}`
	for _, content := range []string{
		``, `{}`, `[]`, `{"presets":[` + good, `{"presets":[` + good + `,{"name":"","platform":"soop","title":"b"}]}`,
		`{"presets":[` + good + `,` + good + `]}`, `{"presets":[` + good + `,{"name":"long","platform":"soop","title":"` + strings.Repeat("x", 11) + `"}]}`,
		`{"presets":[` + good + `,{"name":"empty","platform":"soop"}]}`, `{"presets":[` + good + `,{"name":"typed","platform":"soop","title":3}]}`,
		`{"presets":[` + good + `,{"name":"x","platform":"soop","exploration":"maybe"}]}`,
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if added, err := w.Import(t.Context(), file); err == nil || len(added) != 0 {
			t.Errorf("%.60s: %v, %v", content, added, err)
		}
		if names := w.names(t); !slices.Equal(names, []string{"mine"}) {
			t.Fatalf("%.60s: names %q", content, names)
		}
	}
	if _, err := w.Import(t.Context(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, providers.ErrUsage) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestWhatWasExportedIsImportedOnce(t *testing.T) {
	w := newWorld(t, t.TempDir())
	w.save(t, "a", providers.Patch{Title: ptr("1"), Category: ptr("0001"), Hashtags: &[]string{"x"}})
	w.save(t, "b", providers.Patch{Title: ptr("2")})
	file := filepath.Join(t.TempDir(), "out.json")
	if n, err := w.Export(t.Context(), file); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if added, err := w.Import(t.Context(), file); err != nil || len(added) != 0 {
		t.Errorf("twice the same: %v, %v", added, err)
	}
	w.save(t, "b", providers.Patch{Title: ptr("other")})
	if added, err := w.Import(t.Context(), file); err != nil || !slices.Equal(added, []string{"b 2"}) {
		t.Errorf("one of that name: %v, %v", added, err)
	}
	other := newWorld(t, t.TempDir())
	if _, err := other.Import(t.Context(), file); err != nil || !slices.Equal(other.names(t), []string{"a", "b"}) {
		t.Errorf("elsewhere: %v", err)
	}
}

func TestTwoProcessesLoseNoPreset(t *testing.T) {
	dir := t.TempDir()
	var work sync.WaitGroup
	for process := range 3 {
		w := newWorld(t, dir)
		work.Go(func() {
			for i := range 15 {
				if _, err := w.Save(t.Context(), strconv.Itoa(process)+" "+strconv.Itoa(i), providers.Patch{Title: ptr("a")}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	if names := newWorld(t, dir).names(t); len(names) != 45 {
		t.Errorf("%d of 45", len(names))
	}
}

func TestABrokenFileIsKeptAside(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, preset.FileName), []byte(`{"presets":[`), 0o600); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, dir)
	w.save(t, "a", providers.Patch{Title: ptr("a")})
	if data, err := os.ReadFile(w.broken); err != nil || string(data) != `{"presets":[` {
		t.Errorf("kept as %q, %v", w.broken, err)
	}
}
