//go:build !nowindow

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"github.com/cli/browser"
	"gopkg.in/natefinch/lumberjack.v2"

	"cuelight/app"
	"cuelight/app/command"
	"cuelight/app/config"
	"cuelight/app/desktop"
	"cuelight/app/desktop/alarm"
	"cuelight/app/desktop/instance"
	"cuelight/app/desktop/look"
	"cuelight/app/desktop/notify"
	"cuelight/app/desktop/trayhost"
	"cuelight/app/opener"
	"cuelight/app/pictures"
	"cuelight/app/sound"
	"cuelight/app/words"
	"cuelight/internal/localfile"
	"cuelight/internal/version"
)

// fonts are the typefaces the window carries, for `cuelight doctor`.
var fonts = []string{"Pretendard Regular", "Pretendard Bold"}

// startTimeout bounds what has to happen before the window is up.
const startTimeout = 20 * time.Second

// openWindow runs the window until it is closed, and gives the exit code.
func openWindow(w *command.Window) int {
	dir, err := app.Folder(w.Options)
	if err != nil {
		return fail(w, err)
	}
	raise := make(chan func(), 1)
	only, err := instance.Claim(context.Background(), dir, func(shown func()) {
		select {
		case raise <- shown:
		default:
		}
	})
	if errors.Is(err, instance.ErrNotAnswering) {
		say := words.New(w.Lang).Say
		fmt.Fprintln(os.Stderr, say("error.window_frozen"), say("error.window_frozen.do"))
		return command.ExitOther
	}
	if errors.Is(err, instance.ErrAnotherWindow) {
		if w.Link != "" {
			if err := instance.HandOver(context.Background(), dir, w.Link); err != nil {
				return fail(w, err)
			}
		}
		return command.ExitDone // that one is in front now
	}
	if err != nil {
		return fail(w, err)
	}
	defer func() { _ = only.Close() }()
	w.Options.Log = logTo(dir, w.LogLevel)
	return show(w, only, raise)
}

func show(w *command.Window, only *instance.Instance, raise <-chan func()) int {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	engine, err := app.Open(ctx, w.Options)
	cancel()
	var broken *config.BrokenError
	if err != nil && !errors.As(err, &broken) {
		return fail(w, err)
	}
	if w.Account != "" {
		if err := engine.Accounts.SelectAccount(w.Account); err != nil {
			return fail(w, errors.Join(err, engine.Close()))
		}
	}
	links := make(chan string, 4)
	take := func(link string) {
		select {
		case links <- link:
		default: // more than anybody clicks
		}
	}
	if w.Link != "" {
		take(w.Link)
	}
	only.TakeLinks(take)
	life, end := context.WithCancel(context.Background())
	ran := make(chan struct{})
	go func() {
		defer close(ran)
		_ = engine.Run(life)
	}()

	lang := w.Lang
	if lang == "" {
		lang = engine.Config().Language
	}
	var again []string
	fyneapp.SetMetadata(look.Metadata())
	a := fyneapp.NewWithID(look.AppID)
	resumeGC := delayGC()
	asked, stop := command.Interruptible(context.Background())
	defer stop()
	open := opener.New(browser.OpenURL).Open
	allowed := pictures.Public
	if w.Options.Sandbox {
		allowed = pictures.Anywhere
	}
	desktop.Run(a, desktop.Options{
		Services: desktop.ServicesOf(engine), Words: words.New(lang), Version: version.Full(), Raise: raise, Links: links, Interrupted: asked.Done(),
		OpenURL: open, OpenFolder: open, TrayAvailable: trayhost.Available,
		OpenSandbox:  func() error { return restart(a, &again, w, true) },
		LeaveSandbox: func() error { return restart(a, &again, w, false) },
		Notifier:     notify.To(a),
		Sounds:       sounds(),
		FetchPicture: pictures.NewFetcher(allowed).Fetch,
		Painted:      resumeGC,
	})
	end()
	<-ran
	engine.EndSimulatedStream()
	if err := engine.Close(); err != nil {
		slog.New(w.Options.Log.Handler()).Warn("close", "err", err)
	}
	if again != nil {
		_ = only.Close() // the next start must find itself the first
		return startAgain(w, again)
	}
	return command.ExitDone
}

// sounds plays the sounds of alarms; nil where the system has no player.
func sounds() alarm.Sounds {
	if player := sound.System(); player != nil {
		return player
	}
	return nil
}

// delayGC puts the garbage collector off until the window is painted: what is
// read and built until then is needed anyway, and the person waits. What was
// left over goes back to the system soon after.
func delayGC() (painted func()) {
	percent := debug.SetGCPercent(-1)
	return func() {
		debug.SetGCPercent(percent)
		time.AfterFunc(time.Second, debug.FreeOSMemory)
	}
}

// restart notes how the program is to come back and ends this window.
func restart(a fyne.App, again *[]string, w *command.Window, sandbox bool) error {
	args := []string{}
	if sandbox {
		args = append(args, "--sandbox")
	}
	if w.Options.Dir != "" {
		args = append(args, "--config", w.Options.Dir)
	}
	*again = args
	fyne.Do(a.Quit)
	return nil
}

// startAgain starts the program anew, on its own.
func startAgain(w *command.Window, args []string) int {
	self, err := os.Executable()
	if err != nil {
		return fail(w, err)
	}
	next := exec.Command(self, args...)
	next.Stdout, next.Stderr = os.Stdout, os.Stderr
	if err := next.Start(); err != nil {
		return fail(w, err)
	}
	return command.ExitDone
}

// logTo keeps what happened in files that do not grow without end: 2 MB each,
// the last three.
func logTo(dir string, level slog.Level) *slog.Logger {
	if level > slog.LevelInfo {
		level = slog.LevelInfo
	}
	// lumberjack would let others look into a folder that it makes, and one that
	// an earlier version made may be open still.
	logs := filepath.Join(dir, "logs")
	_ = errors.Join(os.MkdirAll(logs, 0o700), os.Chmod(logs, 0o700)) // without logs the window works all the same
	name := filepath.Join(logs, "cuelight.log")
	if localfile.Check(name) != nil { // opening a pipe would wait for its other end
		return slog.New(slog.DiscardHandler)
	}
	file := &lumberjack.Logger{Filename: name, MaxSize: 2, MaxBackups: 3}
	return slog.New(slog.NewTextHandler(file, &slog.HandlerOptions{Level: level}))
}

func fail(w *command.Window, err error) int {
	fmt.Fprintln(os.Stderr, words.New(w.Lang).ForTerminal().Explain(err).Line())
	return command.Exit(err)
}
