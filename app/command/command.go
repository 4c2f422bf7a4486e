// Package command is the terminal face of Cuelight: the same use cases as the
// window, with --json for scripts and no toolkit.
//
// Results go to standard output; with --json that is one object and nothing
// else. Everything said along the way goes to standard error. How a command
// ended is in its exit code, see Exit.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/alecthomas/kong"

	"cuelight/app"
	"cuelight/app/command/channels"
	"cuelight/app/command/history"
	"cuelight/app/command/obshosts"
	"cuelight/app/command/presets"
	"cuelight/app/command/reference"
	"cuelight/app/command/stdout"
	"cuelight/app/command/usage"
	"cuelight/app/link"
	"cuelight/app/vault"
	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Program is what a run of the command line needs from outside.
type Program struct {
	Version  string
	Registry providers.Registry
	// OpenURL opens an address in the user's browser.
	OpenURL func(string) error
	// TrayAvailable tells whether the desktop shows tray icons, for doctor; nil
	// means that it does not.
	TrayAvailable func(context.Context) bool
	// Fonts names the fonts the window carries, for doctor.
	Fonts []string

	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// AtTerminal tells whether a person is at Stdin; nil means that
	// none is.
	AtTerminal func() bool
	// Keyring replaces the system's in tests.
	Keyring vault.Keyring
}

// flags are those of every command.
type flags struct {
	Account string `help:"help_account" placeholder:"NAME"`
	Config  string `help:"help_config" placeholder:"DIR" env:"CUELIGHT_CONFIG"`
	Sandbox bool   `help:"help_sandbox"`
	OBS     string `name:"obs" help:"help_obs" placeholder:"HOST:PORT"`
	// OBSUnprotected is for an OBS that asks for no password although one is known.
	OBSUnprotected bool          `name:"obs-unprotected" help:"help_obs_unprotected"`
	JSON           bool          `name:"json" help:"help_json"`
	Timeout        time.Duration `help:"help_timeout" default:"0" placeholder:"DURATION"`
	Lang           string        `help:"help_lang" enum:",en,ko" default:"" placeholder:"en|ko" env:"CUELIGHT_LANG"`
	Debug          bool          `help:"help_debug"`
	// ShowVersion works wherever it stands, as --help does.
	ShowVersion bool `name:"version" help:"help_version"`
}

// cli is the whole command line.
type cli struct {
	flags

	Window     windowCmd         `cmd:"" default:"1" hidden:"" help:"help_window"`
	AccountCmd accountCmd        `cmd:"" name:"account" help:"help_cmd_account"`
	Login      loginCmd          `cmd:"" help:"help_cmd_login"`
	Logout     logoutCmd         `cmd:"" help:"help_cmd_logout"`
	Setup      setupCmd          `cmd:"" help:"help_cmd_setup"`
	Update     updateCmd         `cmd:"" help:"help_cmd_update"`
	History    history.History   `cmd:"" help:"help_cmd_history"`
	Preset     presets.Preset    `cmd:"" help:"help_cmd_preset"`
	Rule       presets.Rule      `cmd:"" help:"help_cmd_rule"`
	OBSCmd     obshosts.Hosts    `cmd:"" name:"obs" help:"help_cmd_obs"`
	Key        keyCmd            `cmd:"" help:"help_cmd_key"`
	Categories categoriesCmd     `cmd:"" help:"help_cmd_categories"`
	Status     statusCmd         `cmd:"" help:"help_cmd_status"`
	Start      startCmd          `cmd:"" help:"help_cmd_start"`
	Preflight  preflightCmd      `cmd:"" help:"help_cmd_preflight"`
	Watch      watchCmd          `cmd:"" help:"help_cmd_watch"`
	Stop       stopCmd           `cmd:"" help:"help_cmd_stop"`
	Restore    restoreCmd        `cmd:"" help:"help_cmd_restore"`
	Channels   channels.Channels `cmd:"" help:"help_cmd_channels"`
	Creators   creatorsCmd       `cmd:"" help:"help_cmd_creators"`
	Rooms      channels.Rooms    `cmd:"" help:"help_cmd_rooms"`
	Stats      statsCmd          `cmd:"" help:"help_cmd_stats"`
	Live       liveCmd           `cmd:"" help:"help_cmd_live"`
	Overlay    overlayCmd        `cmd:"" help:"help_cmd_overlay"`
	Filter     filterCmd         `cmd:"" help:"help_cmd_filter"`
	VOD        vodCmd            `cmd:"" name:"vod" help:"help_cmd_vod"`
	Station    stationCmd        `cmd:"" help:"help_cmd_station"`
	Doctor     doctorCmd         `cmd:"" help:"help_cmd_doctor"`
	SandboxCmd sandboxCmd        `cmd:"" name:"sandbox" help:"help_cmd_sandbox"`
	Help       helpCmd           `cmd:"" help:"help_cmd_help"`
	Version    versionCmd        `cmd:"" help:"help_cmd_version"`

	Completion reference.Completion `cmd:"" help:"help_cmd_completion"`
	Manual     reference.Manual     `cmd:"" help:"help_cmd_manual"`
}

// Window is what the command line asked the window for.
type Window struct {
	Options  app.Options
	Account  string
	Lang     string
	LogLevel slog.Level
	// Link is a cuelight: link to ask the user about; empty without one.
	Link string
}

