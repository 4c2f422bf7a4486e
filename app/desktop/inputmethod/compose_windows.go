package inputmethod

import (
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

// Messages and flags of Windows' Input Method Manager (winuser.h, imm.h).
const (
	wmLeftDown         = 0x0201
	wmRightDown        = 0x0204
	wmStartComposition = 0x010D
	wmEndComposition   = 0x010E
	wmComposition      = 0x010F

	gcsCompositionText = 0x0008
	gcsResultText      = 0x0800

	cfsPoint   = 0x0002
	cfsExclude = 0x0080

	notifyComposition   = 0x0015
	completeComposition = 0x0001

	gwlpWndProc = ^uintptr(3) // GWLP_WNDPROC, -4
)

var (
	user32 = windows.NewLazySystemDLL("user32.dll")
	imm32  = windows.NewLazySystemDLL("imm32.dll")

	setWindowLong  = user32.NewProc("SetWindowLongPtrW")
	callWindowProc = user32.NewProc("CallWindowProcW")

	immGetContext           = imm32.NewProc("ImmGetContext")
	immReleaseContext       = imm32.NewProc("ImmReleaseContext")
	immGetCompositionString = imm32.NewProc("ImmGetCompositionStringW")
	immSetCompositionWindow = imm32.NewProc("ImmSetCompositionWindow")
	immSetCandidateWindow   = imm32.NewProc("ImmSetCandidateWindow")
	immNotify               = imm32.NewProc("ImmNotifyIME")
)

// compositionForm is Windows' COMPOSITIONFORM, candidateForm its CANDIDATEFORM.
type (
	point struct{ x, y int32 }
	area  struct{ left, top, right, bottom int32 }

	compositionForm struct {
		style uint32
		at    point
		area  area
	}
	candidateForm struct {
		index, style uint32
		at           point
		area         area
	}
)

// inputMethod listens to a window's messages before the toolkit does.
type inputMethod struct {
	compose
	hwnd, toolkit uintptr
}

// Join lets the input method write into w's fields. w must be shown.
func Join(w fyne.Window) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return
	}
	native.RunNative(func(context any) {
		window, ok := context.(driver.WindowsWindowContext)
		if !ok || window.HWND == 0 {
			return
		}
		m := &inputMethod{compose: compose{canvas: w.Canvas()}, hwnd: window.HWND}
		m.toolkit, _, _ = setWindowLong.Call(m.hwnd, gwlpWndProc, windows.NewCallback(m.message))
	})
}

// message is the window's procedure. Windows calls it on the goroutine that
// waits for its messages, which is the window's.
func (m *inputMethod) message(hwnd, message, wParam, lParam uintptr) uintptr {
	switch message {
	case wmStartComposition:
		m.end() // whatever was not ended
		if m.joined() {
			m.followCaret()
			return 0 // else the method opens a window of its own
		}
	case wmComposition:
		// Some methods go on to the next syllable without saying that it starts.
		if m.joined() && m.composed(lParam) {
			return 0
		}
	case wmEndComposition:
		if m.field != nil {
			m.end()
			return 0
		}
	case wmLeftDown, wmRightDown:
		if m.field != nil {
			m.complete() // into the field it was begun in, before another has the keyboard
		}
	}
	answer, _, _ := callWindowProc.Call(m.toolkit, hwnd, message, wParam, lParam)
	return answer
}

// composed takes what the method has put together. What is finished comes
// first: both arrive in one message when the next syllable has begun.
func (m *inputMethod) composed(flags uintptr) bool {
	input, _, _ := immGetContext.Call(m.hwnd)
	if input == 0 {
		return false
	}
	defer immReleaseContext.Call(m.hwnd, input) //nolint:errcheck // there is no remedy
	if flags&gcsResultText != 0 && !m.finish(readComposition(input, gcsResultText)) {
		return false
	}
	switch { // anything else tells of a caret within the syllable
	case flags&gcsCompositionText != 0:
		m.show(readComposition(input, gcsCompositionText))
	case flags == 0: // given up
		m.show("")
	}
	m.placeAt(input)
	return true
}

func (m *inputMethod) complete() {
	if input, _, _ := immGetContext.Call(m.hwnd); input != 0 {
		_, _, _ = immNotify.Call(input, notifyComposition, completeComposition, 0)
		_, _, _ = immReleaseContext.Call(m.hwnd, input)
	}
}

// followCaret puts what the method itself shows, such as its list of Hanja, at
// the caret.
func (m *inputMethod) followCaret() {
	if input, _, _ := immGetContext.Call(m.hwnd); input != 0 {
		m.placeAt(input)
		_, _, _ = immReleaseContext.Call(m.hwnd, input)
	}
}

func (m *inputMethod) placeAt(input uintptr) {
	x, y, height, ok := m.caret()
	if !ok {
		return
	}
	at := point{int32(x), int32(y)}
	composition := compositionForm{style: cfsPoint, at: at}
	_, _, _ = immSetCompositionWindow.Call(input, uintptr(unsafe.Pointer(&composition)))
	candidates := candidateForm{
		style: cfsExclude, at: point{at.x, at.y + int32(height)},
		area: area{at.x, at.y, at.x + 1, at.y + int32(height)},
	}
	_, _, _ = immSetCandidateWindow.Call(input, uintptr(unsafe.Pointer(&candidates)))
}

// readComposition reads the text of one kind; empty where there is none.
func readComposition(input, kind uintptr) string {
	length, _, _ := immGetCompositionString.Call(input, kind, 0, 0)
	if n := int32(length); n <= 0 {
		return ""
	}
	text := make([]uint16, (length+1)/2)
	_, _, _ = immGetCompositionString.Call(input, kind, uintptr(unsafe.Pointer(&text[0])), length)
	return windows.UTF16ToString(text)
}
