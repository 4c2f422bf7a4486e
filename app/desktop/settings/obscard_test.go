package settings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
)

// opened opens the settings of somebody with two OBSes beside the one here.
func opened(t *testing.T, s state.State) (*kittest.Rig, *obsCard) {
	t.Helper()
	r := kittest.NewRig(t, s)
	r.Fake.Configuration.OBSHosts = []config.OBSHost{{Name: "방송용 PC", Address: "192.168.0.5:4455"}, {Name: "노트북", Address: "laptop.local:4455"}}
	screen := New(r.UI, r.Fake, &kittest.OBSHosts{Engine: r.Fake}, Appearance{}, NewOBSSheets(r.UI, r.Fake), Sounds{})
	r.Show(screen)
	return r, screen.obs
}

// pick chooses a tile, as a press does.
func (c *obsCard) pick(id string) {
	c.tiles.SetChosen(id)
	c.tiles.OnChosen(id)
}

func TestAnOBSIsChosenWithOnePressAndItsConnectionSpokenOf(t *testing.T) {
	r, card := opened(t, kittest.Ready())
	card.pick("노트북")
	r.Until("the other OBS is used", func() bool { return r.Fake.Called("use OBS 노트북") && card.inUse == "laptop.local:4455" })
	if card.tiles.Chosen() != "노트북" || !strings.Contains(test.RenderObjectToMarkup(card.plain.Object), "ws://") {
		t.Errorf("shows %q, and nothing of ws://", card.tiles.Chosen())
	}
	if !card.removeRow.Visible() || card.name.Text() != "노트북" {
		t.Errorf("the form has %q", card.name.Text())
	}
	r.Press(card.remove)
	r.Until("it is forgotten", func() bool { return r.Fake.Called("remove OBS 노트북") && card.inUse == "" })
	if card.tiles.Chosen() != hereTile || card.removeRow.Visible() {
		t.Errorf("shows %q", card.tiles.Chosen())
	}
}

func TestLeavingAnOBSThatStreamsIsAskedAbout(t *testing.T) {
	r, card := opened(t, kittest.Streaming())
	card.pick("노트북")
	r.Render()
	if r.Sheet() == nil || r.Fake.Called("use OBS 노트북") || card.tiles.Chosen() != hereTile {
		t.Fatal("used without a question, or shown as used")
	}
	r.Clock.Advance(control.HoldOffTime)
	r.Press(r.Button(r.UI.Text("settings.obs.switch.do")))
	r.Until("the other OBS is used", func() bool { return r.Fake.Called("use OBS 노트북") })
}

func TestATypedOBSIsRememberedAndUsed(t *testing.T) {
	r, card := opened(t, kittest.Ready())
	card.name.SetText("거실")
	card.address.SetText("192.168.0.9:4455")
	card.address.OnChanged("192.168.0.9:4455")
	r.Press(card.save)
	r.Clock.Advance(kit.InputDelay)
	r.Until("it is used", func() bool { return r.Fake.Called("add OBS 거실") && r.Fake.Called("use OBS 거실") })
	r.Settle()
	if got := r.Fake.Config(); len(got.OBSHosts) != 3 || got.OBS.Address != "192.168.0.9:4455" || card.tiles.Chosen() != "거실" {
		t.Errorf("kept %+v", got)
	}
}

func TestAnOBSThatAnotherProcessHasAddedIsShown(t *testing.T) {
	r, card := opened(t, kittest.Ready())
	r.Fake.Configure(func(c *config.Config) { c.PutOBSHost(config.OBSHost{Name: "새 PC", Address: "10.0.0.2:4455"}) })
	r.Render()
	if len(card.shown) != 3 {
		t.Errorf("shows %v", card.shown)
	}
}
