package desktop

import (
	"context"
	"errors"
	"time"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// run does something that takes a while, beside the window, and hands its
// result back to the window's goroutine. done may be nil.
func (f *face) run(patience time.Duration, do func(context.Context) error, done func(error)) {
	go func() {
		ctx, cancel := context.WithTimeout(f.life, patience)
		err := do(ctx)
		cancel()
		if done == nil {
			return
		}
		f.opt.Do(func() {
			if f.life.Err() == nil {
				done(err)
			}
		})
	}()
}

// act runs a use case that the user asked for. A failure is told in a toast;
// success, where said is not empty, as well.
func (f *face) act(patience time.Duration, do func(context.Context) error, said string) {
	f.run(patience, do, func(err error) {
		if err != nil {
			f.fail(err)
		} else if said != "" {
			f.good(said)
		}
	})
}

// fail tells what went wrong, why and what to do, as far as known.
func (f *face) fail(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	toast := layer.Toast{Tone: paint.ToneBad, Text: f.explain(err).Line()}
	if errors.Is(err, providers.ErrSignIn) {
		toast.Action, toast.OnAction = f.say("action.sign_in"), f.signIn
	}
	f.layer.Toast(toast)
}

func (f *face) good(text string) {
	f.layer.Toast(layer.Toast{Tone: paint.ToneGood, Text: text})
}

func (f *face) explain(err error) words.Explanation { return f.words.Explain(err) }

// say gives one of the window's own sentences.
func (f *face) say(key string, args ...words.Args) string {
	return f.words.Say(f.named("desktop."+key), args...)
}

// count is say for a number of things; the sentence finds it as {{.N}}, and in
// groups of three as {{.Number}}.
func (f *face) count(key string, n int) string {
	return f.words.Count(f.named("desktop."+key), n, words.Args{"Number": thousands(n)})
}

// named is the key of a sentence about channels at a platform that calls them
// rooms.
func (f *face) named(key string) string {
	if f.state.Account.Rooms && f.words.Has(key+".room") {
		return key + ".room"
	}
	return key
}

// tellNotices shows the notices that have come since the last render.
func (f *face) tellNotices() {
	for _, n := range f.state.Notices {
		if n.Seq <= f.noticed {
			continue
		}
		f.noticed = n.Seq
		text := f.words.Say("notice."+n.Key, words.Args{"Detail": n.Detail})
		tone := paint.ToneAccent
		if n.Err != nil {
			tone = paint.ToneWarn
			// What the words cannot explain would only be said in English.
			if why := f.explain(n.Err).What; why != f.words.Say("error.other") {
				text = join(text, why)
			}
		}
		f.layer.Toast(layer.Toast{Tone: tone, Text: text})
	}
}

// copyText puts a text on the clipboard and says so.
func (f *face) copyText(text string) {
	f.app.Clipboard().SetContent(text)
	f.good(f.say("copied"))
}

// browse opens an address in the browser; where that fails the address is on
// the clipboard instead.
func (f *face) browse(url string) {
	if f.opt.OpenURL == nil {
		f.copyText(url)
		return
	}
	f.run(patienceQuick, func(context.Context) error { return f.opt.OpenURL(url) }, func(err error) {
		if err != nil {
			f.app.Clipboard().SetContent(url)
			f.layer.Toast(layer.Toast{Tone: paint.ToneWarn, Text: f.say("browser_failed")})
		}
	})
}

// do is what a check of the checklist offers.
func (f *face) do(action state.Action) {
	switch action {
	case state.ActionAddAccount:
		f.addAccount()
	case state.ActionSignIn:
		f.signIn()
	case state.ActionOBSHelp:
		f.helpOBS()
	case state.ActionOBSPassword:
		f.askOBSPassword()
	case state.ActionOBSRetry:
		f.engine.RetryOBS()
	case state.ActionSetUp:
		f.setUp()
	case state.ActionEdit:
		f.shell.open(screenHome)
		f.shell.home.details.focusTitle()
	case state.ActionStart:
		f.start()
	case state.ActionStop:
		f.stop()
	}
}

// discardContext fits a function that takes no context.
func discardContext(do func() error) func(context.Context) error {
	return func(context.Context) error { return do() }
}
