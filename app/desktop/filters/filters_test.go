package filters

import (
	"errors"
	"strings"
	"testing"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
)

// opened opens the screen and waits for its answers.
func opened(t *testing.T, s state.State, given func(*kittest.Engine)) (*kittest.Rig, *Filters) {
	t.Helper()
	r := kittest.NewRig(t, s)
	given(r.Fake)
	screen := New(r.UI, r.Fake, catalog.NewCategories(r.UI, r.Fake))
	r.Show(screen)
	r.Settle()
	return r, screen
}

func TestThePlatformsOwnFiltersCannotBeTouched(t *testing.T) {
	_, s := opened(t, kittest.Complete(), kittest.WithFilters)
	if mine, theirs := s.row(0), s.row(2); len(mine.Actions) != 2 || len(theirs.Actions) != 0 || len(theirs.Badges) != 2 {
		t.Errorf("mine: %d actions; the platform's: %d actions, %d marks", len(mine.Actions), len(theirs.Actions), len(theirs.Badges))
	}
}

func TestAFilterIsRemovedAfterAQuestion(t *testing.T) {
	r, s := opened(t, kittest.Complete(), kittest.WithFilters)
	s.row(1).Actions[1].Do()
	if r.Sheet() == nil || r.Fake.Times("remove streamer streamer1") != 0 {
		t.Fatal("it is not asked about")
	}
	buttons := kittest.Find[*control.Button](r.Sheet())
	r.Press(buttons[len(buttons)-1])
	r.Until("it is removed", func() bool {
		return r.Fake.Times("remove streamer streamer1") == 1 && r.Fake.Times("filters streamer") == 2
	})
}

func TestAKeywordIsCheckedWhileItIsTyped(t *testing.T) {
	_, s := opened(t, kittest.Complete(), kittest.WithFilters)
	s.kind = filterKeyword
	form := newFilterForm(s, nil)
	form.open()
	form.reason.SetText("사유")
	for text, fine := range map[string]bool{
		"": false, "도박": true, "도박😀": false, "♥️": false, strings.Repeat("가", 20): true, strings.Repeat("가", 21): false, "C++ & ☎": false, "(주)™": true,
	} {
		form.value.SetText(text)
		form.check()
		if form.save.Disabled() == fine {
			t.Errorf("%q can be sent: %v", text, !fine)
		}
	}
	form.value.SetText("도박")
	form.reason.SetText(" ")
	form.check()
	if !form.save.Disabled() {
		t.Error("it can be sent without a reason")
	}
}

func TestAFilterThatIsRefusedStaysToBeMended(t *testing.T) {
	r, s := opened(t, kittest.Complete(), kittest.WithFilters)
	r.Fake.PutFunc = func(string, string, string) error { return errors.New("not today") }
	form := newFilterForm(s, nil)
	form.open()
	form.value.SetText("somebody")
	form.reason.SetText("시끄러움")
	form.check()
	r.Press(form.save)
	r.Clock.Advance(kit.InputDelay)
	r.Until("the failure", func() bool { return form.failure.Object.Visible() })
	if r.Sheet() == nil || form.value.Text() != "somebody" {
		t.Fatal("what was typed is gone")
	}
	r.Fake.PutFunc = nil
	r.Press(form.save)
	r.Clock.Advance(kit.InputDelay)
	r.Until("it is kept", func() bool { return r.Sheet() == nil && r.Fake.Times("put streamer somebody 시끄러움") == 2 })
}
