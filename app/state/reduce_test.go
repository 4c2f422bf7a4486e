package state

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"testing"
	"time"

	"cuelight/providers"
)

var (
	noon   = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	errBad = errors.New("bad")
)

func ptr[T any](v T) *T { return &v }

// inUse is a State with an account in use and everything known.
func inUse() State {
	s := State{}
	for _, e := range []Event{
		AccountSelected{
			Account: providers.Account{Name: "mine", Platform: "soop"}, Description: providers.Description{Name: "SOOP"},
			Capabilities: Capabilities{Ingest: true, LiveStatus: true}, Limits: providers.Limits{providers.FieldTitle: {Max: 75}}, CanNumber: true,
		},
		SignInChanged{Account: "mine", State: SignedIn},
		Identified{"mine", providers.Identity{Nick: "nick", UserID: "id"}},
		LinkChanged{Link: LinkUp, Version: "30.2", Address: "localhost:4455"},
		ServiceRead{Account: "mine", Server: "rtmp://a/app/", Match: MatchYes},
		StreamChanged{Stream: StreamOn, Since: noon},
		BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "old", ViewerLimit: 5}, At: noon},
		LiveRead{Account: "mine", Live: providers.Live{OnAir: true, Title: "old"}, At: noon},
	} {
		s = Reduce(s, e)
	}
	return s
}

func TestReduceLeavesTheStateBeforeAsItWas(t *testing.T) {
	events := []Event{
		AccountsChanged{Accounts: []providers.Account{{Name: "x"}}},
		AccountSelected{Account: providers.Account{Name: "other"}},
		SignInChanged{Account: "mine", State: SignedOut, Err: errBad},
		Identified{"mine", providers.Identity{Nick: "n"}},
		LinkChanged{Link: LinkWaiting, Err: errBad},
		ServiceRead{Server: "rtmp://b/"},
		StreamChanged{Stream: StreamOff},
		RestorableChanged{CanRestore: true},
		BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "new"}},
		CategoryNamed{Account: "mine", Category: providers.Category{Number: "", Name: "x"}},
		DraftChanged{Account: "mine", Set: providers.Patch{Title: ptr("x")}},
		DraftDiscarded{Account: "mine"},
		DraftLoaded{Account: "mine", After: providers.Patch{Title: ptr("x")}},
		Applied{Account: "mine", Sent: providers.Patch{Title: ptr("x")}},
		LiveRead{Account: "mine", Err: errBad},
		TaskBegan{Task: TaskSetUp, Steps: []StepID{StepOBS, StepWrite}, At: noon},
		StepChanged{Task: TaskApply, Step: Step{ID: StepSend, State: StepDone}},
		StepChanged{Task: TaskApply, Step: Step{ID: StepVerify, State: StepDone}},
		TaskEnded{Task: TaskApply, Err: errBad, At: noon},
		KeyringChanged{Durable: true},
		NoticePosted{Notice{Key: "x"}},
	}
	start := func() State {
		s := inUse()
		s = Reduce(s, TaskBegan{Task: TaskApply, Steps: []StepID{StepSend}, At: noon})
		return Reduce(s, NoticePosted{Notice{Key: "first"}})
	}
	for _, e := range events {
		t.Run(fmt.Sprintf("%T", e), func(t *testing.T) {
			before, same := start(), start()
			after := Reduce(before, e)
			if !reflect.DeepEqual(before, same) {
				t.Errorf("the State before was changed to %+v", before)
			}
			if again := Reduce(before, e); !reflect.DeepEqual(after, again) {
				t.Error("the same event gives another State the second time")
			}
		})
	}
}

func TestARefreshNeverOverwritesWhatTheUserTouched(t *testing.T) {
	eachField(t, func(t *testing.T, _ int, p providers.Patch) {
		s := Reduce(inUse(), DraftChanged{Account: "mine", Set: p})
		s = Reduce(s, BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "platform's"}, At: noon})
		if !reflect.DeepEqual(s.Broadcast.Draft, p) {
			t.Errorf("the draft became %+v", s.Broadcast.Draft)
		}
		if s.Broadcast.Confirmed.Title != "platform's" {
			t.Error("what the platform says is not shown")
		}
	})
}

func TestARefreshDropsDraftsThatThePlatformHasAlready(t *testing.T) {
	s := Reduce(inUse(), DraftChanged{Account: "mine", Set: providers.Patch{Title: ptr("new"), ViewerLimit: ptr(9)}})
	s = Reduce(s, BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Title: "new"}})
	if s.Broadcast.Draft.Title != nil || s.Broadcast.Draft.ViewerLimit == nil {
		t.Errorf("the draft became %+v", s.Broadcast.Draft)
	}
}

