//go:build linux

package realobs

import (
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// Remote is another client of an OBS: it shares no code with the one under
// test, and ends the test when anything fails. It is for one goroutine.
type Remote struct {
	t      *testing.T
	client *realparts.OBSClient
}

// Connect gives a client that is ready for requests, until the end of the test.
func (o *OBS) Connect(t *testing.T) *Remote {
	t.Helper()
	return &Remote{t, realparts.DialOBS(t, o.Address(), o.Password)}
}

// Request makes a request, wants it to succeed and gives its data.
func (r *Remote) Request(name string, data any) map[string]any {
	r.t.Helper()
	return r.client.Request(r.t, name, data)
}

// AddProfile adds a profile and switches to it.
func (r *Remote) AddProfile(name string) {
	r.t.Helper()
	r.Request("CreateProfile", map[string]any{"profileName": name})
	r.awaitProfile(name)
}

// SwitchProfile uses another profile, as the user does from OBS's menu, and
// waits until OBS does.
func (r *Remote) SwitchProfile(name string) {
	r.t.Helper()
	r.Request("SetCurrentProfile", map[string]any{"profileName": name})
	r.awaitProfile(name)
}

// awaitProfile waits until a profile is in use: OBS 32 answers before it is.
func (r *Remote) awaitProfile(name string) {
	r.t.Helper()
	var current any
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if current = r.Request("GetProfileList", nil)["currentProfileName"]; current == name {
			return
		}
	}
	r.t.Fatalf("OBS is told to use profile %q and uses %q", name, current)
}

// SetService sets the stream service of the profile in use; settings are merged
// while the type stays the same.
func (r *Remote) SetService(typ string, settings map[string]any) {
	r.t.Helper()
	r.Request("SetStreamServiceSettings", map[string]any{"streamServiceType": typ, "streamServiceSettings": settings})
}

// Service gives the stream service of the profile in use.
func (r *Remote) Service() (typ string, settings map[string]any) {
	r.t.Helper()
	held := r.Request("GetStreamServiceSettings", nil)
	typ, _ = held["streamServiceType"].(string)
	settings, _ = held["streamServiceSettings"].(map[string]any)
	return typ, settings
}
