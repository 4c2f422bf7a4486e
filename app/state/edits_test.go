package state

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"cuelight/providers"
)

func drafted(p providers.Patch) DraftChanged { return DraftChanged{Account: "mine", Set: p} }

func TestChangesOfADraftAreMergedWhateverTheirOrder(t *testing.T) {
	a, b := drafted(providers.Patch{Title: ptr("a")}), drafted(providers.Patch{ViewerLimit: ptr(9)})
	for _, order := range [][]Event{{a, b}, {b, a}} {
		s := inUse()
		for _, e := range order {
			s = Reduce(s, e)
		}
		if d := s.Broadcast.Draft; d.Title == nil || d.ViewerLimit == nil {
			t.Errorf("left is %+v", d)
		}
	}
}

func TestADraftOfAnotherAccountOrChannelIsNotShown(t *testing.T) {
	before := inUse()
	p := providers.Patch{Title: ptr("x")}
	for _, e := range []Event{
		DraftChanged{Account: "other", Set: p},
		DraftChanged{Account: "mine", Channel: "room", Set: p},
		DraftLoaded{Account: "other", After: p},
		DraftLoaded{Account: "mine", Channel: "room", After: p},
		Applied{Account: "mine", Channel: "room", Sent: p},
	} {
		if after := Reduce(before, e); !reflect.DeepEqual(before, after) {
			t.Errorf("%+v changed the State", e)
		}
	}
	with := Reduce(before, drafted(p))
	for _, e := range []Event{DraftDiscarded{Account: "other"}, DraftDiscarded{Account: "mine", Channel: "room"}} {
		if after := Reduce(with, e); !reflect.DeepEqual(with, after) {
			t.Errorf("%+v changed the State", e)
		}
	}
	if after := Reduce(with, DraftDiscarded{Account: "mine"}); !after.Broadcast.Draft.Empty() {
		t.Errorf("left is %+v", after.Broadcast.Draft)
	}
}

func TestAnotherChannelForgetsWhatBelongedToTheFirst(t *testing.T) {
	s := Reduce(inUse(), drafted(providers.Patch{Title: ptr("x")}))
	s = Reduce(s, AccountSelected{Account: providers.Account{Name: "mine", Channel: "room"}, Limits: providers.Limits{providers.FieldTitle: {Max: 5}}})
	if s.Account.Nick != "nick" || s.Account.Channel != "room" {
		t.Errorf("account is %+v", s.Account)
	}
	if b := s.Broadcast; b.Known || !b.Draft.Empty() || len(b.Limits) == 0 || s.Live.Known || s.OBS.Matches != MatchUnknown {
		t.Errorf("the other's data is still there: %+v %+v", b, s.Live)
	}
}

func TestADraftIsJudgedAsItIsAfterTheChange(t *testing.T) {
	check := func(p providers.Patch) error {
		if p.Title != nil && len(*p.Title) > 3 {
			return &providers.Error{Kind: providers.ErrUsage, Field: "title", Reason: "title.too_long"}
		}
		return nil
	}
	s := Reduce(inUse(), DraftChanged{Account: "mine", Set: providers.Patch{Title: ptr("too long")}, Check: check})
	s = Reduce(s, DraftChanged{Account: "mine", Set: providers.Patch{ViewerLimit: ptr(9)}, Check: check})
	if s.Broadcast.Problems[providers.FieldTitle] == nil {
		t.Error("the problem of a field that was not changed is gone")
	}
	if dropped := Reduce(s, DraftChanged{Account: "mine", Drop: []providers.FieldID{providers.FieldTitle}, Check: check}); len(dropped.Broadcast.Problems) != 0 {
		t.Errorf("problems of a field that is gone: %v", dropped.Broadcast.Problems)
	}
	// A refresh that finds the field as it is drafted knows no check.
	read := Reduce(s, BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "too long"}, At: noon})
	if len(read.Broadcast.Problems) != 0 || read.Broadcast.Draft.ViewerLimit == nil {
		t.Errorf("shown is %+v", read.Broadcast)
	}
	loaded := Reduce(inUse(), DraftLoaded{Account: "mine", After: providers.Patch{Title: ptr("too long")}, Check: check})
	if loaded.Broadcast.Problems[providers.FieldTitle] == nil {
		t.Error("what was loaded is not judged")
	}
}

