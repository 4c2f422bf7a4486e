package precondition_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/andreykaipov/goobs/api/requests/config"

	"cuelight/obs/precondition"
)

func TestAPreconditionIsMetByItsOwnProfileOnly(t *testing.T) {
	inUse := precondition.New("AA", "rtmp_custom")
	for _, tt := range []struct {
		has  any
		want bool
	}{{"rtmp_custom", true}, {"", false}, {nil, false}, {"rtmp_common", false}, {5.0, false}} {
		if got := inUse.Met(config.GetPersistentDataResponse{SlotValue: tt.has}); got != tt.want {
			t.Errorf("a profile that has %v: %v", tt.has, got)
		}
	}
}

// OBS cannot remove a name, so that there are few for a profile, and none that
// another profile's has.
func TestAProfileHasFewNamesOfItsOwn(t *testing.T) {
	names := map[string]map[string]bool{"AA": {}, "방송": {}}
	for profile, all := range names {
		for range 500 {
			p := precondition.New(profile, "rtmp_custom")
			name := *p.Read().SlotName
			if *p.Keep().SlotName != name || *p.Clear().SlotName != name || !strings.HasPrefix(name, "cuelight/") {
				t.Fatalf("the name %q is not that of each request", name)
			}
			all[name] = true
		}
		if len(all) < 8 || len(all) > 16 {
			t.Errorf("%s has %d names", profile, len(all))
		}
	}
	for name := range names["AA"] {
		if names["방송"][name] {
			t.Errorf("both profiles have %q", name)
		}
	}
}

func TestClearingSendsAnEmptyValue(t *testing.T) {
	p := precondition.New("AA", "rtmp_custom")
	for want, params := range map[string]*config.SetPersistentDataParams{`"slotValue":""`: p.Clear(), `"slotValue":"rtmp_custom"`: p.Keep()} {
		data, err := json.Marshal(params)
		if err != nil || !strings.Contains(string(data), want) || !strings.Contains(string(data), `"OBS_WEBSOCKET_DATA_REALM_PROFILE"`) {
			t.Errorf("sends %s, want %s", data, want)
		}
	}
}

// The answer to the reading request fills in the field of the write.
func TestTheWriteTakesItsFieldFromWhatWasRead(t *testing.T) {
	p := precondition.New("AA", "rtmp_custom")
	outputs, inputs := p.Outputs(), p.Inputs("streamServiceType")
	if len(outputs) != 1 || len(inputs) != 1 || outputs[inputs["streamServiceType"]] != "slotValue" {
		t.Errorf("read into %v, written from %v", outputs, inputs)
	}
	if realm := *p.Read().Realm; realm != "OBS_WEBSOCKET_DATA_REALM_PROFILE" {
		t.Errorf("read from %s", realm)
	}
}
