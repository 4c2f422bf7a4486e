package shortcuts

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestASheetHoldsBackWhatIsNotForIt(t *testing.T) {
	var done []string
	r := New(
		Shortcut{ID: "a", Keys: []Keys{Ctrl(fyne.KeyR)}, Do: func() { done = append(done, "a") }},
		Shortcut{ID: "b", Keys: []Keys{{Name: fyne.KeyEscape}}, OverSheets: true, Do: func() { done = append(done, "b") }},
		Shortcut{ID: "c", Shown: "Alt+X"},
	)
	for _, sheet := range []bool{false, true} {
		r.Press(Ctrl(fyne.KeyR), sheet)
		r.Press(Keys{Name: fyne.KeyEscape}, sheet)
		r.Press(Alt(fyne.KeyX), sheet)
	}
	if len(done) != 3 || done[0] != "a" || done[1] != "b" || done[2] != "b" {
		t.Errorf("done: %q", done)
	}
}
