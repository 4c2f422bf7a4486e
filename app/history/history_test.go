package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// rig is a History with what it showed last.
type rig struct {
	*History
	mu    sync.Mutex // guards what follows
	shown []state.Past
	kept  string
}

func open(t *testing.T, dir string) *rig {
	t.Helper()
	r := &rig{}
	r.History = New(Options{
		Dir: dir, Locks: storage.NewLocks(filepath.Join(dir, "locks")), Now: func() time.Time { return noon },
		Emit: func(events ...state.Event) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.shown = events[0].(state.HistoryChanged).History
		},
		Broken:  func(kept string, _ error) { r.kept = kept },
		Changed: func() {},
	})
	return r
}

func (r *rig) remember(t *testing.T, uses ...Use) {
	t.Helper()
	for _, use := range uses {
		if err := r.Remember(t.Context(), use); err != nil {
			t.Fatal(err)
		}
	}
}

// titles gives what is shown, the last used first.
func (r *rig) titles() []string {
	var all []string
	for _, p := range r.shown {
		all = append(all, p.Title)
	}
	return all
}

func ptr[T any](v T) *T { return &v }

var pubg = providers.Category{Number: "00040066", Name: "배틀그라운드"}

func titled(title string, minute int) Use {
	return Use{Platform: "soop", Title: &title, Shown: title, Category: &pubg, Hashtags: &[]string{"게임"}, At: noon.Add(time.Duration(minute) * time.Minute)}
}

func TestTheSameIsCountedUpAndComesFirst(t *testing.T) {
	r := open(t, t.TempDir())
	other := titled("a", 2)
	other.Category = &providers.Category{Number: "00040001", Name: "스타크래프트"}
	elsewhere := titled("a", 3)
	elsewhere.Platform = "kollus"
	r.remember(t, titled("a", 0), titled("b", 1), other, elsewhere, titled("  a\u200b ", 4))
	if got := r.titles(); !slices.Equal(got, []string{"a", "a", "a", "b"}) {
		t.Fatalf("shown are %q", got)
	}
	first := r.shown[0]
	if first.ID != "1" || first.Uses != 2 || !first.Last.Equal(noon.Add(4*time.Minute)) || first.Platform != "soop" ||
		first.Category != pubg || !slices.Equal(first.Hashtags, []string{"게임"}) {
		t.Errorf("the first is %+v", first)
	}
	if again := open(t, filepath.Dir(r.file.Path)); again.Reload(t.Context()) != nil || !slices.Equal(again.titles(), r.titles()) {
		t.Errorf("read again: %q", again.titles())
	}
}

// A terminal sends a title and knows nothing of the rest.
func TestWhatIsNotKnownMayBeAnything(t *testing.T) {
	r := open(t, t.TempDir())
	r.remember(t, titled("a", 0), Use{Platform: "soop", Title: ptr("a"), Shown: "a", At: noon.Add(time.Minute)})
	if len(r.shown) != 1 || r.shown[0].Uses != 2 || r.shown[0].Category != pubg {
		t.Errorf("shown is %+v", r.shown)
	}
	r.remember(t, Use{Platform: "soop", Title: ptr("new"), Shown: "new", At: noon})
	if p := r.shown[0]; p.Title != "new" || p.Category.Number != "" || p.PatchIn("en").Category != nil || p.PatchIn("en").Hashtags != nil {
		t.Errorf("shown is %+v", p)
	}
}

func TestAChangedCategoryKeepsTheTemplateBehindTheTitle(t *testing.T) {
	r := open(t, t.TempDir())
	first := titled("{회차}화", 0)
	first.Shown = "12화"
	sc := providers.Category{Number: "00040001", Name: "스타크래프트"}
	r.remember(t, first, Use{Platform: "soop", Shown: "12화", Category: &sc, Hashtags: first.Hashtags, At: noon.Add(time.Minute)})
	if p := r.shown[0]; p.Title != "{episode}화" || p.Category != sc || len(r.shown) != 2 || p.TitleIn("ko") != "{회차}화" {
		t.Errorf("shown is %+v", r.shown)
	}
	// A title that nobody here has sent stands for itself.
	r.remember(t, Use{Platform: "soop", Shown: "a {b}", Category: &sc, At: noon})
	if got := r.titles()[0]; got != "a {{b}}" {
		t.Errorf("kept as %q", got)
	}
}

