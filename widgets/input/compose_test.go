package input_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/widgettest"
)

// composing is what has the keyboard, as an input method sees it.
func composing(t *testing.T, w fyne.Window) input.Composing {
	t.Helper()
	c, ok := w.Canvas().Focused().(input.Composing)
	if !ok {
		t.Fatalf("%T cannot show what is being composed", w.Canvas().Focused())
	}
	return c
}

func TestASyllableInWorkIsShownAndIsNotText(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	widgettest.TypeText(w, "안녕")
	c := composing(t, w)
	before, _ := c.Caret()
	for _, part := range []string{"ㅎ", "하", "핫"} {
		c.Compose(part)
		if m := widgettest.Markup(w); !strings.Contains(m, ">"+part+"<") || !strings.Contains(m, "2 / 5") {
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
	widgettest.TypeText(w, "하")
	if m := widgettest.Markup(w); title.Text() != "안녕하" || strings.Contains(m, "핫") {
		t.Errorf("text %q:\n%s", title.Text(), m)
	}
	if after, _ := c.Caret(); after.X <= before.X || after.Y != before.Y {
		t.Errorf("the caret went from %v to %v", before, after)
	}
}

func TestComposingTakesTheSelectionsPlace(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	widgettest.TypeText(w, "밤")
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	composing(t, w).Compose("ㄴ")
	if title.Text() != "" {
		t.Errorf("the selection stays: %q", title.Text())
	}
}

func TestWhatFollowsTheCaretMovesAlong(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	widgettest.TypeText(w, "가나")
	widgettest.TypeKeys(w, fyne.KeyLeft)
	composing(t, w).Compose("ㅁ")
	if m := widgettest.Markup(w); !strings.Contains(m, ">나<") {
		t.Errorf("what follows is covered:\n%s", m)
	}
}

func TestALongTitleStillShowsTheSyllableInWork(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(160, 120), clock)
	title.Focus()
	widgettest.TypeText(w, strings.Repeat("가", 20))
	c := composing(t, w)
	c.Compose("핫")
	if at, _ := c.Caret(); at.X < 0 || at.X > 160-24 {
		t.Errorf("the syllable stands at %v in a window 160 wide", at)
	}
}

func TestASecretIsNotShownWhileComposing(t *testing.T) {
	clock := fakeclock.New()
	secret := input.NewConcealedField("비밀번호", clock)
	w, _ := widgettest.Show(t, secret, fyne.NewSize(400, 120), clock)
	secret.Focus()
	composing(t, w).Compose("한")
	if m := widgettest.Markup(w); strings.Contains(m, "한<") || !strings.Contains(m, "•") {
		t.Errorf("shown:\n%s", m)
	}
}

func TestComposingEndsWithTheFocus(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	composing(t, w).Compose("ㅎ")
	w.Canvas().Unfocus()
	if m := widgettest.Markup(w); strings.Contains(m, "ㅎ") {
		t.Errorf("still shown:\n%s", m)
	}
}
