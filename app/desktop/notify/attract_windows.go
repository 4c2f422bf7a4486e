package notify

import (
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

// Flags of FlashWindowEx and the sound of MessageBeep (winuser.h).
const (
	flashAll             = 0x3 // FLASHW_CAPTION | FLASHW_TRAY
	flashUntilForeground = 0xC // FLASHW_TIMERNOFG
	soundOfError         = 0x10
)

var (
	user32        = windows.NewLazySystemDLL("user32.dll")
	flashWindowEx = user32.NewProc("FlashWindowEx")
	messageBeep   = user32.NewProc("MessageBeep")
)

// flashInfo is Windows' FLASHWINFO.
type flashInfo struct {
	size           uint32
	window         uintptr
	flags          uint32
	count, timeout uint32
}

// Attract lets the taskbar flash until the window is in front. It is for the window's
// goroutine.
func (s *System) Attract(window fyne.Window) {
	native, ok := window.(driver.NativeWindow)
	if !ok {
		return
	}
	native.RunNative(func(context any) {
		if win, ok := context.(driver.WindowsWindowContext); ok && win.HWND != 0 {
			info := flashInfo{window: win.HWND, flags: flashAll | flashUntilForeground}
			info.size = uint32(unsafe.Sizeof(info))
			_, _, _ = flashWindowEx.Call(uintptr(unsafe.Pointer(&info))) // says nothing worth acting on
		}
	})
}

// Bell sounds the system's sound of an error.
func (s *System) Bell() { _, _, _ = messageBeep.Call(soundOfError) }
