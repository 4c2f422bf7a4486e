package input_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/widgettest"
)

func newPicker(t *testing.T, size fyne.Size) (*input.Picker, fyne.Window, *fakeclock.Clock, *[]string) {
	clock := fakeclock.New()
	all := []input.PickItem{{ID: "r1", Name: "배틀그라운드", Detail: "00040066", Section: "최근"}}
	for i := range 10_000 {
		all = append(all, input.PickItem{ID: fmt.Sprint(i), Name: fmt.Sprintf("카테고리 %d", i), Detail: fmt.Sprintf("%08d", i), Section: "전체"})
	}
	search := func(query string) []input.PickItem {
		if query == "" {
			return all
		}
		var found []input.PickItem
		for _, item := range all {
			if strings.Contains(item.Name, query) {
				found = append(found, item)
			}
		}
		return found
	}
	p := input.NewPicker(input.PickerWords{Label: "카테고리", Placeholder: "고르기", Change: "변경", Search: "검색", None: "찾지 못했습니다"}, search, clock)
	var picked []string
	p.OnPicked = func(item input.PickItem) { picked = append(picked, item.ID) }
	w, _ := widgettest.Show(t, container.NewVBox(p), size, clock)
	return p, w, clock, &picked
}

func TestPickerSearchesAndPicksWithTheKeyboard(t *testing.T) {
	p, w, clock, picked := newPicker(t, fyne.NewSize(720, 480))
	w.Canvas().Focus(p)
	widgettest.TypeKeys(w, fyne.KeyReturn)
	if !p.IsOpen() {
		t.Fatal("Enter does not open it")
	}
	widgettest.TypeText(w, "카테고리 777")
	widgettest.TypeKeys(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	clock.Advance(time.Second)
	if len(*picked) != 1 || (*picked)[0] != "7770" {
		t.Errorf("picked %q, want the second match, 7770", *picked)
	}
	if p.IsOpen() || p.Picked().Name != "카테고리 7770" || w.Canvas().Focused() != fyne.Focusable(p) {
		t.Error("it must close, show the pick and take the keyboard back")
	}
}

func TestPickerEnterWaitsForTheLastSyllable(t *testing.T) {
	p, w, clock, picked := newPicker(t, fyne.NewSize(720, 480))
	p.Open()
	widgettest.TypeText(w, "배틀")
	widgettest.TypeKeys(w, fyne.KeyReturn)
	widgettest.TypeText(w, "그")
	clock.Advance(time.Second)
	if len(*picked) != 1 || (*picked)[0] != "r1" {
		t.Errorf("picked %q", *picked)
	}
}

func TestPickerEscapeChangesNothing(t *testing.T) {
	p, w, clock, picked := newPicker(t, fyne.NewSize(720, 480))
	p.SetPicked(input.PickItem{ID: "5", Name: "카테고리 5"})
	p.Open()
	widgettest.TypeText(w, "9")
	widgettest.TypeKeys(w, fyne.KeyReturn, fyne.KeyEscape)
	clock.Advance(time.Second)
	if p.IsOpen() || len(*picked) != 0 || p.Picked().ID != "5" {
		t.Errorf("open %v, picked %q", p.IsOpen(), *picked)
	}
}

func TestPickerSaysWhenNothingMatches(t *testing.T) {
	p, w, clock, picked := newPicker(t, fyne.NewSize(720, 480))
	p.Open()
	widgettest.TypeText(w, "없는것")
	if !strings.Contains(widgettest.Markup(w), "찾지 못했습니다") {
		t.Error("nothing is said")
	}
	widgettest.TypeKeys(w, fyne.KeyReturn)
	clock.Advance(time.Second)
	if len(*picked) != 0 || !p.IsOpen() {
		t.Error("Enter on no match must do nothing")
	}
}

func TestPickerHeadingsAreNotPicked(t *testing.T) {
	p, w, clock, picked := newPicker(t, fyne.NewSize(720, 480))
	p.Open()
	if m := widgettest.Markup(w); !strings.Contains(m, "최근") || !strings.Contains(m, "전체") {
		t.Error("headings are missing")
	}
	widgettest.TypeKeys(w, fyne.KeyDown, fyne.KeyReturn) // over the heading of all
	clock.Advance(time.Second)
	if len(*picked) != 1 || (*picked)[0] != "0" {
		t.Errorf("picked %q, want the first of all", *picked)
	}
}

func TestPickerPicksWithThePointer(t *testing.T) {
	p, w, _, picked := newPicker(t, fyne.NewSize(720, 480))
	p.Open()
	at := fyne.NewPos(200, 0)
	for y := float32(90); y < 300 && len(*picked) == 0; y += 10 {
		at.Y = y
		test.TapCanvas(w.Canvas(), at)
	}
	if len(*picked) != 1 || p.IsOpen() {
		t.Errorf("picked %q with the pointer", *picked)
	}
}

func TestPickerStaysInsideASmallWindow(t *testing.T) {
	p, w, _, _ := newPicker(t, fyne.NewSize(400, 260))
	p.Open()
	top := w.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("nothing is shown")
	}
	seen := false
	for _, o := range test.LaidOutObjects(top) {
		if popup, ok := o.(*widget.PopUp); ok {
			seen = true
			if end := popup.Position().AddXY(popup.Size().Width, popup.Size().Height); end.X > 400 || end.Y > 260 {
				t.Errorf("ends at %v, outside the window", end)
			}
		}
	}
	if !seen {
		t.Error("no pop-up is shown")
	}
}

func TestPickerDrawsOnlyRowsInSight(t *testing.T) {
	p, w, _, _ := newPicker(t, fyne.NewSize(720, 480))
	start := time.Now()
	p.Open()
	rows := strings.Count(widgettest.Markup(w), "카테고리 ")
	if rows == 0 || rows > 40 {
		t.Errorf("%d of 10,000 rows drawn", rows)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("opening took %v", took)
	}
}
