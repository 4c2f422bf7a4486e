package config

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// draftsOnDisk reads the drafts as they are, by key.
func draftsOnDisk(t testing.TB, dir string) (all map[string]providers.Patch) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, DraftsFileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// edited changes the draft of "mine" as a process does that shows before.
func edited(s *Store, before, after providers.Patch) { s.EditDraft("mine", "", before, after) }

func title(text string) providers.Patch { return providers.Patch{Title: &text} }

func text(p *string) string {
	if p == nil {
		return "none"
	}
	return *p
}

func TestEachFieldOfADraftComesBack(t *testing.T) {
	dir := t.TempDir()
	want := providers.Patch{
		Title: ptr("제목 <b>"), Category: ptr("00040066"), Language: ptr("ko_KR"), ViewerLimit: ptr(7), Hidden: ptr(false),
		AgeGrade: ptr(19), Hashtags: &[]string{"a", "나"}, EndingMessage: ptr(""), Standby: ptr(true), StandbyMinutes: ptr(5),
		Watermark: ptr(2), RefuseExploration: ptr(true), PaidPromotion: ptr(true), CoverURL: ptr("https://x/"), Activity: ptr(3),
	}
	for i := range reflect.TypeFor[providers.Patch]().NumField() {
		name := reflect.TypeFor[providers.Patch]().Field(i).Name
		if reflect.ValueOf(want).Field(i).IsNil() && name != "Password" {
			t.Fatalf("teach this test about %s", name)
		}
	}
	s := open(t, dir)
	edited(s, providers.Patch{}, want)
	if got := s.Draft("mine", ""); !reflect.DeepEqual(got, want) {
		t.Errorf("in memory is %+v", got)
	}
	closed(t, s)
	if got := open(t, dir).Draft("mine", ""); !reflect.DeepEqual(got, want) {
		t.Errorf("came back as %+v", got)
	}
}

