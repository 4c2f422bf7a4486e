package desktop

import (
	"slices"
	"strings"
	"testing"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/status"
)

func TestOBSPointingElsewhereIsToldOnceWithItsRepair(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.fake.Set(func(s *state.State) { s.OBS.Matches, s.OBS.Server = state.MatchNo, "rtmp://live.twitch.tv/app" })
	r.render()
	r.render()
	toasts := r.layer.Toasts()
	if len(toasts) != 1 || !strings.Contains(toasts[0].Text, "rtmp://live.twitch.tv/app") {
		t.Fatalf("said %+v", toasts)
	}
	toasts[0].OnAction()
	r.until("setup", func() bool { return r.fake.Called("setup") })
}

func TestPuttingEarlierSettingsBackIsNoSurprise(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.fake.Set(func(s *state.State) { s.Tasks = map[state.Task]state.TaskState{state.TaskRestore: {Running: true}} })
	r.render()
	r.fake.Set(func(s *state.State) { s.Tasks, s.OBS.Matches = nil, state.MatchNo })
	r.render()
	if n := len(r.layer.Toasts()); n != 0 {
		t.Errorf("%d messages about what the user just did", n)
	}
}

func TestOBSWithoutAServerIsToldAsSuch(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.fake.Set(func(s *state.State) { s.OBS.Matches, s.OBS.Server, s.OBS.ServiceName = state.MatchNo, "", "" })
	r.render()
	if toasts := r.layer.Toasts(); len(toasts) != 1 || toasts[0].Text != "OBS에 송출 서버가 없습니다." {
		t.Errorf("said %+v", toasts)
	}
	if !slices.ContainsFunc(r.rows(), func(row status.CheckRow) bool { return row.Title == "OBS에 송출 서버가 없습니다" }) {
		t.Errorf("the checklist is %+v", r.rows())
	}
}
