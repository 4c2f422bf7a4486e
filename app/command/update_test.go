package command_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cuelight/app/command"
)

// signedIn is a terminal whose account is signed in.
func signedIn(t *testing.T) *terminal {
	t.Helper()
	c := newTerminal(t)
	c.must("login", "--number", "111111")
	return c
}

func TestEachFlagOfUpdateChangesItsField(t *testing.T) {
	for _, x := range []struct {
		name  string
		args  []string
		stdin string
		want  string
	}{
		{"title", []string{"--title", "방송"}, "", `{"title":"방송"}`},
		{"category by its name", []string{"--category", "스타크래프트"}, "", `{"category":{"number":"00040001","name":"스타크래프트"}}`},
		{"language", []string{"--language", "en_US"}, "", `{"language":"en_US"}`},
		{"viewers", []string{"--viewers", "70"}, "", `{"viewers":70}`},
		{"a password from standard input", []string{"--password-stdin"}, "secret123\n", `{"password":true}`},
		{"no password", []string{"--no-password"}, "", `{"password":false}`},
		{"hidden", []string{"--hidden"}, "", `{"hidden":true}`},
		{"not hidden", []string{"--no-hidden"}, "", `{"hidden":false}`},
		{"grade", []string{"--grade", "19"}, "", `{"grade":19}`},
		{"hashtags", []string{"--hashtags", "#게임, 소통"}, "", `{"hashtags":["게임","소통"]}`},
		{"no hashtags", []string{"--hashtags", ""}, "", `{"hashtags":[]}`},
		{"ending", []string{"--ending", "안녕"}, "", `{"ending":"안녕"}`},
		{"standby", []string{"--standby", "5"}, "", `{"standby":true,"standby_minutes":5}`},
		{"no standby", []string{"--no-standby"}, "", `{"standby":false}`},
		{"watermark", []string{"--watermark", "6"}, "", `{"watermark":6}`},
		{"exploration refused", []string{"--exploration", "refuse"}, "", `{"exploration":"refuse"}`},
		{"exploration allowed", []string{"--exploration", "allow"}, "", `{"exploration":"allow"}`},
		{"paid", []string{"--paid"}, "", `{"paid":true}`},
		{"several", []string{"--title", "t", "--viewers", "9"}, "", `{"title":"t","viewers":9}`},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := signedIn(t)
			o := c.with(x.stdin, append([]string{"--sandbox", "--json", "update"}, x.args...)...)
			if o.code != command.ExitDone {
				t.Fatalf("ended with %d: %s", o.code, o.err)
			}
			var want any
			if err := json.Unmarshal([]byte(x.want), &want); err != nil {
				t.Fatal(err)
			}
			got, _ := json.Marshal(o.object(t)["changed"])
			wanted, _ := json.Marshal(want)
			if string(got) != string(wanted) {
				t.Errorf("changed %s, want %s", got, wanted)
			}
			if strings.Contains(o.out+o.err, "secret123") {
				t.Error("the password is shown")
			}
		})
	}
}

func TestUpdatesThatCannotBeAreUsageErrors(t *testing.T) {
	c := signedIn(t)
	for _, args := range [][]string{
		{"--password-stdin", "--no-password"},
		{"--standby", "5", "--no-standby"},
		{"--standby", "11"},
		{"--exploration", "maybe"},
		{"--grade", "15"},
		{"--watermark", "7"},
		{"--viewers", "many"},
		{"--category", "nonsense"},
		{"--password-stdin"}, // with nothing on it
	} {
		if o := c.sandbox(append([]string{"update"}, args...)...); o.code != command.ExitUsage || o.out != "" {
			t.Errorf("%v ended with %d: %s", args, o.code, o.err)
		}
	}
}

func TestPaidPromotionTellsTheDuty(t *testing.T) {
	c := signedIn(t)
	with, without := c.must("update", "--paid"), c.must("update", "--no-paid")
	if len(with.err) <= len(without.err) {
		t.Errorf("said %q and %q", with.err, without.err)
	}
}

func TestAKeyIsShownOnlyWhereItWasAskedForAndResetOnlyAfterAYes(t *testing.T) {
	c := signedIn(t)
	shown := c.must("key", "show", "--json").object(t)
	key, _ := shown["key"].(string)
	if len(key) < 8 || !strings.HasPrefix(shown["server"].(string), "rtmp://") {
		t.Fatal("no key, or no server")
	}
	c.must("setup")
	for _, answer := range []string{"", "n\n", "no\n"} {
		if o := c.with(answer, "--sandbox", "key", "reset"); o.code != command.ExitUsage {
			t.Errorf("%q ended with %d", answer, o.code)
		}
	}
	if again := c.must("key", "show", "--json").object(t); again["key"] != key {
		t.Fatal("reset without a yes")
	}
	o := c.with("예\n", "--sandbox", "--json", "key", "reset")
	if reset := o.object(t); o.code != command.ExitDone || reset["reset"] != true || reset["written_to_obs"] != true || reset["queued"] != false {
		t.Errorf("ended with %d: %v", o.code, reset)
	}
	now := c.must("key", "show", "--json").object(t)["key"].(string)
	if now == key || strings.Contains(o.out+o.err, now) {
		t.Error("the key is the old one, or was shown unasked")
	}
	if status := c.must("status", "--json").object(t); status["obs"].(map[string]any)["service"].(map[string]any)["matches"] != true {
		t.Errorf("OBS does not hold the new key: %v", status["obs"])
	}
}

// What a change replaces is told: another window or moderator may have set it a moment
// ago, and whoever has overwritten it by mistake can put it back.
func TestUpdateTellsWhatItReplaced(t *testing.T) {
	c := signedIn(t)
	c.must("update", "--title", "theirs", "--hidden", "--hashtags", "a,b", "--exploration", "refuse")
	o := c.must("update", "--title", "mine", "--no-hidden", "--hashtags", "a,b", "--exploration", "allow", "--json")
	got, _ := json.Marshal(o.object(t)["replaced"])
	if want := `{"exploration":"refuse","hashtags":["a","b"],"hidden":true,"title":"theirs"}`; string(got) != want {
		t.Errorf("replaced %s, want %s", got, want)
	}
	o = c.must("update", "--title", "third", "--category", "00040001", "--hidden", "--hashtags", "a,b")
	for _, line := range []string{"Title: mine", "Hidden: off"} {
		if !strings.Contains(o.out, line) {
			t.Errorf("%q is not said: %s", line, o.out)
		}
	}
	if strings.Contains(o.out, "Hashtags") {
		t.Errorf("says that something was replaced by itself: %s", o.out)
	}
}

func TestAPasswordThatWasReplacedIsNotTold(t *testing.T) {
	c := signedIn(t)
	c.must("update", "--no-password")
	o := c.with("secret123\n", "--sandbox", "--json", "update", "--password-stdin")
	if replaced := o.object(t)["replaced"].(map[string]any); len(replaced) != 0 {
		t.Errorf("replaced %v", replaced)
	}
}
