package records

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/monitor"
	"cuelight/app/state"
)

func TestALogIsSummedUp(t *testing.T) {
	var c kittest.Care
	kittest.SomePast(&c)
	p := summarise("long", c.Past["long.jsonl"])
	if p.lasted != 96*time.Minute || p.viewers != 900+94*4 || p.incidents != 2 || p.running || len(p.bitrates) != 95 || p.title != "[생] 자러 가기 전 한 판만 더 · 시즌 12화" {
		t.Errorf("got %+v", p)
	}
	r := kittest.NewRig(t, kittest.Ready())
	for i, e := range c.Past["long.jsonl"] {
		if text, _, _ := describeEntry(r.UI, c.Past["long.jsonl"], i); text == "" || strings.Contains(text, "past.") {
			t.Errorf("%s is told as %q", e.Event, text)
		}
	}
}

func TestAllThatCanHappenHasWords(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	for _, change := range []state.Change{
		state.ChangeLink, state.ChangeStream, state.ChangeService, state.ChangeOnAir, state.ChangeAccount,
		state.ChangeDetails, state.ChangeMic, state.ChangePicture, state.ChangeHealth,
	} {
		text, _, _ := describeEntry(r.UI, []monitor.SessionEntry{{Event: change, Stream: "on"}}, 0)
		if text == "" || text == string(change) {
			t.Errorf("%s is told as %q", change, text)
		}
	}
	for _, stream := range []string{"starting", "on", "reconnecting", "stopping", "off"} {
		if text, _, _ := describeEntry(r.UI, []monitor.SessionEntry{{Event: state.ChangeStream, Stream: stream}}, 0); text == stream {
			t.Errorf("nothing is said of a stream that is %s", stream)
		}
	}
}

func TestThinnedKeepsTheMean(t *testing.T) {
	if got := downsample([]float64{1, 3, 5, 7, 9}, 3); !slices.Equal(got, []float64{2, 6, 9}) {
		t.Errorf("got %v", got)
	}
}

func TestAskingWhereAFileForHelpGoesOpensADialog(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	NewDiagnostics(r.UI, r.Fake).Ask()
	if r.Win.Canvas().Overlays().Top() == nil {
		t.Error("nothing is asked")
	}
}

func TestAFileForHelpSaysWhatIsWrong(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	NewDiagnostics(r.UI, r.Fake).write("/tmp/help/cuelight-help.zip")
	r.Until("it is written", func() bool { return len(r.Layer.Toasts()) > 0 })
	if r.Fake.Written != "/tmp/help/cuelight-help.zip" || len(r.Fake.Lines) < 2 {
		t.Errorf("wrote %q: %q", r.Fake.Written, r.Fake.Lines)
	}
}