func TestWhatIsLoadedLeavesWhatWasTypedSince(t *testing.T) {
	eachField(t, func(t *testing.T, i int, p providers.Patch) {
		if p.Password != nil {
			t.Skip("a password is never loaded")
		}
		typ := reflect.TypeFor[providers.Patch]()
		with := func(n int) (p providers.Patch) {
			reflect.ValueOf(&p).Elem().Field(i).Set(sample(t, typ.Field(i).Type, n))
			return p
		}
		one, two, three := with(1), with(2), with(4)
		none := providers.Patch{}
		for _, c := range []struct {
			name                       string
			shown, before, after, want providers.Patch
		}{
			{"new", none, none, one, one},
			{"changed elsewhere", one, one, two, two},
			{"gone elsewhere", one, one, none, none},
			{"typed meanwhile", three, one, two, three},
			{"typed meanwhile where nothing was", three, none, two, three},
			{"dropped meanwhile", none, one, two, none},
			{"not changed", three, one, one, three},
		} {
			s := inUse()
			s.Broadcast.Draft = c.shown
			after := Reduce(s, DraftLoaded{Account: "mine", Before: c.before, After: c.after})
			if !reflect.DeepEqual(after.Broadcast.Draft, c.want) {
				t.Errorf("%s: the draft is %+v", c.name, after.Broadcast.Draft)
			}
			if after.Broadcast.Edits != s.Broadcast.Edits {
				t.Errorf("%s: counted as an edit", c.name)
			}
		}
	})
}

func TestEditsCountWhatIsToBeKept(t *testing.T) {
	s := inUse()
	steps := []struct {
		event  Event
		counts bool
	}{
		{drafted(providers.Patch{Title: ptr("x"), ViewerLimit: ptr(9)}), true},
		{LiveRead{Account: "mine"}, false},
		{BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "old", ViewerLimit: 5}}, false},
		{BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "x"}}, true}, // it is no change any more
		{Applied{Account: "mine", Sent: providers.Patch{ViewerLimit: ptr(9)}}, true},
		{DraftDiscarded{Account: "mine"}, false}, // of nothing
	}
	for _, step := range steps {
		before := s.Broadcast.Edits
		s = Reduce(s, step.event)
		if counted := s.Broadcast.Edits != before; counted != step.counts {
			t.Errorf("%T: counted %v", step.event, counted)
		}
	}
}

// What was sent used to come back from the platform as the old title, for as
// long as its list of live broadcasts lags behind its settings.
func TestOnesOwnChangeIsOnAirAtOnceAndStays(t *testing.T) {
	old := providers.Live{OnAir: true, Title: "old", Category: providers.Category{Number: "1", Name: "one"}, Viewers: 3}
	start := Reduce(inUse(), LiveRead{Account: "mine", Live: old, At: noon})
	sent := providers.Patch{Title: ptr("new"), Category: ptr("2")}
	s := Reduce(start, Applied{Account: "mine", Sent: sent, At: noon})
	if s.Live.Title != "new" || s.Live.Category.Number != "2" {
		t.Fatalf("on air is %+v", s.Live)
	}
	lagging := old
	lagging.Viewers = 8
	s = Reduce(s, LiveRead{Account: "mine", Live: lagging, At: noon.Add(time.Minute)})
	if s.Live.Title != "new" || s.Live.Category.Number != "2" || s.Live.Viewers != 8 {
		t.Errorf("the platform lags behind, and on air is %+v", s.Live)
	}
	if late := Reduce(s, LiveRead{Account: "mine", Live: lagging, At: noon.Add(time.Hour)}); late.Live.Title != "old" {
		t.Errorf("what the platform goes on saying is true: %+v", late.Live)
	}
	others := old
	others.Title, others.Category = "theirs", providers.Category{Number: "3"}
	if other := Reduce(s, LiveRead{Account: "mine", Live: others, At: noon.Add(time.Minute)}); other.Live.Title != "theirs" || other.Live.Category.Number != "3" {
		t.Errorf("somebody else's change is not shown: %+v", other.Live)
	}
	caught := old
	caught.Title, caught.Category = "new", providers.Category{Number: "2"}
	s = Reduce(s, LiveRead{Account: "mine", Live: caught, At: noon.Add(time.Minute)})
	if back := Reduce(s, LiveRead{Account: "mine", Live: old, At: noon.Add(90 * time.Second)}); back.Live.Title != "old" {
		t.Errorf("changed back elsewhere, and on air is %+v", back.Live)
	}
}

