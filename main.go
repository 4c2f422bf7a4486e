// Cuelight is a desktop companion to OBS for streamers: it signs in to their
// platform, points OBS at it in one click, and changes the broadcast while it
// is live, from a window, the system tray and the command line.
//
// This file reads the command line and picks the face. It is the only one that
// imports fyne.io/fyne/v2/app.
package main

import (
	"context"
	"os"

	"github.com/cli/browser"

	"cuelight/app/command"
	"cuelight/app/desktop/trayhost"
	"cuelight/app/opener"
	"cuelight/internal/terminal"
	"cuelight/internal/version"
	"cuelight/providers"
	"cuelight/providers/chzzk"
	"cuelight/providers/kollus"
	"cuelight/providers/soop"
	"cuelight/providers/tencent"
)

func main() { os.Exit(run()) }

func run() int {
	// A browser's own chatter would end up between our lines.
	browser.Stdout, browser.Stderr = nil, nil
	program := command.Program{
		Version:  version.Full(),
		Registry: providers.Registry{soop.New(), chzzk.New(), kollus.New(), tencent.New()},
		OpenURL:  opener.New(browser.OpenURL).Open,
		Fonts:    fonts,

		TrayAvailable: trayhost.Available,
		AtTerminal:    func() bool { return terminal.Is(os.Stdin) },
	}
	window, code := command.Main(context.Background(), program, os.Args[1:])
	if window == nil {
		return code
	}
	return openWindow(window)
}