func TestAPasswordIsNeverWritten(t *testing.T) {
	dir := t.TempDir()
	typed := secret.New("draft-pass-9173")
	if err := os.WriteFile(filepath.Join(dir, DraftsFileName), []byte(`{"mine": {"Password": "by hand", "Title": "t"}, "x": {"Password": "y"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	edited(s, providers.Patch{}, providers.Patch{Password: &typed})
	edited(s, title("t"), providers.Patch{Password: &typed, Title: ptr("u")})
	if got := s.Draft("mine", ""); got.Password != nil || text(got.Title) != "u" {
		t.Errorf("got %+v", got)
	}
	closed(t, s)
	data, err := os.ReadFile(filepath.Join(dir, DraftsFileName))
	if err != nil || strings.Contains(string(data), "assword") || strings.Contains(string(data), `"x"`) {
		t.Errorf("on disk is %s, %v", data, err)
	}
}

func TestWhatSentOrDroppedElsewhereNeverComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		window := open(t, dir)
		edited(window, providers.Patch{}, title("typed"))
		time.Sleep(time.Second)
		terminal := open(t, dir)
		edited(terminal, title("typed"), providers.Patch{}) // it was sent
		closed(t, terminal)
		// The window does not know yet, and goes on typing elsewhere.
		edited(window, title("typed"), providers.Patch{Title: ptr("typed"), ViewerLimit: ptr(9)})
		time.Sleep(time.Second)
		got := draftsOnDisk(t, dir)["mine"]
		if got.Title != nil || got.ViewerLimit == nil {
			t.Errorf("on disk is %+v", got)
		}
		if got := window.Draft("mine", ""); got.Title != nil || got.ViewerLimit == nil {
			t.Errorf("the window has %+v", got)
		}
	})
}

func TestAListThatAnotherProcessReadFromTheFileIsDroppedToo(t *testing.T) {
	dir := t.TempDir()
	tagged := providers.Patch{Hashtags: &[]string{"a", "b"}} // written over several lines
	window := open(t, dir)
	edited(window, providers.Patch{}, tagged)
	closed(t, window)
	command := open(t, dir)
	edited(command, tagged, providers.Patch{})
	closed(t, command)
	if got := draftsOnDisk(t, dir); len(got) != 0 {
		t.Errorf("on disk is %+v", got)
	}
}

func TestWhatIsDroppedHereLeavesWhatWasTypedElsewhereMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		window := open(t, dir)
		edited(window, providers.Patch{}, title("first"))
		time.Sleep(time.Second)
		terminal := open(t, dir)
		edited(window, title("first"), title("second"))
		time.Sleep(time.Second)
		edited(terminal, title("first"), providers.Patch{}) // which it had read, and sent
		closed(t, terminal)
		if got := draftsOnDisk(t, dir)["mine"]; text(got.Title) != "second" {
			t.Errorf("on disk is %+v", got)
		}
	})
}

func TestTheLastOneToTypeWins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		one, other := open(t, dir), open(t, dir)
		edited(one, providers.Patch{}, title("one's"))
		time.Sleep(time.Second)
		edited(other, providers.Patch{}, title("other's"))
		time.Sleep(time.Second)
		if got := draftsOnDisk(t, dir)["mine"]; text(got.Title) != "other's" {
			t.Errorf("on disk is %+v", got)
		}
	})
}

func TestAFieldThatIsTypedAndDroppedBeforeItIsSavedIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		edited(s, providers.Patch{}, title("old"))
		time.Sleep(time.Second)
		edited(s, title("old"), title("new"))
		edited(s, title("new"), providers.Patch{}) // the file holds "old", which is this process's own
		if got := s.Draft("mine", ""); got.Title != nil {
			t.Errorf("in memory is %+v", got)
		}
		time.Sleep(time.Second)
		if got := draftsOnDisk(t, dir); len(got) != 0 {
			t.Errorf("on disk is %+v", got)
		}
		edited(s, providers.Patch{}, title("again"))
		edited(s, title("again"), providers.Patch{})
		edited(s, providers.Patch{}, title("at last"))
		time.Sleep(time.Second)
		if got := draftsOnDisk(t, dir)["mine"]; text(got.Title) != "at last" {
			t.Errorf("on disk is %+v", got)
		}
	})
}

func TestAFieldThatIsEditedAgainIsWrittenOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		release := held(t, dir, DraftsFileName)
		was := providers.Patch{}
		for i := range 1000 {
			now := providers.Patch{Title: ptr(strings.Repeat("x", i)), ViewerLimit: ptr(i)}
			edited(s, was, now)
			was = now
		}
		s.EditDraft("other", "", providers.Patch{}, title("other's"))
		s.drafts.mu.Lock()
		waiting := len(s.drafts.waiting)
		s.drafts.mu.Unlock()
		if waiting != 3 {
			t.Errorf("%d changes wait, of 3 fields", waiting)
		}
		release()
		time.Sleep(time.Minute)
		got := draftsOnDisk(t, dir)
		if *got["mine"].ViewerLimit != 999 || len(*got["mine"].Title) != 999 || text(got["other"].Title) != "other's" {
			t.Errorf("on disk is %+v", got)
		}
	})
}

func TestEditsMadeWhileASaveFailsAreNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, told, dir, missing := failing(t)
		edited(s, providers.Patch{}, title("one"))
		time.Sleep(time.Second)
		edited(s, title("one"), providers.Patch{Title: ptr("two"), ViewerLimit: ptr(3)})
		time.Sleep(5 * time.Second)
		edited(s, providers.Patch{Title: ptr("two"), ViewerLimit: ptr(3)}, title("two"))
		if err := os.Mkdir(missing, 0o700); err != nil {
			t.Fatal(err)
		}
		time.Sleep(retryLongest)
		synctest.Wait()
		got := draftsOnDisk(t, dir)["mine"]
		if text(got.Title) != "two" || got.ViewerLimit != nil || !slices.Equal(told.of(), []string{DraftsFileName}) {
			t.Errorf("on disk is %+v, told of %v", got, told.of())
		}
	})
}

func TestEachChannelHasADraftOfItsOwnAndARemovedAccountNone(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for _, name := range []string{"mine", "mine too"} {
		if err := s.AddAccount(t.Context(), providers.Account{Name: name}); err != nil {
			t.Fatal(err)
		}
		s.EditDraft(name, "", providers.Patch{}, title("of "+name))
		s.EditDraft(name, "room", providers.Patch{}, title("of the room"))
	}
	if got := s.Draft("mine", "room"); text(got.Title) != "of the room" {
		t.Errorf("of the room is %+v", got)
	}
	if got := s.Draft("mine", ""); text(got.Title) != "of mine" {
		t.Errorf("of the account is %+v", got)
	}
	if err := s.RemoveAccount(t.Context(), "mine"); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	keys := slices.Sorted(maps.Keys(draftsOnDisk(t, dir)))
	if !slices.Equal(keys, []string{"mine too", "mine too\nroom"}) {
		t.Errorf("left on disk: %q", keys)
	}
}

func TestWhatALaterVersionWroteOfADraftSurvives(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, DraftsFileName)
	if err := os.WriteFile(path, []byte(`{"mine": {"Later": {"a": [1, 2]}, "Title": "t", "Category": null}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	edited(s, title("t"), title("u"))
	closed(t, s)
	var got map[string]map[string]any
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if mine := got["mine"]; mine["Title"] != "u" || mine["Later"] == nil || len(mine) != 2 {
		t.Errorf("on disk is %s", data)
	}
}

func TestAnEditOfNothingIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		edited(s, title("same"), title("same"))
		time.Sleep(time.Second)
		if _, err := os.Stat(filepath.Join(dir, DraftsFileName)); !os.IsNotExist(err) {
			t.Errorf("written: %v", err)
		}
	})
}
