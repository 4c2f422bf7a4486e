package rowlist_test

import (
	"fmt"
	"image"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/paint"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/widgettest"
)

var rowsInSight = fyne.NewSize(600, 480)

func rowData(i int) rowlist.Row {
	return rowlist.Row{
		ID: fmt.Sprint(i), Title: fmt.Sprintf("%d번째 방송", i), Caption: "닉네임 · 배틀그라운드", Number: "1,284", Note: "3시간",
		Badges: []rowlist.Badge{{Text: "19", Tone: paint.ToneBad}},
	}
}

// pictureDesk hands out pictures when the test says so.
type pictureDesk struct {
	ready   map[int]func(image.Image)
	stopped map[int]bool
}

func newPictureDesk() *pictureDesk {
	return &pictureDesk{ready: map[int]func(image.Image){}, stopped: map[int]bool{}}
}

func (d *pictureDesk) picture(i int, ready func(image.Image)) (image.Image, func()) {
	d.ready[i], d.stopped[i] = ready, false
	return nil, func() { d.stopped[i] = true }
}

func TestTenThousandRowsNeedAsManyWidgetsAsAreInSight(t *testing.T) {
	list := rowlist.New(func() int { return 10_000 }, rowData)
	w, _ := widgettest.Show(t, list, rowsInSight, fakeclock.New())
	for offset := float32(0); offset < 600_000; offset += 20_000 {
		list.ScrollTo(offset)
		w.Canvas().Capture()
	}
	// 30 windows of rows were shown. The toolkit's pool of rows gives some away
	// at random under the race detector (sync.Pool), hence the room.
	if n := list.Views(); n > 120 {
		t.Errorf("%d widgets for the rows of one window", n)
	}
}

func TestPicturesOfRowsOutOfSightAreStopped(t *testing.T) {
	desk := newPictureDesk()
	list := rowlist.New(func() int { return 1000 }, rowData)
	list.Picture = desk.picture
	widgettest.Show(t, list, rowsInSight, fakeclock.New())
	if len(desk.ready) == 0 || desk.stopped[0] {
		t.Fatal("the rows in sight do not ask for pictures")
	}
	list.ScrollTo(40_000)
	for i := range 5 {
		if !desk.stopped[i] {
			t.Errorf("row %d is out of sight and still waits", i)
		}
	}
}

func TestALatePictureGoesToNoOtherRow(t *testing.T) {
	desk := newPictureDesk()
	list := rowlist.New(func() int { return 1000 }, rowData)
	list.Picture = desk.picture
	w, _ := widgettest.Show(t, list, rowsInSight, fakeclock.New())
	late := desk.ready[0]
	list.ScrollTo(40_000)
	before := w.Canvas().Capture()
	red := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	for i := range red.Pix {
		red.Pix[i] = 255
	}
	late(red)
	if !samePicture(before, w.Canvas().Capture()) {
		t.Error("a picture of a row that is gone was drawn")
	}
}

func samePicture(a, b image.Image) bool {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestReleasingStopsEveryPicture(t *testing.T) {
	desk := newPictureDesk()
	list := rowlist.New(func() int { return 3 }, rowData)
	list.Picture = desk.picture
	widgettest.Show(t, list, rowsInSight, fakeclock.New())
	list.Release()
	for i := range 3 {
		if !desk.stopped[i] {
			t.Errorf("row %d still waits", i)
		}
	}
}

func TestTheEndIsToldWhenItComesIntoSight(t *testing.T) {
	list := rowlist.New(func() int { return 500 }, rowData)
	told := 0
	list.OnEnd = func() { told++ }
	widgettest.Show(t, list, rowsInSight, fakeclock.New())
	if told > 0 {
		t.Fatal("told at the beginning")
	}
	list.ScrollTo(1e6)
	if told == 0 {
		t.Error("not told at the end")
	}
}

func TestARowIsChosenByPointer(t *testing.T) {
	list := rowlist.New(func() int { return 5 }, rowData)
	chosen := -1
	list.OnChosen = func(i int, _ fyne.Position) { chosen = i }
	w, _ := widgettest.Show(t, list, rowsInSight, fakeclock.New())
	test.TapCanvas(w.Canvas(), fyne.NewPos(200, 90))
	if chosen != 1 {
		t.Errorf("chose %d", chosen)
	}
}

func BenchmarkScrollTenThousandRows(b *testing.B) {
	app := test.NewTempApp(b)
	defer app.Quit()
	desk := newPictureDesk()
	list := rowlist.New(func() int { return 10_000 }, rowData)
	list.Picture = desk.picture
	w := test.NewTempWindow(b, list)
	w.Resize(rowsInSight)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	offset := float32(0)
	for b.Loop() {
		offset += 76
		if offset > 750_000 {
			offset = 0
		}
		list.ScrollTo(offset)
	}
	clear(desk.ready)
	clear(desk.stopped)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc)), "held-B")
	b.ReportMetric(float64(list.Views()), "widgets")
}
