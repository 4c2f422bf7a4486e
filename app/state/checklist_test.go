package state

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"cuelight/providers"
)

func check(t *testing.T, s State, id string) Check {
	t.Helper()
	for _, c := range Checklist(s) {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no check %q", id)
	return Check{}
}

func TestTheChecklistShowsWhatAPlatformHas(t *testing.T) {
	ids := func(s State) string {
		var all []string
		for _, c := range Checklist(s) {
			all = append(all, c.ID)
		}
		return strings.Join(all, " ")
	}
	if got := ids(State{}); got != "signin obs service send" {
		t.Errorf("without an account: %s", got)
	}
	if got := ids(inUse()); got != "signin obs service details send onair" {
		t.Errorf("with everything: %s", got)
	}
	poor := Reduce(State{}, AccountSelected{Account: providers.Account{Name: "x"}})
	if got := ids(poor); got != "signin obs send" {
		t.Errorf("with nothing but sign-in: %s", got)
	}
}

func TestEachCheckTellsWhatIsMissingAndWhatToDo(t *testing.T) {
	change := func(change func(*State)) State {
		s := inUse()
		change(&s)
		return s
	}
	failedStart := map[Task]TaskState{TaskStart: {Steps: []Step{{ID: StepStart, State: StepFailed, Err: errBad}}}}
	for _, c := range []struct {
		name   string
		state  State
		id     string
		want   StepState
		action Action
		detail string
		err    error
	}{
		{"no account", State{}, "signin", StepFailed, ActionAddAccount, "", nil},
		{"not looked yet", change(func(s *State) { s.Account.SignedIn = SignInUnknown }), "signin", StepPending, ActionNone, "nick", nil},
		{"signed out", change(func(s *State) { s.Account.SignedIn, s.Account.Err = SignedOut, errBad }), "signin", StepFailed, ActionSignIn, "nick", errBad},
		{"signing in", change(func(s *State) { s.Account.SignedIn = SigningIn }), "signin", StepRunning, ActionNone, "nick", nil},
		{"signed in", inUse(), "signin", StepDone, ActionNone, "nick (id)", nil},
		{"signed in, one name", change(func(s *State) { s.Account.UserID = "nick" }), "signin", StepDone, ActionNone, "nick", nil},

		{"OBS up", inUse(), "obs", StepDone, ActionNone, "30.2", nil},
		{"OBS away", change(func(s *State) { s.OBS.Link, s.OBS.Err = LinkWaiting, errBad }), "obs", StepWarned, ActionOBSHelp, "", errBad},
		{"OBS wants a password", change(func(s *State) { s.OBS.Link = LinkPassword }), "obs", StepFailed, ActionOBSPassword, "", nil},
		{"OBS wants no password although one is known", change(func(s *State) { s.OBS.Link = LinkUnprotected }), "obs", StepFailed, ActionOBSUnprotected, "", nil},
		{"OBS's user kicked us", change(func(s *State) { s.OBS.Link = LinkKicked }), "obs", StepFailed, ActionOBSRetry, "", nil},
		{"OBS not known yet", State{}, "obs", StepRunning, ActionNone, "", nil},

		{"points at the account", inUse(), "service", StepDone, ActionNone, "rtmp://a/app/", nil},
		{"points elsewhere", change(func(s *State) { s.OBS.Matches = MatchNo }), "service", StepFailed, ActionSetUp, "rtmp://a/app/", nil},
		{"not compared yet", change(func(s *State) { s.OBS.Matches = MatchUnknown }), "service", StepPending, ActionSetUp, "", nil},
		{"OBS away, so nothing to do yet", change(func(s *State) { s.OBS.Link = LinkWaiting }), "service", StepPending, ActionNone, "", nil},
		{"being set up", change(func(s *State) { s.Tasks = map[Task]TaskState{TaskSetUp: {Running: true}} }), "service", StepRunning, ActionNone, "", nil},
		{"set-up failed", change(func(s *State) {
			s.OBS.Matches, s.Tasks = MatchUnknown, map[Task]TaskState{TaskSetUp: {Err: errBad}}
		}), "service", StepFailed, ActionSetUp, "", errBad},

		{"details there", inUse(), "details", StepDone, ActionNone, "old", nil},
		{"no title", change(func(s *State) { s.Broadcast.Confirmed.Title = " " }), "details", StepWarned, ActionEdit, "", nil},
		{"no category where there is one", change(func(s *State) {
			s.Broadcast.Limits = providers.Limits{providers.FieldTitle: {}, providers.FieldCategory: {}}
			s.Broadcast.Confirmed.Category.Number = "00000000"
		}), "details", StepWarned, ActionEdit, "", nil},
		{"details not known", change(func(s *State) { s.Broadcast.Known = false }), "details", StepRunning, ActionNone, "", nil},
		{"details cannot be read", change(func(s *State) { s.Broadcast.Known, s.Broadcast.Err = false, errBad }), "details", StepFailed, ActionNone, "", errBad},
		{"signed out, so no details", change(func(s *State) { s.Account.SignedIn, s.Broadcast.Err = SignedOut, errBad }), "details", StepPending, ActionNone, "", nil},

		{"sending", inUse(), "send", StepDone, ActionNone, "rtmp://a/app/", nil},
		{"connecting", change(func(s *State) { s.OBS.Stream = StreamStarting }), "send", StepRunning, ActionNone, "", nil},
		{"reconnecting", change(func(s *State) { s.OBS.Stream = StreamReconnecting }), "send", StepWarned, ActionNone, "", nil},
		{"off", change(func(s *State) { s.OBS.Stream = StreamOff }), "send", StepPending, ActionNone, "", nil},
		{"start failed", change(func(s *State) { s.OBS.Stream, s.Tasks = StreamOff, failedStart }), "send", StepFailed, ActionStart, "", errBad},
		{"started by hand after that", change(func(s *State) { s.Tasks = failedStart }), "send", StepDone, ActionNone, "rtmp://a/app/", nil},

		{"on air", inUse(), "onair", StepDone, ActionNone, "old", nil},
		{"sending, not on air", change(func(s *State) { s.Live.OnAir = false }), "onair", StepWarned, ActionNone, "", nil},
		{"sending, the platform is silent", change(func(s *State) { s.Live = LiveState{Err: errBad} }), "onair", StepWarned, ActionNone, "", errBad},
		{"not sending", change(func(s *State) { s.Live.OnAir, s.OBS.Stream = false, StreamOff }), "onair", StepPending, ActionNone, "", nil},
		{"asking", change(func(s *State) {
			s.Live.OnAir, s.Tasks = false, map[Task]TaskState{TaskStart: {Steps: []Step{{ID: StepOnAir, State: StepRunning}}}}
		}), "onair", StepRunning, ActionNone, "", nil},
	} {
		t.Run(c.id+": "+c.name, func(t *testing.T) {
			got := check(t, c.state, c.id)
			if got.State != c.want || got.Action != c.action || got.Detail != c.detail || !errors.Is(got.Err, c.err) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestStatusOfAState(t *testing.T) {
	live := inUse()
	live.Live.Live = providers.Live{OnAir: true, ID: "12", Viewers: 0, Started: noon, WatchURL: "https://x/12"}
	for _, c := range []struct {
		name  string
		state State
		want  string
	}{
		{"nothing known", State{}, `{"account":null,
			"obs":{"connected":false,"version":"","streaming":false,"service":{"server":"","matches":false},"can_restore":false},
			"broadcast":{"title":"","category":{"number":"","name":""},"hashtags":[]},"live":{"on_air":false,"known":false}}`},
		{"on air", live, `{"account":{"name":"mine","platform":"soop","nick":"nick","user_id":"id","signed_in":true},
			"obs":{"connected":true,"address":"localhost:4455","version":"30.2","streaming":true,"state":"on",
				"service":{"server":"rtmp://a/app/","matches":true},"can_restore":false},
			"broadcast":{"title":"old","category":{"number":"","name":""},"hashtags":[]},
			"live":{"on_air":true,"known":true,"id":"12","viewers":0,"started":"2026-03-01T12:00:00Z","watch_url":"https://x/12"}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := json.Marshal(StatusOf(c.state))
			if err != nil {
				t.Fatal(err)
			}
			want := strings.NewReplacer("\n", "", "\t", "").Replace(c.want)
			if string(got) != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestStatusTellsViewersOnlyWhereTheyAreKnown(t *testing.T) {
	for _, c := range []struct {
		name string
		live LiveState
		want bool
	}{
		{"known", LiveState{Known: true, Live: providers.Live{OnAir: true, Viewers: 3}}, true},
		{"not told", LiveState{Known: true, Live: providers.Live{OnAir: true, Viewers: -1}}, false},
		{"off air", LiveState{Known: true, Live: providers.Live{Viewers: 3}}, false},
		{"not known", LiveState{Live: providers.Live{OnAir: true, Viewers: 3}}, false},
	} {
		if got := StatusOf(State{Live: c.live}).Live.Viewers != nil; got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestEveryStreamStateHasAWord(t *testing.T) {
	seen := map[string]bool{}
	for s := StreamUnknown; s <= StreamStopping; s++ {
		word := s.String()
		if seen[word] || (word == "") != (s == StreamUnknown) {
			t.Errorf("%d is %q", s, word)
		}
		seen[word] = true
		streaming := StatusOf(State{OBS: OBSState{Stream: s}}).OBS.Streaming
		if streaming != (s == StreamOn || s == StreamReconnecting) {
			t.Errorf("%q: streaming is %v", word, streaming)
		}
		if s.Running() != (s != StreamUnknown && s != StreamOff) {
			t.Errorf("%q: running is %v", word, s.Running())
		}
	}
}
