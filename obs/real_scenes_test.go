//go:build linux

package obs_test

import (
	"errors"
	"testing"

	"cuelight/internal/realobs"
	"cuelight/obs"
	"cuelight/obs/obstest"
)

// TestRealSceneIsPutOnAir switches scenes as OBS's own list does, and in studio mode
// past its preview.
func TestRealSceneIsPutOnAir(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	user := o.Connect(t)
	first, _ := user.Request("GetCurrentProgramScene", nil)["currentProgramSceneName"].(string)
	user.Request("CreateScene", map[string]any{"sceneName": "게임"})
	c := obstest.Dial(t, obs.Dialer{}, realEndpoint(o))
	for _, studio := range []bool{false, true} {
		user.Request("SetStudioModeEnabled", map[string]any{"studioModeEnabled": studio})
		for _, scene := range []string{"게임", first} {
			if err := c.SwitchScene(t.Context(), scene); err != nil {
				t.Fatal(err)
			}
			if got := user.Request("GetCurrentProgramScene", nil)["currentProgramSceneName"]; got != scene {
				t.Errorf("on air is %v, not %s; studio mode: %v", got, scene, studio)
			}
		}
	}
	if err := c.SwitchScene(t.Context(), "not there"); !errors.Is(err, obs.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}
