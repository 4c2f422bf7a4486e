package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/app/config"
	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestADraftSurvivesARestartWithoutItsPassword(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	password := secret.New("draft-pass-9173")
	e.Broadcast.Draft(providers.Patch{Title: ptr("half typed"), Hashtags: &[]string{"a"}, Password: &password})
	saved(t, e)
	next := s.open()
	draft := next.State().Broadcast.Draft
	if draft.Title == nil || *draft.Title != "half typed" || draft.Hashtags == nil || draft.Password != nil {
		t.Errorf("the next start shows %+v", draft)
	}
	if data, err := os.ReadFile(filepath.Join(s.dir, config.DraftsFileName)); err != nil || strings.Contains(string(data), password.Reveal()) {
		t.Errorf("on disk: %v", err)
	}
	if err := next.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := next.Broadcast.Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	saved(t, next)
	if draft := s.open().State().Broadcast.Draft; !draft.Empty() {
		t.Errorf("sent, and still a draft at the next start: %+v", draft)
	}
}

func TestADiscardedDraftIsGoneAtTheNextStartToo(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	e.Broadcast.Draft(providers.Patch{Title: ptr("no")})
	saved(t, e)
	e.Broadcast.Discard()
	saved(t, e)
	if draft := s.open().State().Broadcast.Draft; !draft.Empty() {
		t.Errorf("still there: %+v", draft)
	}
}

func TestEachAccountHasItsOwnDraftAndARemovedOneNone(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	s.add(e, "first")
	s.add(e, "second") // the one in use
	e.Broadcast.Draft(providers.Patch{Title: ptr("of the second")})
	if err := e.Accounts.UseAccount(t.Context(), "first"); err != nil {
		t.Fatal(err)
	}
	if draft := e.State().Broadcast.Draft; !draft.Empty() {
		t.Errorf("the first account shows %+v", draft)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("of the first")})
	if err := e.Accounts.UseAccount(t.Context(), "second"); err != nil {
		t.Fatal(err)
	}
	if draft := e.State().Broadcast.Draft; draft.Title == nil || *draft.Title != "of the second" {
		t.Errorf("back at the second: %+v", draft)
	}
	if err := e.Accounts.RemoveAccount(t.Context(), "second"); err != nil {
		t.Fatal(err)
	}
	saved(t, e)
	next := onDisk(t, e)
	if of := next.Draft("first", ""); of.Title == nil || !next.Draft("second", "").Empty() {
		t.Errorf("on disk: %+v, %+v", of, next.Draft("second", ""))
	}
}

func TestBrokenDraftsAreKeptAsideAndNotWrittenOver(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	path := filepath.Join(s.dir, config.DraftsFileName)
	for i, content := range []string{`{"mine": {"Title": "cut of`, `[]`, ""} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		e.Broadcast.Draft(providers.Patch{Title: ptr(fmt.Sprint("title ", i))})
		saved(t, e)
		if draft := onDisk(t, e).Draft("mine", ""); draft.Title == nil || *draft.Title != fmt.Sprint("title ", i) {
			t.Errorf("%q: the next draft was not kept: %+v", content, draft)
		}
	}
	kept, err := filepath.Glob(path + ".broken-*")
	if err != nil || len(kept) != 3 {
		t.Fatalf("kept aside: %v, %v", kept, err)
	}
	if data, err := os.ReadFile(kept[0]); err != nil || string(data) != `{"mine": {"Title": "cut of` {
		t.Errorf("kept %q, %v", data, err)
	}
}

func TestTwoProcessesLoseNoDraftOfEachOther(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	other := s.open()
	var work sync.WaitGroup
	for i := range 10 {
		for n, process := range []*Engine{e, other} {
			work.Go(func() {
				process.config.EditDraft(fmt.Sprint(n, i), "", providers.Patch{}, providers.Patch{Title: ptr("t")})
			})
		}
	}
	work.Wait()
	left := 0
	for tooLong := time.Now().Add(20 * time.Second); left < 20 && time.Now().Before(tooLong); time.Sleep(20 * time.Millisecond) {
		left = 0
		next := onDisk(t, e)
		for i := range 10 {
			for n := range 2 {
				if !next.Draft(fmt.Sprint(n, i), "").Empty() {
					left++
				}
			}
		}
	}
	if left != 20 {
		t.Errorf("%d of 20 drafts are left", left)
	}
}

