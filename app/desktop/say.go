package desktop

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// clockTime is a running time as people read it on a clock: 01:24:07.
func clockTime(d time.Duration) string {
	seconds := int(d / time.Second)
	return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}

// shortTime is what is left of a few minutes: 2:41.
func shortTime(d time.Duration) string {
	seconds := int((d + time.Second - 1) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// accountPill is the account in use in a few words.
func (f *face) accountPill(s state.State) (paint.Tone, string, string) {
	if s.Account.Name == "" {
		return paint.ToneNeutral, f.say("pill.no_account"), ""
	}
	name := s.Account.PlatformName
	switch s.Account.SignedIn {
	case state.SignedIn:
		if left := s.Account.WaitUntil.Sub(f.opt.Clock.Now()); left > 0 {
			return paint.ToneAccent, name + " · " + f.say("pill.queued"), f.say("pill.queued.more", words.Args{"Time": shortTime(left)})
		}
		who := s.Account.Nick
		if who == "" {
			who = s.Account.Name
		}
		return paint.ToneGood, name + " · " + who, f.who(s.Account)
	case state.SigningIn:
		return paint.ToneAccent, name + " · " + f.say("pill.signing_in"), ""
	case state.SignedOut:
		return paint.ToneBad, name + " · " + f.say("pill.signed_out"), ""
	}
	return paint.ToneNeutral, name + " · " + f.say("pill.looking"), ""
}

// who is the nickname, with the login id where it says more.
func (f *face) who(a state.AccountState) string {
	switch {
	case a.Nick == "":
		return a.UserID
	case a.UserID == "" || a.UserID == a.Nick:
		return a.Nick
	}
	return a.Nick + " (" + a.UserID + ")"
}

// obsPill is the link to OBS in a few words.
func (f *face) obsPill(s state.State) (paint.Tone, string, string) {
	name := "OBS"
	if s.OBS.Practice {
		name = f.say("pill.practice_obs")
	}
	why := ""
	if s.OBS.Err != nil {
		why = f.explain(s.OBS.Err).Line()
	}
	switch s.OBS.Link {
	case state.LinkUp:
		return paint.ToneGood, strings.TrimSpace(name + " " + s.OBS.Version), s.OBS.Address
	case state.LinkPassword:
		return paint.ToneBad, name + " · " + f.say("pill.password"), why
	case state.LinkKicked:
		return paint.ToneBad, name + " · " + f.say("pill.kicked"), why
	case state.LinkWaiting:
		return paint.ToneWarn, name + " · " + f.say("pill.waiting"), why
	}
	return paint.ToneNeutral, name + " · " + f.say("pill.connecting"), ""
}

// stateKeys name the states of a step in the keys of words.
var stateKeys = map[state.StepState]string{
	state.StepPending: "pending", state.StepRunning: "running", state.StepDone: "done",
	state.StepWarned: "warned", state.StepFailed: "failed", state.StepSkipped: "skipped",
}

var checkStates = map[state.StepState]status.CheckState{
	state.StepPending: status.CheckPending, state.StepRunning: status.CheckRunning, state.StepDone: status.CheckDone,
	state.StepWarned: status.CheckWarn, state.StepFailed: status.CheckFailed, state.StepSkipped: status.CheckSkipped,
}

// checkRow puts one check into words.
func (f *face) checkRow(c state.Check) status.CheckRow {
	args := words.Args{"Platform": f.state.Account.PlatformName, "Detail": c.Detail}
	if c.ID == "signin" && f.state.Account.PlatformName == "" {
		args["Platform"] = f.say("platform")
	}
	says := c.ID
	if _, has := f.state.Broadcast.Limits[providers.FieldCategory]; c.ID == "details" && !has {
		says = "title" // a platform without categories
	}
	row := status.CheckRow{
		State:  checkStates[c.State],
		Title:  f.say("check."+says+"."+stateKeys[c.State], args),
		Detail: c.Detail,
	}
	if c.ID == "obs" && c.State == state.StepDone {
		row.Detail = "OBS " + c.Detail
	}
	if c.Err != nil {
		x := f.explain(c.Err)
		row.Detail = join(x.What, x.Why, x.Said)
		switch {
		case c.ID == "details":
			row.Detail = x.What // the card beside it says the rest
		case c.Action == state.ActionNone:
			row.Detail = join(row.Detail, x.Do)
		}
	} else if key := "check." + c.ID + "." + stateKeys[c.State] + ".detail"; c.State != state.StepDone && f.words.Has("desktop."+key) {
		row.Detail = f.say(key, args)
	}
	if c.Action != state.ActionNone {
		row.Action = f.say("action." + string(c.Action))
		row.OnAction = func() { f.do(c.Action) }
	}
	return row
}

func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}

// changes counts the fields that a draft would change.
func changes(p providers.Patch) int { return len(p.Fields()) }

// thousands writes a number in groups of three, as both languages do.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
