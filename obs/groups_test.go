package obs_test

import (
	"slices"
	"testing"

	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestWhatIsInAGroupIsInTheScene(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.AddGroup("Break", "shown", true, []string{"clock", "text"}, map[string]bool{"text": true})
	o.AddGroup("Break", "hidden", false, []string{"camera"}, nil)
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	items, err := c.SceneItems(t.Context(), "Break")
	want := []obs.SceneItem{{Source: "clock", Shown: true}, {Source: "text"}, {Source: "camera"}}
	if err != nil || !slices.Equal(items, want) {
		t.Errorf("got %+v, %v", items, err)
	}
}