// Main runs the command line. Where it asks for the window, it comes back with
// what the window needs, and code is to be ignored.
func Main(ctx context.Context, p Program, args []string) (window *Window, code int) {
	p = p.withDefaults()
	ctx, stop := Interruptible(ctx)
	defer stop()
	out := stdout.New(p.Stdout)
	p.Stdout = out
	w := words.New(languageArg(args)).ForTerminal()
	var c cli
	address, args := takeLink(args)
	parsed, err := c.read(p, w, args)
	if err == nil && parsed.Selected() != nil && parsed.Selected().Name == "help" {
		parsed, err = new(cli).read(p, w, append(c.Help.Command, "--help"))
	}
	if err != nil {
		var ended exitRequest
		if errors.As(err, &ended) {
			return nil, helpCode(p, w, out, int(ended))
		}
		return nil, usageFailure(p, w, args, err)
	}
	r := &run{program: p, flags: c.flags, words: w, out: printer{p: p, json: c.JSON}, printed: out}
	if c.ShowVersion {
		return nil, r.end(ctx, versionCmd{}.Run(r))
	}
	if parsed.Command() == "window" {
		return &Window{Options: c.options(p, w), Account: c.Account, Lang: c.Lang, LogLevel: c.logLevel(), Link: address}, ExitDone
	}
	err = r.withTimeout(ctx, func(ctx context.Context) error {
		parsed.BindTo(ctx, (*context.Context)(nil))
		parsed.BindTo(verb{r}, (*channels.Terminal)(nil))
		parsed.Bind(parsed.Model, reference.Output{W: p.Stdout, Words: w})
		parsed.BindTo(verb{r}, (*presets.Terminal)(nil))
		parsed.BindTo(verb{r}, (*history.Terminal)(nil))
		parsed.BindTo(verb{r}, (*obshosts.Terminal)(nil))
		return parsed.Run(r)
	})
	return nil, r.end(ctx, err)
}

// takeLink takes a link off a command line that begins with it, as one does that the
// system makes for a page.
func takeLink(args []string) (address string, rest []string) {
	if len(args) > 0 && link.Is(args[0]) {
		return args[0], args[1:]
	}
	return "", args
}

// exitRequest is how the library's own --help ends the program; parse turns it
// into an error, so that Main stays the only one to end anything.
type exitRequest int

// Error makes it an error.
func (e exitRequest) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// read reads a command line into c.
func (c *cli) read(p Program, w *words.Words, args []string) (*kong.Context, error) {
	parser, err := newParser(c, p, w)
	if err != nil {
		return nil, err
	}
	return parse(parser, args)
}

func newParser(c *cli, p Program, w *words.Words) (*kong.Kong, error) {
	parser, err := kong.New(c, append(usage.Numbers(),
		kong.Name("cuelight"), kong.Description(w.Say("command.about")),
		kong.Writers(p.Stdout, p.Stderr),
		kong.Exit(func(code int) { panic(exitRequest(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Help(usage.HelpPrinter(w)),
	)...)
	if err != nil {
		return nil, err
	}
	return parser, usage.TranslateHelp(parser, w)
}

func parse(parser *kong.Kong, args []string) (parsed *kong.Context, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			code, ok := cause.(exitRequest)
			if !ok {
				panic(cause)
			}
			err = code
		}
	}()
	return parser.Parse(args)
}

// usageFailure tells what is wrong with a command line, which was not read to its end:
// --json counts wherever it stands.
func usageFailure(p Program, w *words.Words, args []string, err error) int {
	said := w.Say("command.usage", words.Args{"Detail": usage.Explain(w, err.Error())})
	_, _ = fmt.Fprintln(p.Stderr, said)
	if slices.Contains(args, "--json") {
		out := printer{p: p, json: true}
		out.Failure(ExitUsage, words.Explanation{What: said})
	}
	return ExitUsage
}

func (p Program) withDefaults() Program {
	if p.Stdin == nil {
		p.Stdin = os.Stdin
	}
	if p.Stdout == nil {
		p.Stdout = os.Stdout
	}
	if p.Stderr == nil {
		p.Stderr = os.Stderr
	}
	p.Stderr = stdout.Safe{W: p.Stderr}
	return p
}

func (f flags) logLevel() slog.Level {
	if f.Debug {
		return slog.LevelDebug
	}
	return slog.LevelError + 1 // the user is told by the command itself
}

func (f flags) options(p Program, w *words.Words) app.Options {
	dir := f.Config
	if dir != "" { // an empty variable of the environment is none, and not this folder
		dir = kong.ExpandPath(dir)
	}
	return app.Options{
		Dir: dir, Sandbox: f.Sandbox, Registry: p.Registry, Keyring: p.Keyring,
		OBSAddress: f.OBS, OBSPassword: secret.New(os.Getenv("CUELIGHT_OBS_PASSWORD")), OBSUnprotected: f.OBSUnprotected,
		Lang: w.Lang(), OpenURL: p.OpenURL, TrayAvailable: p.TrayAvailable, Landing: w.Landing(),
		Log: slog.New(slog.NewTextHandler(p.Stderr, &slog.HandlerOptions{Level: f.logLevel()})),
	}
}