func TestAFailedRefreshKeepsWhatWasKnown(t *testing.T) {
	s := Reduce(inUse(), BroadcastRead{Account: "mine", Err: errBad})
	if !s.Broadcast.Known || s.Broadcast.Confirmed.Title != "old" || !errors.Is(s.Broadcast.Err, errBad) {
		t.Errorf("got %+v", s.Broadcast)
	}
	s = Reduce(inUse(), LiveRead{Account: "mine", Err: errBad})
	if !s.Live.Known || !s.Live.OnAir || !errors.Is(s.Live.Err, errBad) {
		t.Errorf("got %+v", s.Live)
	}
}

func TestApplyingKeepsWhatWasTypedMeanwhile(t *testing.T) {
	for _, c := range []struct {
		name           string
		draft, sent    providers.Patch
		left           providers.Patch
		title          string
		confirmedLimit int
	}{
		{
			"nothing typed meanwhile",
			providers.Patch{Title: ptr("a")},
			providers.Patch{Title: ptr("a")},
			providers.Patch{},
			"a", 5,
		},
		{
			"the same field again",
			providers.Patch{Title: ptr("b")},
			providers.Patch{Title: ptr("a")},
			providers.Patch{Title: ptr("b")},
			"a", 5,
		},
		{
			"another field",
			providers.Patch{Title: ptr("a"), ViewerLimit: ptr(7)},
			providers.Patch{Title: ptr("a")},
			providers.Patch{ViewerLimit: ptr(7)},
			"a", 5,
		},
		{
			"typed back to what it was before",
			providers.Patch{Title: ptr("old")},
			providers.Patch{Title: ptr("a")},
			providers.Patch{Title: ptr("old")},
			"a", 5,
		},
		{
			"sent from elsewhere, nothing drafted",
			providers.Patch{},
			providers.Patch{ViewerLimit: ptr(9)},
			providers.Patch{},
			"old", 9,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Reduce(inUse(), TaskBegan{Task: TaskApply, At: noon})
			s = Reduce(s, DraftChanged{Account: "mine", Set: c.draft})
			s = Reduce(s, Applied{Account: "mine", Sent: c.sent, At: noon.Add(time.Minute)})
			b := s.Broadcast
			if !reflect.DeepEqual(b.Draft, c.left) {
				t.Errorf("left as draft: %+v", b.Draft)
			}
			if b.Confirmed.Title != c.title || b.Confirmed.ViewerLimit != c.confirmedLimit || !b.ConfirmedAt.Equal(noon.Add(time.Minute)) {
				t.Errorf("confirmed is %+v", b.Confirmed)
			}
		})
	}
}

func TestASentPasswordIsNoDraftAnyMore(t *testing.T) {
	eachField(t, func(t *testing.T, _ int, p providers.Patch) {
		s := Reduce(Reduce(inUse(), DraftChanged{Account: "mine", Set: p}), Applied{Account: "mine", Sent: p})
		if !s.Broadcast.Draft.Empty() {
			t.Errorf("left as draft: %+v", s.Broadcast.Draft)
		}
	})
}

func TestAnotherAccountForgetsWhatBelongedToTheFirst(t *testing.T) {
	s := Reduce(inUse(), DraftChanged{Account: "mine", Set: providers.Patch{Title: ptr("x")}})
	s = Reduce(s, AccountSelected{Account: providers.Account{Name: "other", Platform: "soop"}, Description: providers.Description{Name: "SOOP"}})
	if s.Account.Nick != "" || s.Account.SignedIn != SignInUnknown || s.Account.Name != "other" {
		t.Errorf("account is %+v", s.Account)
	}
	if !reflect.DeepEqual(s.Broadcast, BroadcastState{}) || !reflect.DeepEqual(s.Live, LiveState{}) {
		t.Errorf("the other's data is still there: %+v %+v", s.Broadcast, s.Live)
	}
	if s.OBS.Matches != MatchUnknown || s.OBS.Link != LinkUp || s.OBS.Server == "" {
		t.Errorf("OBS is the same, only the comparison is not: %+v", s.OBS)
	}
	same := Reduce(inUse(), AccountSelected{Account: providers.Account{Name: "mine", Platform: "soop"}})
	if same.Account.Nick != "nick" || !same.Broadcast.Known {
		t.Error("the same account, selected again, forgets nothing")
	}
}

func TestLateAnswersForAnotherAccountAreDropped(t *testing.T) {
	before := Reduce(inUse(), DraftChanged{Account: "mine", Set: providers.Patch{Title: ptr("x")}})
	for _, e := range []Event{
		BroadcastRead{Account: "other", Confirmed: providers.Broadcast{Title: "stranger's"}},
		BroadcastRead{Account: "other", Err: errBad},
		Applied{Account: "other", Sent: providers.Patch{Title: ptr("x")}},
		LiveRead{Account: "other", Live: providers.Live{Title: "stranger's"}},
		CategoryNamed{Account: "other", Category: providers.Category{Name: "stranger's"}},
	} {
		if after := Reduce(before, e); !reflect.DeepEqual(before, after) {
			t.Errorf("%T changed the State", e)
		}
	}
}

