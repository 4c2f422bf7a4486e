//go:build linux

package endtoend

import (
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"cuelight/internal/realobs"
)

// TestRealProfilesLoseNothingToCommandsKilledBesideAWindow lets a lasting
// Cuelight watch a real OBS while commands set it up and put it back, its user
// switches profiles, and half of the commands are killed. At the end each profile
// is put back without asking to what its user had, also the one in which no
// command came to its end.
func TestRealProfilesLoseNothingToCommandsKilledBesideAWindow(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	p, u, _ := startPlain(t)
	p.byNumber(t, u)
	u.obs, u.env = o.Address(), []string{"CUELIGHT_OBS_PASSWORD=" + o.Password}
	user, own := o.Connect(t), map[string]map[string]any{}
	for _, name := range []string{"BB", "AA"} {
		user.AddProfile(name)
		user.SetService("rtmp_custom", map[string]any{"server": "rtmp://" + name + ".example/live", "key": "own-key-of-" + name})
		_, own[name] = user.Service()
	}
	lasting := u.start(t, "watch", "--json")
	defer lasting.Kill()

	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random, killed := rand.New(rand.NewPCG(seed, 0)), 0
	for range 40 {
		process := u.start(t, []string{"setup", "restore"}[random.IntN(2)])
		time.Sleep(time.Duration(random.IntN(150)) * time.Millisecond)
		user.SwitchProfile([]string{"AA", "BB"}[random.IntN(2)])
		if random.IntN(2) == 0 {
			process.Kill()
			killed++
		} else {
			u.end(t, process)
		}
	}
	t.Logf("%d of 40 commands were killed", killed)
	for _, name := range []string{"AA", "BB"} {
		user.SwitchProfile(name)
		got := u.run(t, "restore")
		if _, settings := user.Service(); settings["server"] != own[name]["server"] || settings["key"] != own[name]["key"] {
			t.Errorf("profile %s sends to %v after restore, which ended with %d: %s", name, settings["server"], got.code, got.stderr)
		}
		_, settings := user.Service()
		maps.DeleteFunc(settings, func(_ string, value any) bool { return value == "" || value == false || value == nil })
		if len(settings) > len(own[name]) {
			t.Errorf("profile %s has settings that its user never had: %v", name, settings["server"])
		}
	}
}
