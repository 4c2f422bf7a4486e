// Package diagnostics tells what Cuelight found on this machine: the report of
// `cuelight doctor`, the end of the log, and a bundle of all of it for whoever
// helps. None of it holds a secret.
package diagnostics

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"cuelight/app/state"
	"cuelight/obs/discovery"
	"cuelight/providers"
)

// Machine is what a diagnosis looks at.
type Machine interface {
	// Keyring reports whether secrets outlive this run, and why not.
	Keyring(ctx context.Context) (durable bool, err error)
	// Tray reports whether the desktop shows tray icons.
	Tray(ctx context.Context) bool
	// LocateOBS tells where OBS is looked for.
	LocateOBS(ctx context.Context) (Location, error)
	// ConnectOBS connects to it and gives its version.
	ConnectOBS(ctx context.Context) (version string, err error)
	// Accounts gives all accounts and the name of the one in use.
	Accounts() (accounts []providers.Account, current string)
	// SignedIn reports whether an account has a token.
	SignedIn(ctx context.Context, account providers.Account) (bool, error)
}

// Location is where OBS is looked for.
type Location struct {
	// Address is HOST:PORT.
	Address string
	// Simulated marks the sandbox's own OBS, which is not discovered.
	Simulated bool
	// Finding is what OBS's own settings on this machine say.
	Finding discovery.Finding
}

// Options are what a Diagnostics is made of; all are needed.
type Options struct {
	// Dir is the configuration folder.
	Dir     string
	Sandbox bool
	// Language is the one configured, empty for the system's.
	Language func() string
	Machine  Machine
	State    func() state.State
	// Mask gives what replaces every secret known by a mask.
	Mask func() *strings.Replacer
}

// Diagnostics looks at this machine. It changes nothing on it.
type Diagnostics struct{ opt Options }

// New makes a Diagnostics.
func New(opt Options) *Diagnostics { return &Diagnostics{opt: opt} }

// Diagnose looks at everything Cuelight depends on.
func (d *Diagnostics) Diagnose(ctx context.Context) Report {
	durable, err := d.opt.Machine.Keyring(ctx)
	return Report{
		System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(),
		Config: ReportConfig{
			Dir: d.opt.Dir, Writable: writable(d.opt.Dir), Sandbox: d.opt.Sandbox, Language: d.opt.Language(),
		},
		Keyring:  ReportKeyring{Durable: durable, Err: err},
		Tray:     d.opt.Machine.Tray(ctx),
		OBS:      d.obs(ctx),
		Accounts: d.Accounts(ctx),
	}
}

// Accounts looks at every account, in the configuration's order: is there a
// token for it?
func (d *Diagnostics) Accounts(ctx context.Context) []ReportAccount {
	accounts, current := d.opt.Machine.Accounts()
	found := make([]ReportAccount, 0, len(accounts))
	for _, account := range accounts {
		entry := ReportAccount{Name: account.Name, Platform: account.Platform, Current: account.Name == current}
		entry.SignedIn, entry.Err = d.opt.Machine.SignedIn(ctx, account)
		found = append(found, entry)
	}
	return found
}

func (d *Diagnostics) obs(ctx context.Context) ReportOBS {
	place, err := d.opt.Machine.LocateOBS(ctx)
	if err != nil {
		return ReportOBS{Err: err}
	}
	report := ReportOBS{Address: place.Address, Simulated: place.Simulated}
	if !place.Simulated {
		report.Reason, report.File, report.Program = string(place.Finding.Reason), place.Finding.File, place.Finding.Program
	}
	if report.Version, report.Err = d.opt.Machine.ConnectOBS(ctx); report.Err != nil {
		report.Version = ""
	}
	report.Connected = report.Err == nil
	return report
}

// writable reports whether files can be made in a folder, by making one.
func writable(dir string) bool {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return false
	}
	file, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return false
	}
	_ = file.Close()
	return os.Remove(filepath.Clean(file.Name())) == nil
}