func TestACommandBesideAWindowLeavesTheWindowsDraft(t *testing.T) {
	s := newStudio(t)
	window := s.signedIn()
	command := s.open()
	window.Broadcast.Draft(providers.Patch{Title: ptr("typed in the window")})
	saved(t, window)
	if err := command.Broadcast.Update(t.Context(), providers.Patch{ViewerLimit: ptr(40)}, nil); err != nil {
		t.Fatal(err)
	}
	if draft := s.open().State().Broadcast.Draft; draft.Title == nil || *draft.Title != "typed in the window" {
		t.Errorf("the next start shows %+v", draft)
	}
}

// conflicted gives an Engine whose draft of the title meets another one set
// elsewhere meanwhile.
func conflicted(t *testing.T, s *studio) *Engine {
	t.Helper()
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("mine"), ViewerLimit: ptr(30)})
	other := s.open()
	if err := other.Broadcast.Update(t.Context(), providers.Patch{Title: ptr("theirs")}, nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := e.State().Broadcast; len(got.Conflicts) != 1 || got.Conflicts[0] != providers.FieldTitle || got.Shown().Title != "mine" {
		t.Fatalf("shown as %+v", got)
	}
	return e
}

func TestAFieldChangedElsewhereIsAConflictUntilItIsSettled(t *testing.T) {
	t.Run("mine", func(t *testing.T) {
		s := newStudio(t)
		e := conflicted(t, s)
		e.Broadcast.KeepMine(providers.FieldTitle)
		if err := e.Broadcast.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := e.State().Broadcast; len(got.Conflicts) != 0 || got.Shown().Title != "mine" {
			t.Errorf("settled, and shown as %+v", got)
		}
		if err := e.Broadcast.Apply(t.Context(), nil); err != nil || e.State().Broadcast.Confirmed.Title != "mine" {
			t.Errorf("applied: %v, %+v", err, e.State().Broadcast.Confirmed)
		}
	})
	t.Run("theirs", func(t *testing.T) {
		s := newStudio(t)
		e := conflicted(t, s)
		e.Broadcast.TakeTheirs(providers.FieldTitle)
		got := e.State().Broadcast
		if len(got.Conflicts) != 0 || got.Shown().Title != "theirs" || got.Shown().ViewerLimit != 30 {
			t.Errorf("settled, and shown as %+v", got)
		}
		saved(t, e)
		if draft := s.open().State().Broadcast.Draft; draft.Title != nil || draft.ViewerLimit == nil {
			t.Errorf("the next start shows %+v", draft)
		}
	})
	t.Run("changed back elsewhere to what is drafted", func(t *testing.T) {
		s := newStudio(t)
		e := conflicted(t, s)
		if err := s.open().Broadcast.Update(t.Context(), providers.Patch{Title: ptr("mine")}, nil); err != nil {
			t.Fatal(err)
		}
		if err := e.Broadcast.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := e.State().Broadcast; len(got.Conflicts) != 0 || got.Draft.Title != nil {
			t.Errorf("shown as %+v", got)
		}
	})
}

func TestUndoBringsBackWhatTheLastChangeReplaced(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Undo(t.Context(), nil); reasonOf(err) != "update.nothing" {
		t.Errorf("with nothing to undo: %v", err)
	}
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := e.State().Broadcast.Confirmed
	if err := e.Broadcast.Update(t.Context(), providers.Patch{Title: ptr("x"), Hashtags: &[]string{"x"}, Hidden: ptr(!before.Hidden)}, nil); err != nil {
		t.Fatal(err)
	}
	e.Broadcast.Draft(providers.Patch{EndingMessage: ptr("typed meanwhile")})
	if err := e.Broadcast.Undo(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	got := e.State().Broadcast
	if got.Confirmed.Title != before.Title || got.Confirmed.Hidden != before.Hidden || got.Draft.EndingMessage == nil {
		t.Errorf("undone: %+v", got)
	}
	other := s.open()
	if err := other.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := other.State().Broadcast.Confirmed; now.Title != before.Title || strings.Join(now.Hashtags, ",") != strings.Join(before.Hashtags, ",") {
		t.Errorf("the platform holds %+v, before it was %+v", now, before)
	}
	if err := e.Broadcast.Undo(t.Context(), nil); err != nil || e.State().Broadcast.Confirmed.Title != "x" {
		t.Errorf("undoing the undoing: %v, %+v", err, e.State().Broadcast.Confirmed)
	}
}
