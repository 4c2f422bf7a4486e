package inputmethod

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"cuelight/widgets/input"
)

// twoFields is a window with two fields, and an input method that writes in it.
func twoFields(t *testing.T) (c *compose, first, second *input.TextField) {
	t.Helper()
	test.NewTempApp(t)
	first = input.NewTextField("", "", 0, nil, nil)
	second = input.NewTextField("", "", 0, nil, nil)
	w := test.NewTempWindow(t, container.NewVBox(first, second))
	w.Resize(fyne.NewSize(400, 300))
	return &compose{canvas: w.Canvas()}, first, second
}

func TestAFinishedSyllableIsTyped(t *testing.T) {
	c, first, _ := twoFields(t)
	first.Focus()
	if !c.joined() {
		t.Fatal("a field with the keyboard was not found")
	}
	c.show("하")
	if first.Text() != "" {
		t.Errorf("%q was typed before it was finished", first.Text())
	}
	c.finish("한")
	c.show("ㄱ") // the next one has begun
	c.finish("글")
	c.end()
	if first.Text() != "한글" {
		t.Errorf("typed %q", first.Text())
	}
}

func TestASyllableGoesWhereItWasBegun(t *testing.T) {
	c, first, second := twoFields(t)
	first.Focus()
	c.joined()
	c.show("한")
	second.Focus()
	c.finish("한")
	c.end()
	if first.Text() != "한" || second.Text() != "" {
		t.Errorf("typed %q and %q", first.Text(), second.Text())
	}
}

func TestWithoutAFieldTheInputMethodGoesItsOwnWay(t *testing.T) {
	c, _, _ := twoFields(t)
	if c.joined() || c.finish("한") {
		t.Error("something took it")
	}
	c.show("ㅎ")
	c.end()
	if _, _, _, ok := c.caret(); ok {
		t.Error("a caret without a field")
	}
}

func TestTheCaretIsInTheWindowsPixels(t *testing.T) {
	c, _, second := twoFields(t)
	second.Focus()
	c.joined()
	x, y, height, ok := c.caret()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(second)
	if !ok || x <= int(at.X) || y <= int(at.Y) || height <= 0 {
		t.Errorf("at %d,%d, %d high; the field is at %v", x, y, height, at)
	}
}
