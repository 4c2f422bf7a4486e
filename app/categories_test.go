package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cuelight/app/category"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

// listed counts how often the platform was asked for its categories.
func (s *studio) listed() int { return s.platform.Faults().Counts()["GET broad/category/list"] }

func categoriesOf(t *testing.T, e *Engine) []providers.Category {
	t.Helper()
	list, err := e.Broadcast.Categories(t.Context(), "")
	if err != nil || len(list) == 0 {
		t.Fatalf("%d categories, %v", len(list), err)
	}
	return list
}

func TestCategoriesAreAskedForOnceADay(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	categoriesOf(t, e)
	once := s.listed()
	if once == 0 {
		t.Fatalf("asked as %v", s.platform.Faults().Counts())
	}
	categoriesOf(t, e)
	s.clock.pass(category.FreshFor - time.Minute)
	categoriesOf(t, s.open()) // another process reads the disk
	if s.listed() != once {
		t.Errorf("asked %d times", s.listed())
	}
	s.clock.pass(2 * time.Minute)
	categoriesOf(t, e)
	if s.listed() != 2*once {
		t.Errorf("a day later asked %d times", s.listed())
	}
	s.clock.pass(-10 * 24 * time.Hour) // the clock was wrong: the list seems to come from the future
	categoriesOf(t, e)
	if s.listed() != 3*once {
		t.Errorf("after the clock went back asked %d times", s.listed())
	}
}

func TestOldCategoriesServeWhileThePlatformIsIll(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	want := categoriesOf(t, e)
	s.clock.pass(3 * category.FreshFor)
	for _, f := range []sandbox.Fault{
		{Kind: fault.Status, Status: 500},
		{Kind: fault.HTML},
		{Kind: fault.Truncated},
		{Kind: fault.Drop},
		{Kind: fault.Null},
		{Kind: fault.Misprint},
		{Kind: fault.TooMany, RetryAfter: 60},
	} {
		f.Endpoint, f.Times = "broad/category/list", -1
		s.spoil(f)
		if got := categoriesOf(t, s.open()); len(got) != len(want) {
			t.Errorf("%s: %d of %d categories", f.Kind, len(got), len(want))
		}
		s.platform.Faults().Clear()
	}
	before := s.listed()
	categoriesOf(t, e)
	if s.listed() == before {
		t.Error("an old list passed for a fresh one once the platform was well again")
	}
}

func TestWithoutAListTheFailureIsTold(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	s.spoil(sandbox.Fault{Endpoint: "broad/category/list", Kind: fault.Status, Status: 503, Times: -1})
	if _, err := e.Broadcast.Categories(t.Context(), ""); !errors.Is(err, providers.ErrUnreachable) {
		t.Errorf("got %v", err)
	}
}

func TestABrokenListOnDiskIsAskedForAgain(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	categoriesOf(t, e)
	files, err := filepath.Glob(filepath.Join(s.dir, "categories", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	for _, content := range []string{"", "{", `{"account":"another","locale":"ko_KR","at":"2026-03-01T12:00:00Z","list":[{"number":"1","name":"x"}]}`} {
		for _, file := range files {
			if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		before := s.listed()
		categoriesOf(t, s.open())
		if s.listed() == before {
			t.Errorf("%q was read as a list", content)
		}
	}
}

func TestARemovedAccountLeavesNoLists(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	categoriesOf(t, e)
	if err := e.Accounts.RemoveAccount(t.Context(), "mine"); err != nil {
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(s.dir, "categories", "*.json")); len(files) != 0 {
		t.Errorf("left behind: %v", files)
	}
}
