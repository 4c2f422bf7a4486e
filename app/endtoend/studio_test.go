//go:build linux

package endtoend

import (
	"strconv"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
)

// The earlier settings of OBS, which have to come back.
const (
	earlierServer = "rtmp://127.0.0.1:9/earlier"
	earlierKey    = "an-earlier-stream-key-7f3a"
)

// studio is a streamer's place with everything real but the platforms.
type studio struct {
	obs     *realobs.OBS
	ingest  *realparts.Ingest
	keyring *realparts.Keyring
	// platform runs for somebody else, owner.
	platform *platform
	owner    *user
	user     *user
	// behind looks at OBS behind Cuelight's back.
	behind *realparts.OBSClient
	// arguments ends the watch over process arguments and gives them.
	arguments func() []byte
}

// startStudio starts OBS with settings of an earlier platform, an ingest that
// asks the simulated platforms whose key a stream has, and two keyrings.
func startStudio(t *testing.T) *studio {
	t.Helper()
	return startStudioWith(t, func(port int) realparts.Hooks {
		hook := "http://127.0.0.1:" + strconv.Itoa(port) + "/sandbox/"
		return realparts.Hooks{OnPublish: hook + "on_publish", OnPublishDone: hook + "on_publish_done"}
	})
}

// startStudioWith starts one whose ingest asks as told, given the platforms'
// port.
func startStudioWith(t *testing.T, hooks func(port int) realparts.Hooks) *studio {
	t.Helper()
	w := &studio{obs: realobs.ForTest(t, realobs.Options{Password: "an-obs-password-91c4"})}
	port := realparts.FreePort(t)
	w.ingest = realparts.StartIngest(t, hooks(port))
	w.keyring = realparts.StartKeyring(t)
	w.owner = newUser(t, realparts.StartKeyring(t).Session)
	w.platform = startPlatform(t, w.owner, port, w.ingest.URL)
	w.arguments = watchArguments(t)

	w.user = newUser(t, w.keyring.Session)
	w.user.obs = w.obs.Address()
	w.user.env = []string{"CUELIGHT_OBS_PASSWORD=" + w.obs.Password}
	w.behind = realparts.DialOBS(t, w.obs.Address(), w.obs.Password)
	w.behind.SetService(t, earlierServer, earlierKey)
	return w
}

// stop ends the stream, and waits until the platform has seen the end.
func (w *studio) stop(t *testing.T, offAir func() bool) {
	t.Helper()
	w.user.do(t, "stop", "--json").object(t)
	// Right after it has stopped, OBS still calls its output active.
	waitFor(t, 3*time.Second, "OBS to have stopped", func() bool { return !w.behind.Streaming(t) })
	waitFor(t, 10*time.Second, "the platform off air", offAir)
}

// restore puts OBS back to what it held before.
func (w *studio) restore(t *testing.T) {
	t.Helper()
	w.user.do(t, "restore", "--json").object(t)
	if after := w.behind.Service(t); after.Server != earlierServer || after.Key != earlierKey {
		t.Errorf("OBS streams to %q after restore", after.Server)
	}
}

// checkNothingLeaked looks everywhere for a platform's secrets and OBS's.
func (w *studio) checkNothingLeaked(t *testing.T, secrets []secret) {
	t.Helper()
	secrets = append(secrets, secret{"OBS password", w.obs.Password}, secret{"earlier stream key", earlierKey})
	checkNothingLeaked(t, secrets, w.arguments(), w.user, w.owner)
}
