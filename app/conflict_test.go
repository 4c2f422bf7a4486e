package app

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

func linkTo(t testing.TB, link, target string) {
	t.Helper()
	if err := os.Remove(link); err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Skip(err)
	}
}

func makeFolder(t testing.TB, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

// wantConflict holds an error to name just those fields.
func wantConflict(t *testing.T, err error, fields ...providers.FieldID) {
	t.Helper()
	var conflict *state.ConflictError
	if !errors.As(err, &conflict) || len(conflict.Fields) != len(fields) {
		t.Fatalf("got %v", err)
	}
	for i, id := range fields {
		if conflict.Fields[i] != id {
			t.Errorf("in conflict are %v, want %v", conflict.Fields, fields)
		}
	}
	wantTold(t, err)
}

// titleAtThePlatform reads what the platform holds, as another process would.
func titleAtThePlatform(t *testing.T, s *studio) string {
	t.Helper()
	other := s.open()
	if err := other.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return other.State().Broadcast.Confirmed.Title
}

func TestNothingIsSentOverWhatSomebodyElseChangedASecondAgo(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("mine"), ViewerLimit: ptr(30)})
	if err := s.open().Broadcast.Update(t.Context(), providers.Patch{Title: ptr("theirs")}, nil); err != nil {
		t.Fatal(err)
	}
	wantConflict(t, e.Broadcast.Apply(t.Context(), nil), providers.FieldTitle) // nobody has refreshed
	if got := titleAtThePlatform(t, s); got != "theirs" {
		t.Errorf("the platform holds %q", got)
	}
	b := e.State().Broadcast
	if len(b.Conflicts) != 1 || b.Draft.Title == nil || b.Draft.ViewerLimit == nil || b.Confirmed.Title != "theirs" {
		t.Errorf("shown is %+v", b)
	}
	wantConflict(t, e.Broadcast.Apply(t.Context(), nil), providers.FieldTitle) // asking again is no answer
	e.Broadcast.KeepMine(providers.FieldTitle)
	if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := titleAtThePlatform(t, s); got != "mine" || !e.State().Broadcast.Draft.Empty() {
		t.Errorf("the platform holds %q, left is %+v", got, e.State().Broadcast.Draft)
	}
}

func TestTakingTheirsSendsTheRest(t *testing.T) {
	s := newStudio(t)
	e := conflicted(t, s)
	wantConflict(t, e.Broadcast.Apply(t.Context(), nil), providers.FieldTitle)
	e.Broadcast.TakeTheirs(providers.FieldTitle)
	if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := e.State().Broadcast; got.Confirmed.Title != "theirs" || got.Confirmed.ViewerLimit != 30 || !got.Draft.Empty() {
		t.Errorf("shown is %+v", got)
	}
}

func TestUndoingIsNotSentOverSomebodyElsesChange(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := e.State().Broadcast.Confirmed.Title
	if err := e.Broadcast.Update(t.Context(), providers.Patch{Title: ptr("mine")}, nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.open().Broadcast.Update(t.Context(), providers.Patch{Title: ptr("theirs")}, nil); err != nil {
		t.Fatal(err)
	}
	wantConflict(t, e.Broadcast.Undo(t.Context(), nil), providers.FieldTitle)
	if got := titleAtThePlatform(t, s); got != "theirs" {
		t.Errorf("the platform holds %q", got)
	}
	if err := e.Broadcast.Undo(t.Context(), nil); err != nil { // asked for once more, having seen theirs
		t.Fatal(err)
	}
	if got := titleAtThePlatform(t, s); got != before {
		t.Errorf("the platform holds %q", got)
	}
}

func TestAPlatformThatDoesNotSayWhatItHoldsIsSentToAllTheSame(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("mine")})
	s.spoil(sandbox.Fault{Endpoint: "broad/info", Kind: fault.Status, Status: 500})
	if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := titleAtThePlatform(t, s); got != "mine" {
		t.Errorf("the platform holds %q", got)
	}
}

func TestWhatIsTypedBackWhileAChangeIsOnItsWayIsNotLost(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := e.State().Broadcast.Confirmed.Title
	e.Broadcast.Draft(providers.Patch{Title: ptr("new")})
	s.spoil(sandbox.Fault{Endpoint: "broad/info/update", Kind: fault.Slow, DelayMS: 300})
	applied := make(chan error, 1)
	go func() { applied <- e.Broadcast.Apply(t.Context(), nil) }()
	until(t, e, "the change on its way", func(s state.State) bool { return s.Tasks[state.TaskApply].Running })
	time.Sleep(50 * time.Millisecond)
	e.Broadcast.Draft(providers.Patch{Title: &before})
	if err := <-applied; err != nil {
		t.Fatal(err)
	}
	if got := e.State().Broadcast; got.Shown().Title != before || got.Confirmed.Title != "new" {
		t.Errorf("shown is %+v", got)
	}
}

func TestAChangeThatIsBrokenOffOnItsWayMayHaveBeenTaken(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	s.spoil(sandbox.Fault{Endpoint: "broad/info/update", Kind: fault.Slow, DelayMS: 5000})
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.Broadcast.Update(ctx, providers.Patch{Title: ptr("x")}, nil) }()
	for tooLong := time.Now().Add(20 * time.Second); s.platform.Faults().Counts()["POST broad/info/update"] == 0; {
		if time.Now().After(tooLong) {
			t.Fatal("nothing was sent")
		}
		time.Sleep(time.Millisecond)
	}
	interrupt()
	err := <-ended
	if !errors.Is(err, task.ErrInterrupted) {
		t.Errorf("got %v", err)
	}
	wantTold(t, err)
	if err := e.Broadcast.Update(ctx, providers.Patch{Title: ptr("y")}, nil); err == nil || errors.Is(err, task.ErrInterrupted) {
		t.Errorf("broken off before anything was sent: %v", err)
	}
}
