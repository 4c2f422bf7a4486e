package input_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/widgettest"
)

func TestSecretIsSeenOnlyWhileHeld(t *testing.T) {
	clock := fakeclock.New()
	clip := test.NewClipboard()
	value := "live-key-1234"
	field := input.NewSecretField(input.SecretWords{Label: "스트림 키", Hold: "누르고 있기", Copy: "복사", Absent: "없음"},
		func() string { return value }, clip, clock)
	w, _ := widgettest.Show(t, field, fyne.NewSize(400, 80), clock)
	if strings.Contains(widgettest.Markup(w), value) {
		t.Fatal("the secret is on the screen")
	}
	eye, _ := secretButtons(t, field)
	ends := map[string]func(){
		"release": func() { eye.(desktop.Mouseable).MouseUp(&desktop.MouseEvent{}) },
		"leaving": func() { eye.(desktop.Hoverable).MouseOut() },
		"focus":   func() { eye.(fyne.Focusable).FocusLost() },
	}
	for name, end := range ends {
		eye.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{})
		if !field.Revealed() || !strings.Contains(widgettest.Markup(w), value) {
			t.Errorf("%s: holding does not reveal", name)
		}
		end()
		if field.Revealed() || strings.Contains(widgettest.Markup(w), value) {
			t.Errorf("%s: the secret stays on the screen", name)
		}
	}
	value = ""
	field.Refresh()
	if !strings.Contains(widgettest.Markup(w), "없음") {
		t.Error("an absent secret is not said")
	}
}

// secretButtons are the eye and the copy button, from left to right.
func secretButtons(t *testing.T, field *input.SecretField) (eye, copyButton fyne.CanvasObject) {
	t.Helper()
	var found []fyne.CanvasObject
	for _, o := range test.LaidOutObjects(field) {
		if _, ok := o.(fyne.Tappable); ok {
			found = append(found, o)
		}
	}
	if len(found) != 2 {
		t.Fatalf("%d buttons, want eye and copy", len(found))
	}
	return found[0], found[1]
}

func TestCopiedSecretLeavesTheClipboard(t *testing.T) {
	for name, c := range map[string]struct{ meanwhile, want string }{
		"still there": {"", ""},
		"replaced":    {"something else", "something else"},
	} {
		t.Run(name, func(t *testing.T) {
			clock, clip, copied := fakeclock.New(), test.NewClipboard(), 0
			field := input.NewSecretField(input.SecretWords{}, func() string { return "live-key-1234" }, clip, clock)
			field.OnCopied = func() { copied++ }
			widgettest.Show(t, field, fyne.NewSize(400, 80), clock)
			_, button := secretButtons(t, field)
			test.Tap(button.(fyne.Tappable))
			if clip.Content() != "live-key-1234" || copied != 1 {
				t.Fatalf("clipboard %q, told %d times", clip.Content(), copied)
			}
			clock.Advance(29 * time.Second)
			if clip.Content() != "live-key-1234" {
				t.Error("taken out too early")
			}
			if c.meanwhile != "" {
				clip.SetContent(c.meanwhile)
			}
			clock.Advance(2 * time.Second)
			if clip.Content() != c.want {
				t.Errorf("clipboard %q, want %q", clip.Content(), c.want)
			}
		})
	}
}