func TestACategoryNameComesTooLateForAnotherNumber(t *testing.T) {
	s := Reduce(inUse(), BroadcastRead{Account: "mine", Confirmed: providers.Broadcast{Category: providers.Category{Number: "2"}}})
	if got := Reduce(s, CategoryNamed{Account: "mine", Category: providers.Category{Number: "1", Name: "one"}}); got.Broadcast.Confirmed.Category.Name != "" {
		t.Error("the name of another number was taken")
	}
	if got := Reduce(s, CategoryNamed{Account: "mine", Category: providers.Category{Number: "2", Name: "two"}}); got.Broadcast.Confirmed.Category.Name != "two" {
		t.Error("the name was not taken")
	}
}

func TestSigningOutForgetsWhoAndWhat(t *testing.T) {
	s := Reduce(inUse(), SignInChanged{Account: "mine", State: SignedOut, Err: errBad})
	if s.Account.Nick != "" || s.Account.UserID != "" || s.Broadcast.Known || s.Live.Known || s.OBS.Matches != MatchUnknown {
		t.Errorf("still known: %+v", s)
	}
	if !errors.Is(s.Account.Err, errBad) || s.Account.Name != "mine" {
		t.Errorf("account is %+v", s.Account)
	}
}

func TestALostLinkForgetsWhatOBSDoes(t *testing.T) {
	for _, link := range []LinkState{LinkConnecting, LinkWaiting, LinkPassword, LinkKicked} {
		s := Reduce(inUse(), LinkChanged{Link: link, Err: errBad})
		if s.OBS.Stream != StreamUnknown || s.OBS.Server != "" || s.OBS.Matches != MatchUnknown || !s.OBS.Since.IsZero() {
			t.Errorf("link %d: still known: %+v", link, s.OBS)
		}
		if s.OBS.Address != "localhost:4455" || !errors.Is(s.OBS.Err, errBad) {
			t.Errorf("link %d: %+v", link, s.OBS)
		}
	}
	up := Reduce(Reduce(inUse(), LinkChanged{Link: LinkWaiting, Err: errBad}), LinkChanged{Link: LinkUp})
	if up.OBS.Err != nil {
		t.Error("a link that is up has no failure")
	}
}

func TestTasksKeepTheirSteps(t *testing.T) {
	s := Reduce(State{}, TaskBegan{Task: TaskSetUp, Steps: []StepID{StepOBS, StepWrite}, At: noon})
	s = Reduce(s, StepChanged{Task: TaskSetUp, Step: Step{ID: StepWrite, State: StepFailed, Err: errBad}})
	s = Reduce(s, StepChanged{Task: TaskSetUp, Step: Step{ID: StepVerify, State: StepSkipped}})
	s = Reduce(s, TaskEnded{Task: TaskSetUp, Err: errBad, At: noon.Add(time.Second)})
	want := TaskState{
		Steps: []Step{{ID: StepOBS}, {ID: StepWrite, State: StepFailed, Err: errBad}, {ID: StepVerify, State: StepSkipped}},
		Err:   errBad, Began: noon, Ended: noon.Add(time.Second),
	}
	if got := s.Tasks[TaskSetUp]; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	again := Reduce(s, TaskBegan{Task: TaskSetUp, Steps: []StepID{StepOBS}, At: noon}).Tasks[TaskSetUp]
	if !again.Running || again.Err != nil || len(again.Steps) != 1 || again.Steps[0].State != StepPending {
		t.Errorf("beginning again starts afresh, got %+v", again)
	}
	if keys := len(maps.Clone(s.Tasks)); keys != 1 {
		t.Errorf("%d tasks", keys)
	}
}

func TestShownIsTheDraftOverWhatWasConfirmed(t *testing.T) {
	s := Reduce(inUse(), DraftChanged{Account: "mine", Set: providers.Patch{Title: ptr("typed")}})
	if got := s.Broadcast.Shown(); got.Title != "typed" || got.ViewerLimit != 5 {
		t.Errorf("got %+v", got)
	}
}

func TestARefreshKeepsTheNameOfACategoryThatIsStillTheSame(t *testing.T) {
	named := providers.Category{Number: "00040066", Name: "배틀그라운드"}
	s := Reduce(State{}, BroadcastRead{Confirmed: providers.Broadcast{Category: named}})
	s = Reduce(s, BroadcastRead{Confirmed: providers.Broadcast{Category: providers.Category{Number: "00040066"}}})
	if s.Broadcast.Confirmed.Category != named {
		t.Errorf("got %+v", s.Broadcast.Confirmed.Category)
	}
	other := providers.Category{Number: "00040019"}
	if s = Reduce(s, BroadcastRead{Confirmed: providers.Broadcast{Category: other}}); s.Broadcast.Confirmed.Category != other {
		t.Errorf("another category has the name of the one before: %+v", s.Broadcast.Confirmed.Category)
	}
}
