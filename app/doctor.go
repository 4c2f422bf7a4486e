package app

import (
	"context"
	"os"
	"path/filepath"
	"runtime"

	"cuelight/app/sessions"
	"cuelight/obs/discovery"
)

// Report is what `cuelight doctor` found. It holds no secret.
type Report struct {
	System   string          `json:"system"`
	Go       string          `json:"go"`
	Config   ReportConfig    `json:"config"`
	Keyring  ReportKeyring   `json:"keyring"`
	Tray     bool            `json:"tray"`
	OBS      ReportOBS       `json:"obs"`
	Accounts []ReportAccount `json:"accounts"`
}

// ReportConfig is where the configuration is and whether it can be written.
type ReportConfig struct {
	Dir      string `json:"dir"`
	Writable bool   `json:"writable"`
	Sandbox  bool   `json:"sandbox"`
	Language string `json:"language,omitempty"`
}

// ReportKeyring is where secrets go.
type ReportKeyring struct {
	Durable bool  `json:"durable"`
	Err     error `json:"-"`
}

// ReportOBS is what was found of OBS.
type ReportOBS struct {
	// Reason is how discovery ended; empty where an address was given.
	Reason    string `json:"reason,omitempty"`
	File      string `json:"file,omitempty"`
	Program   string `json:"program,omitempty"`
	Address   string `json:"address,omitempty"`
	Practice  bool   `json:"practice,omitempty"`
	Connected bool   `json:"connected"`
	Version   string `json:"version,omitempty"`
	Err       error  `json:"-"`
}

// ReportAccount is one account.
type ReportAccount struct {
	Name     string `json:"name"`
	Platform string `json:"platform"`
	Current  bool   `json:"current"`
	SignedIn bool   `json:"signed_in"`
	Err      error  `json:"-"`
}

// Examine looks at everything Cuelight depends on.
func (e *Engine) Examine(ctx context.Context) Report {
	durable, ringErr := e.vault.probe(ctx)
	report := Report{
		System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(),
		Config:  ReportConfig{Dir: e.dir, Writable: writable(e.dir), Sandbox: e.opt.Sandbox, Language: e.Config().Language},
		Keyring: ReportKeyring{Durable: durable, Err: ringErr},
		Tray:    TrayAvailable(ctx),
		OBS:     e.examineOBS(ctx),
	}
	report.Accounts = e.ExamineAccounts(ctx)
	return report
}

// ExamineAccounts looks at every account, in the configuration's order: is
// there a token for it?
func (e *Engine) ExamineAccounts(ctx context.Context) []ReportAccount {
	config := e.Config()
	accounts := []ReportAccount{}
	for _, account := range config.Accounts {
		entry := ReportAccount{Name: account.Name, Platform: account.Platform, Current: account.Name == config.Current}
		session, err := e.sessions.Session(account)
		if err == nil {
			entry.SignedIn, err = sessions.HasToken(ctx, session)
		}
		entry.Err = err
		accounts = append(accounts, entry)
	}
	return accounts
}

func (e *Engine) examineOBS(ctx context.Context) ReportOBS {
	place, err := e.obs.Find(ctx)
	if err != nil {
		return ReportOBS{Err: err}
	}
	report := ReportOBS{Address: place.Endpoint.Address(), Practice: place.Simulated}
	if !place.Simulated {
		finding := place.Finding
		if finding == nil {
			found := discovery.Find(ctx, e.places())
			finding = &found
		}
		report.Reason, report.File, report.Program = string(finding.Reason), finding.File, finding.Program
	}
	if _, err := e.obs.Client(ctx); err != nil {
		report.Err = err
		return report
	}
	report.Connected, report.Version = true, e.State().OBS.Version
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