func TestAChangeOffTheAirIsNotOnIt(t *testing.T) {
	s := inUse()
	s.Live = LiveState{Known: true}
	s = Reduce(s, Applied{Account: "mine", Sent: providers.Patch{Title: ptr("new")}, At: noon})
	if s.Live.Title != "" || !s.Live.ReplacedAt.IsZero() {
		t.Errorf("on air is %+v", s.Live)
	}
	onAir := Reduce(inUse(), Applied{Account: "mine", Sent: providers.Patch{ViewerLimit: ptr(8)}, At: noon})
	if onAir.Live.Title != "old" {
		t.Errorf("a change of something else: on air is %+v", onAir.Live)
	}
}

func TestWhatThePlatformTidiedUpIsNoConflict(t *testing.T) {
	s := Reduce(inUse(), Applied{Account: "mine", Sent: providers.Patch{Title: ptr("sent ")}, At: noon})
	s = Reduce(s, drafted(providers.Patch{Title: ptr("next")}))
	tidied := providers.Broadcast{Title: "sent", ViewerLimit: 5}
	if got := s.Broadcast.ChangedElsewhere(s.Broadcast.Draft, tidied); len(got) != 0 {
		t.Errorf("in conflict are %v", got)
	}
	s = Reduce(s, BroadcastRead{Account: "mine", Confirmed: tidied, At: noon})
	if len(s.Broadcast.Conflicts) != 0 {
		t.Errorf("in conflict are %v", s.Broadcast.Conflicts)
	}
	// From now on it is known, and another value is somebody else's.
	s = Reduce(s, BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "theirs", ViewerLimit: 5}, At: noon})
	if !slices.Equal(s.Broadcast.Conflicts, []providers.FieldID{providers.FieldTitle}) {
		t.Errorf("in conflict are %v", s.Broadcast.Conflicts)
	}
}

func TestUnsettledIsWhatTheDraftSetsAndNobodyDecided(t *testing.T) {
	s := Reduce(inUse(), drafted(providers.Patch{Title: ptr("mine"), ViewerLimit: ptr(9)}))
	s = Reduce(s, BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "theirs", ViewerLimit: 5}, At: noon})
	b := s.Broadcast
	if got := b.Unsettled(b.Draft); !slices.Equal(got, []providers.FieldID{providers.FieldTitle}) {
		t.Errorf("unsettled are %v", got)
	}
	for _, change := range []providers.Patch{{Title: ptr("another")}, {ViewerLimit: ptr(9)}, {}} {
		if got := b.Unsettled(change); len(got) != 0 {
			t.Errorf("of %+v unsettled are %v", change, got)
		}
	}
	settled := Reduce(s, ConflictResolved{Field: providers.FieldTitle}).Broadcast
	if got := settled.Unsettled(settled.Draft); len(got) != 0 {
		t.Errorf("settled, unsettled are %v", got)
	}
}

func TestStandbyAndItsMinutesAreOneField(t *testing.T) {
	s := inUse()
	s = Reduce(s, BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{StandbyMinutes: 1}, At: noon})
	s = Reduce(s, drafted(providers.Patch{Standby: ptr(true), StandbyMinutes: ptr(5)}))
	s = Reduce(s, BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{StandbyMinutes: 9}, At: noon})
	if got := s.Broadcast.Conflicts; !slices.Equal(got, []providers.FieldID{providers.FieldStandby}) {
		t.Fatalf("in conflict are %v", got)
	}
	if got := s.Broadcast.Unsettled(providers.Patch{StandbyMinutes: ptr(5), Standby: ptr(true)}); len(got) != 1 {
		t.Errorf("unsettled are %v", got)
	}
	if kept := Reduce(s, ConflictResolved{Field: providers.FieldStandby}); len(kept.Broadcast.Conflicts) != 0 {
		t.Errorf("settled, in conflict are %v", kept.Broadcast.Conflicts)
	}
	taken := Reduce(s, DraftChanged{Account: "mine", Drop: []providers.FieldID{providers.FieldStandby}})
	if !taken.Broadcast.Draft.Empty() || len(taken.Broadcast.Conflicts) != 0 {
		t.Errorf("taken theirs, shown is %+v", taken.Broadcast)
	}
}

func TestSomethingTypedBackIsDroppedOnceNothingIsOnItsWay(t *testing.T) {
	s := Reduce(inUse(), TaskBegan{Task: TaskApply, At: noon})
	s = Reduce(s, drafted(providers.Patch{Title: ptr("old")}))
	if s.Broadcast.Draft.Title == nil {
		t.Error("dropped while another title is on its way")
	}
	s = Reduce(s, TaskEnded{Task: TaskApply, Err: errors.New("refused"), At: noon})
	if s.Broadcast.Draft.Title != nil {
		t.Errorf("left is %+v", s.Broadcast.Draft)
	}
}
