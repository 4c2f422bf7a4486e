package kit

import (
	"errors"
	"strings"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// Who is the nickname, with the login id where it says more.
func Who(a state.AccountState) string {
	return providers.Identity{UserID: a.UserID, Nick: a.Nick}.String()
}

// Channel is the channel or room worked on; empty where none is chosen or the
// platform has none.
func Channel(s state.State) string {
	for _, account := range s.Accounts {
		if account.Name == s.Account.Name {
			return account.Channel
		}
	}
	return ""
}

// ChannelMissing reports that the platform has several channels or rooms in one
// account, and none is chosen yet.
func ChannelMissing(s state.State) bool {
	return s.Account.SignedIn == state.SignedIn && s.Account.Has.Channels && Channel(s) == ""
}

// KeyNotGiven reports whether a failure means that the platform does not give the
// stream key, so that the user has to bring it once.
func KeyNotGiven(err error) bool {
	var platform *providers.Error
	return errors.As(err, &platform) && platform.Reason == "channel.no_key"
}

// CreatorNotChosen reports whether a failure means that the user has to choose who
// of several people broadcasts.
func CreatorNotChosen(err error) bool {
	var platform *providers.Error
	return errors.As(err, &platform) && (platform.Reason == "creator.choose" || platform.Reason == "creator.gone")
}

// ChangeCount counts the fields that a draft would change.
func ChangeCount(p providers.Patch) int { return len(p.Fields()) }

// DescribeOBS is the link to OBS in a few words, with more in the detail.
func (t *Texts) DescribeOBS(s state.State) (tone paint.Tone, text, detail string) {
	name := "OBS"
	if s.OBS.Simulated {
		name = t.Text("pill.practice_obs")
	}
	why := ""
	if s.OBS.Err != nil {
		why = t.Explain(s.OBS.Err).Line()
	}
	if !s.OBS.LostOnAir.IsZero() {
		return paint.ToneBad, name + " · " + t.Text("pill.lost"), why
	}
	switch s.OBS.Link {
	case state.LinkUp:
		return paint.ToneGood, strings.TrimSpace(name + " " + s.OBS.Version), s.OBS.Address
	case state.LinkPassword:
		return paint.ToneBad, name + " · " + t.Text("pill.password"), why
	case state.LinkUnprotected:
		return paint.ToneBad, name + " · " + t.Text("pill.unprotected"), why
	case state.LinkKicked:
		return paint.ToneBad, name + " · " + t.Text("pill.kicked"), why
	case state.LinkWaiting:
		return paint.ToneWarn, name + " · " + t.Text("pill.waiting"), why
	}
	return paint.ToneNeutral, name + " · " + t.Text("pill.connecting"), ""
}

// WhyNoOBS says in a sentence or two why OBS was not found.
func (t *Texts) WhyNoOBS(s state.State) string {
	if s.OBS.Err != nil {
		x := t.Explain(s.OBS.Err)
		return JoinSentences(x.What, x.Why, x.Do)
	}
	return t.Text("welcome.obs.waiting")
}

// Cue is what the cue light shows, and the same in words. It is amber as soon as
// account and OBS are there.
func (t *Texts) Cue(s state.State) (status.CueState, string) {
	switch {
	case !s.OBS.LostOnAir.IsZero():
		return status.CueLost, t.Text("cue.lost")
	case !s.OBS.UnseenSince.IsZero():
		return status.CueLost, t.Text("cue.unseen")
	case s.OBS.Stream == state.StreamReconnecting:
		return status.CueReconnecting, t.Text("cue.reconnecting")
	case s.OnAirElsewhere() != "":
		return status.CueOnAir, t.Text("cue.onair_for", words.Args{"Name": t.AccountName(s, s.OnAirElsewhere())})
	case s.OBS.Stream.Running():
		return status.CueOnAir, t.Text("cue.onair")
	case s.Account.SignedIn != state.SignedIn || s.OBS.Link != state.LinkUp:
		return status.CueOff, t.Text("cue.off")
	case s.OBS.Matches != state.MatchYes && s.Account.Has.Ingest:
		return status.CueReady, t.Text("cue.nearly")
	}
	return status.CueReady, t.Text("cue.ready")
}
