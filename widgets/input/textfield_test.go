package input_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/widgettest"
)

func newTitle(clock *fakeclock.Clock) *input.TextField {
	return input.NewTextField("제목", "방송 제목", 5, func(over int) string { return fmt.Sprintf("%d자 초과", over) }, clock)
}

func TestTextFieldCountsComposedSyllables(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	var last string
	title.OnChanged = func(s string) { last = s }
	title.Focus()
	widgettest.TypeText(w, "\u1112\u1161\u11ab\u1100\u1173\u11af") // 한글 in its parts, as macOS hands it over
	if title.Text() != "한글" || last != "한글" {
		t.Errorf("text %q, told %q, want 한글 composed", title.Text(), last)
	}
	if !strings.Contains(widgettest.Markup(w), "2 / 5") {
		t.Error("the counter does not count syllables")
	}
}

func TestTextFieldKeepsTextThatIsTooLongAndSaysSo(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	title.Focus()
	widgettest.TypeText(w, "일곱글자제목임")
	if title.Over() != 2 || title.Text() != "일곱글자제목임" {
		t.Errorf("over by %d with %q", title.Over(), title.Text())
	}
	if m := widgettest.Markup(w); !strings.Contains(m, "2자 초과") || !strings.Contains(m, "7 / 5") {
		t.Error("neither words nor counter say that it is too long")
	}
	before := title.MinSize().Height
	title.SetText("짧게")
	if title.Over() != 0 || strings.Contains(widgettest.Markup(w), "초과") || title.MinSize().Height >= before {
		t.Error("the message stays after the text was shortened")
	}
}

func TestTextFieldReadsLateAfterEnter(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	var sent []string
	title.OnEnter = func(s string) { sent = append(sent, s) }
	title.Focus()
	widgettest.TypeText(w, "한")
	widgettest.TypeKeys(w, fyne.KeyReturn)
	widgettest.TypeText(w, "글") // the input method hands the last syllable over after the key
	if len(sent) != 0 {
		t.Fatal("Enter is taken before the input method is done")
	}
	clock.Advance(time.Second)
	if len(sent) != 1 || sent[0] != "한글" {
		t.Errorf("sent %q, want the text with its last syllable, once", sent)
	}
}

func TestTextFieldKeepsCaretOnEqualTextFromOutside(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	changes := 0
	title.OnChanged = func(string) { changes++ }
	title.Focus()
	widgettest.TypeText(w, "가나다")
	widgettest.TypeKeys(w, fyne.KeyLeft)
	title.SetText("가나다")
	widgettest.TypeText(w, "x")
	if title.Text() != "가나x다" {
		t.Errorf("the caret moved: %q", title.Text())
	}
	title.SetText("아주다른글")
	widgettest.TypeText(w, "y")
	if title.Text() != "아주다y른글" {
		t.Errorf("the caret did not stay in its place: %q", title.Text())
	}
	if changes != 5 {
		t.Errorf("told of %d changes, want the 5 made by typing", changes)
	}
}

func TestTextFieldProblemGoesWithTheNextChange(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	title.SetProblem("특수문자는 쓸 수 없습니다")
	if !strings.Contains(widgettest.Markup(w), "특수문자는") {
		t.Error("the problem is not shown")
	}
	title.Focus()
	widgettest.TypeText(w, "가")
	if strings.Contains(widgettest.Markup(w), "특수문자는") {
		t.Error("the problem stays after a change")
	}
}

func TestTextFieldDisabledTakesNothing(t *testing.T) {
	clock := fakeclock.New()
	title := newTitle(clock)
	w, _ := widgettest.Show(t, title, fyne.NewSize(400, 120), clock)
	title.Disable()
	title.Focus()
	if f := w.Canvas().Focused(); f != nil {
		widgettest.TypeText(w, "가")
	}
	if title.Text() != "" {
		t.Errorf("a disabled field took %q", title.Text())
	}
	title.Enable()
	title.Focus()
	widgettest.TypeText(w, "가")
	if title.Text() != "가" {
		t.Error("an enabled field takes nothing")
	}
}
