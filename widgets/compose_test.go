package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/widgets"
	"cuelight/widgets/fakeclock"
)

// composing is what has the keyboard, as an input method sees it.
func composing(t *testing.T, w fyne.Window) widgets.Composing {
	t.Helper()
	c, ok := w.Canvas().Focused().(widgets.Composing)
	if !ok {
		t.Fatalf("%T cannot show what is being composed", w.Canvas().Focused())
	}
	return c
}

func TestASyllableInWorkIsShownAndIsNotText(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := shown(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	typeText(w, "안녕")
	c := composing(t, w)
	before, _ := c.Caret()
	for _, part := range []string{"ㅎ", "하", "핫"} {
		c.Compose(part)
		if m := markup(w); !strings.Contains(m, ">"+part+"<") || !strings.Contains(m, "2 / 5") {
			t.Errorf("%s is not shown, or is counted:\n%s", part, m)
		}
	}
	if at, line := c.Caret(); at != before || line <= 0 {
		t.Errorf("the syllable moved from %v to %v, a line of %v", before, at, line)
	}
	if title.Text() != "안녕" {
		t.Errorf("text %q", title.Text())
	}
	c.Compose("")
	typeText(w, "하")
	if m := markup(w); title.Text() != "안녕하" || strings.Contains(m, "핫") {
		t.Errorf("text %q:\n%s", title.Text(), m)
	}
	if after, _ := c.Caret(); after.X <= before.X || after.Y != before.Y {
		t.Errorf("the caret went from %v to %v", before, after)
	}
}

func TestComposingTakesTheSelectionsPlace(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := shown(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	typeText(w, "밤")
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	composing(t, w).Compose("ㄴ")
	if title.Text() != "" {
		t.Errorf("the selection stays: %q", title.Text())
	}
}

func TestWhatFollowsTheCaretMovesAlong(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := shown(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	typeText(w, "가나")
	typeKeys(w, fyne.KeyLeft)
	composing(t, w).Compose("ㅁ")
	if m := markup(w); !strings.Contains(m, ">나<") {
		t.Errorf("what follows is covered:\n%s", m)
	}
}

func TestALongTitleStillShowsTheSyllableInWork(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := shown(t, title, fyne.NewSize(160, 120), clock)
	title.Focus()
	typeText(w, strings.Repeat("가", 20))
	c := composing(t, w)
	c.Compose("핫")
	if at, _ := c.Caret(); at.X < 0 || at.X > 160-24 {
		t.Errorf("the syllable stands at %v in a window 160 wide", at)
	}
}

func TestASecretIsNotShownWhileComposing(t *testing.T) {
	clock := fakeclock.New()
	secret := widgets.NewConcealedField("비밀번호", clock)
	w, _ := shown(t, secret, fyne.NewSize(400, 120), clock)
	secret.Focus()
	composing(t, w).Compose("한")
	if m := markup(w); strings.Contains(m, "한<") || !strings.Contains(m, "•") {
		t.Errorf("shown:\n%s", m)
	}
}

func TestComposingEndsWithTheFocus(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := shown(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	composing(t, w).Compose("ㅎ")
	w.Canvas().Unfocus()
	if m := markup(w); strings.Contains(m, "ㅎ") {
		t.Errorf("still shown:\n%s", m)
	}
}
