//go:build linux || freebsd || openbsd || netbsd

package notify

/*
#cgo LDFLAGS: -lX11
#include <string.h>
#include <X11/Xlib.h>

// attract asks the window manager to show that a window demands attention, which
// it shows until the window has the focus.
static void attract(unsigned long window) {
	Display *display = XOpenDisplay(NULL);
	if (display == NULL) {
		return;
	}
	XEvent event;
	memset(&event, 0, sizeof event);
	event.xclient.type = ClientMessage;
	event.xclient.window = window;
	event.xclient.message_type = XInternAtom(display, "_NET_WM_STATE", False);
	event.xclient.format = 32;
	event.xclient.data.l[0] = 1; // add
	event.xclient.data.l[1] = XInternAtom(display, "_NET_WM_STATE_DEMANDS_ATTENTION", False);
	event.xclient.data.l[3] = 1; // from an ordinary application
	XSendEvent(display, DefaultRootWindow(display), False, SubstructureNotifyMask | SubstructureRedirectMask, &event);
	XCloseDisplay(display);
}

static void bell(void) {
	Display *display = XOpenDisplay(NULL);
	if (display != NULL) {
		XBell(display, 0);
		XCloseDisplay(display);
	}
}
*/
import "C"

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// Attract marks the window in the taskbar, under X11; a Wayland window has no way to do
// that. It is for the window's goroutine.
func (s *System) Attract(window fyne.Window) {
	native, ok := window.(driver.NativeWindow)
	if !ok {
		return
	}
	native.RunNative(func(context any) {
		if x11, ok := context.(driver.X11WindowContext); ok && x11.WindowHandle != 0 {
			C.attract(C.ulong(x11.WindowHandle))
		}
	})
}

// Bell rings the bell of the X server, where there is one.
func (s *System) Bell() { C.bell() }
