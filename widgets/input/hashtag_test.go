package input_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/widgettest"
)

func newTags(t *testing.T) (*input.HashtagField, fyne.Window, *fakeclock.Clock, *[][]string) {
	clock := fakeclock.New()
	check := func(tag string, _ []string) error {
		if strings.ContainsAny(tag, "!?") {
			return errors.New("특수문자는 쓸 수 없습니다")
		}
		return nil
	}
	tags := input.NewHashtagField("해시태그", "추가…", 3, "세 개까지 넣을 수 있습니다", check, clock)
	var told [][]string
	tags.OnChanged = func(now []string) { told = append(told, now) }
	w, _ := widgettest.Show(t, tags, fyne.NewSize(500, 160), clock)
	tags.Focus()
	return tags, w, clock, &told
}

func wantTags(t *testing.T, tags *input.HashtagField, want ...string) {
	t.Helper()
	if !slices.Equal(tags.Tags(), want) {
		t.Errorf("tags %q, want %q", tags.Tags(), want)
	}
}

func TestHashtagIsFinishedBySpaceCommaEnterAndLeaving(t *testing.T) {
	for name, finish := range map[string]func(fyne.Window){
		"space":   func(w fyne.Window) { widgettest.TypeText(w, " ") },
		"comma":   func(w fyne.Window) { widgettest.TypeText(w, ",") },
		"Enter":   func(w fyne.Window) { widgettest.TypeKeys(w, fyne.KeyReturn) },
		"leaving": func(w fyne.Window) { w.Canvas().Unfocus() },
	} {
		t.Run(name, func(t *testing.T) {
			tags, w, clock, told := newTags(t)
			widgettest.TypeText(w, "#게임")
			finish(w)
			wantTags(t, tags)
			clock.Advance(time.Second)
			wantTags(t, tags, "게임")
			if len(*told) != 1 || clock.Pending() != 0 {
				t.Errorf("told %d times, %d calls pending", len(*told), clock.Pending())
			}
		})
	}
}

func TestHashtagWaitsForTheLastSyllable(t *testing.T) {
	tags, w, clock, _ := newTags(t)
	widgettest.TypeText(w, "게")
	widgettest.TypeKeys(w, fyne.KeyReturn)
	widgettest.TypeText(w, "임")
	clock.Advance(time.Second)
	wantTags(t, tags, "게임")
}

func TestHashtagTypedOnStaysInTheField(t *testing.T) {
	tags, w, clock, _ := newTags(t)
	widgettest.TypeText(w, "게임 배")
	clock.Advance(time.Second)
	wantTags(t, tags, "게임")
	widgettest.TypeText(w, "그 ")
	clock.Advance(time.Second)
	wantTags(t, tags, "게임", "배그")
}

func TestHashtagsPastedAreTakenAtOnce(t *testing.T) {
	tags, w, clock, told := newTags(t)
	clip := test.NewClipboard()
	clip.SetContent("#a #b, c")
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	clock.Advance(time.Second)
	wantTags(t, tags, "a", "b", "c")
	if len(*told) != 1 {
		t.Errorf("told %d times of one paste", len(*told))
	}
}

func TestHashtagThatIsWrongStaysWithItsReason(t *testing.T) {
	tags, w, clock, _ := newTags(t)
	widgettest.TypeText(w, "게임! 배그 ")
	clock.Advance(time.Second)
	wantTags(t, tags, "배그")
	if tags.Problem() != "특수문자는 쓸 수 없습니다" || !strings.Contains(widgettest.Markup(w), "게임!") {
		t.Errorf("problem %q; the text to mend must stay", tags.Problem())
	}
	widgettest.TypeKeys(w, fyne.KeyBackspace)
	if tags.Problem() != "" {
		t.Error("the problem stays after a change")
	}
}

func TestHashtagOverTheLimitIsSaid(t *testing.T) {
	tags, w, clock, _ := newTags(t)
	widgettest.TypeText(w, "a b c d ")
	clock.Advance(time.Second)
	wantTags(t, tags, "a", "b", "c")
	if tags.Problem() != "세 개까지 넣을 수 있습니다" || !strings.Contains(widgettest.Markup(w), "3 / 3") {
		t.Errorf("problem %q", tags.Problem())
	}
}

func TestHashtagTwiceIsOne(t *testing.T) {
	tags, w, clock, told := newTags(t)
	widgettest.TypeText(w, "a a ")
	clock.Advance(time.Second)
	wantTags(t, tags, "a")
	if len(*told) != 1 {
		t.Errorf("told %d times", len(*told))
	}
}

// The first Backspace only marks: with some input methods a Backspace that takes a
// half-typed syllable back also arrives here.
func TestBackspaceMarksThenRemovesTheLastTag(t *testing.T) {
	tags, w, clock, _ := newTags(t)
	tags.SetTags([]string{"a", "b"})
	widgettest.TypeKeys(w, fyne.KeyBackspace)
	wantTags(t, tags, "a", "b")
	widgettest.TypeKeys(w, fyne.KeyBackspace)
	wantTags(t, tags, "a")
	widgettest.TypeKeys(w, fyne.KeyBackspace)
	widgettest.TypeText(w, "x")
	widgettest.TypeKeys(w, fyne.KeyBackspace, fyne.KeyBackspace)
	wantTags(t, tags, "a")
	clock.Advance(time.Second)
}

func TestHashtagFieldGrowsInANarrowWindow(t *testing.T) {
	tags, w, _, _ := newTags(t)
	one := tags.MinSize().Height
	tags.SetLimit(9)
	tags.SetTags([]string{"배틀그라운드", "아주긴해시태그하나", "또하나의긴해시태그", "마지막해시태그"})
	w.Resize(fyne.NewSize(300, 300))
	if tags.MinSize().Height <= one+30 {
		t.Errorf("height %v with four long tags, %v with none", tags.MinSize().Height, one)
	}
}

func TestSetTagsKeepsWhatIsBeingTyped(t *testing.T) {
	tags, w, clock, told := newTags(t)
	widgettest.TypeText(w, "쓰는중")
	tags.SetTags([]string{"a"})
	if !strings.Contains(widgettest.Markup(w), "쓰는중") || len(*told) != 0 {
		t.Error("tags from outside disturb the typing")
	}
	widgettest.TypeKeys(w, fyne.KeyReturn)
	clock.Advance(time.Second)
	wantTags(t, tags, "a", "쓰는중")
}