func TestOnlyFavouritesOutliveTwoHundredOthers(t *testing.T) {
	r := open(t, t.TempDir())
	r.remember(t, titled("favourite", 0), titled("first", 1))
	if err := r.Star(t.Context(), "1", true); err != nil {
		t.Fatal(err)
	}
	for i := range Kept - 1 {
		r.remember(t, titled(fmt.Sprint(i), 2+i))
	}
	if len(r.shown) != Kept+1 || !slices.Contains(r.titles(), "first") {
		t.Fatalf("%d are kept, with the first: %v", len(r.shown), slices.Contains(r.titles(), "first"))
	}
	r.remember(t, titled("one too many", 999))
	if got := r.titles(); len(got) != Kept+1 || slices.Contains(got, "first") || !slices.Contains(got, "favourite") || got[0] != "one too many" {
		t.Errorf("%d are kept: %q …", len(got), got[:3])
	}
	if err := r.Star(t.Context(), "1", false); err != nil {
		t.Fatal(err)
	}
	r.remember(t, titled("later", 1000))
	if slices.Contains(r.titles(), "favourite") {
		t.Error("no favourite any more, and still kept")
	}
}

func TestEntriesAreStarredAndRemovedByID(t *testing.T) {
	r := open(t, t.TempDir())
	r.remember(t, titled("a", 0), titled("b", 1))
	if err := r.Star(t.Context(), "1", true); err != nil || !r.shown[1].Favorite {
		t.Errorf("shown is %+v, %v", r.shown, err)
	}
	if err := r.Remove(t.Context(), "2"); err != nil || len(r.shown) != 1 {
		t.Errorf("shown is %+v, %v", r.shown, err)
	}
	r.remember(t, titled("c", 2))
	if r.shown[0].ID != "3" {
		t.Errorf("the ID of a removed entry was given again: %q", r.shown[0].ID)
	}
	for _, err := range []error{
		r.Star(t.Context(), "2", true), r.Remove(t.Context(), "2"), second(r.Entry(t.Context(), "x\x1b")),
	} {
		var usage *providers.Error
		if !errors.As(err, &usage) || !errors.Is(err, providers.ErrUsage) || usage.Reason != "history.unknown" {
			t.Errorf("an unknown ID: %v", err)
		}
	}
}

func second(_ state.Past, err error) error { return err }

func TestEpisodesFollowTheTitleAndNotItsHashtags(t *testing.T) {
	r := open(t, t.TempDir())
	moment := titletemplate.Moment{Now: noon}
	sent := r.Episodes("soop", "{회차}화").Sent(moment)
	use := titled("{회차}화", 0)
	use.Episodes = &sent
	r.remember(t, use)
	if err := r.Ended(t.Context(), noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	moment.LastEnded = r.LastEnded()
	use.Hashtags = &[]string{"other"}
	if got := r.Episodes("soop", "{episode}화").At(moment); got != 2 {
		t.Errorf("the second broadcast is %d", got)
	}
	if got := r.Episodes("kollus", "{episode}화").At(moment); got != 1 {
		t.Errorf("another platform's is %d", got)
	}
	if err := r.SetEpisode(t.Context(), "soop", "{episode}화", 41); err != nil {
		t.Fatal(err)
	}
	again := open(t, filepath.Dir(r.file.Path))
	if err := again.Reload(t.Context()); err != nil || again.Episodes("soop", "{episode}화").At(moment) != 41 {
		t.Errorf("set to 41: %+v, %v", again.Episodes("soop", "{episode}화"), err)
	}
	if err := r.Remove(t.Context(), "1"); err != nil {
		t.Fatal(err)
	}
	if err := r.Ended(t.Context(), noon); err != nil || !r.LastEnded().Equal(noon.Add(time.Hour)) {
		t.Errorf("an older end counts: %v, %v", r.LastEnded(), err)
	}
}

func TestAFileOfSomethingElseIsKeptAsideOrTidied(t *testing.T) {
	long := strings.Repeat("가", longestText+1)
	for _, c := range []struct {
		name, content string
		broken        bool
		want          []string
	}{
		{"no JSON", "{", true, nil},
		{"another kind", `{"entries":5}`, true, nil},
		{"entries that cannot be", `{"entries":[{"id":"1","platform":"soop","title":"a"},{"id":"1","platform":"soop","title":"twice"},
			{"id":"","platform":"soop","title":"no ID"},{"id":"2","title":"no platform"},{"id":"3","platform":"soop","title":"` + long + `"},
			{"id":"4","platform":"soop","title":"b","uses":-1},{"id":"5","platform":"soop","title":"c\u001b[31md"}]}`, false, []string{"a", "cd"}},
		{"nothing in it", `{}`, false, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, FileName), []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			r := open(t, dir)
			if err := r.Reload(t.Context()); err != nil || !slices.Equal(r.titles(), c.want) || (r.kept != "") != c.broken {
				t.Errorf("shows %q, kept %q, %v", r.titles(), r.kept, err)
			}
			r.remember(t, titled("new", 0))
			if r.titles()[0] != "new" {
				t.Errorf("shows %q", r.titles())
			}
		})
	}
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	r := open(t, t.TempDir())
	r.turn <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Remember(ctx, titled("a", 0)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
