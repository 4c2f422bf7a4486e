package app

import (
	"context"
	"errors"

	"cuelight/app/config"
	"cuelight/app/diagnostics"
	"cuelight/app/sessions"
	"cuelight/obs/discovery"
	"cuelight/providers"
)

func (e *Engine) newDiagnostics() *diagnostics.Diagnostics {
	return diagnostics.New(diagnostics.Options{
		Dir: e.dir, Sandbox: e.opt.Sandbox, Language: func() string { return e.Config().Language },
		Machine: machine{e}, State: e.State, Mask: e.vault.Masker,
	})
}

// Diagnose looks at everything Cuelight depends on.
func (sp *Support) Diagnose(ctx context.Context) diagnostics.Report {
	return sp.diagnostics.Diagnose(ctx)
}

// DiagnoseAccounts looks at every account, in the configuration's order: is
// there a token for it?
func (sp *Support) DiagnoseAccounts(ctx context.Context) []diagnostics.ReportAccount {
	return sp.diagnostics.Accounts(ctx)
}

// WriteBundle writes everything a helper needs into a zip file, without
// secrets.
func (sp *Support) WriteBundle(path string, report any, lines []string) error {
	return sp.diagnostics.WriteBundle(path, report, lines)
}

// LogTail gives the last lines of the window's log, oldest first, at most so
// many, without secrets.
func (sp *Support) LogTail(lines int) ([]string, error) { return sp.diagnostics.LogTail(lines) }

// machine is this Engine as a diagnosis looks at it.
type machine struct{ engine *Engine }

// Keyring implements diagnostics.Machine.
func (m machine) Keyring(ctx context.Context) (bool, error) { return m.engine.vault.Probe(ctx) }

// Tray implements diagnostics.Machine.
func (m machine) Tray(ctx context.Context) bool {
	available := m.engine.opt.TrayAvailable
	return available != nil && available(ctx)
}

// LocateOBS implements diagnostics.Machine.
func (m machine) LocateOBS(ctx context.Context) (diagnostics.Location, error) {
	place, err := m.engine.obs.Find(ctx)
	if err != nil {
		return diagnostics.Location{}, err
	}
	location := diagnostics.Location{Address: place.Endpoint.Address(), Simulated: place.Simulated}
	switch {
	case place.Simulated:
	case place.Finding != nil:
		location.Finding = *place.Finding
	default: // the address was given; what is on this machine helps all the same
		location.Finding = discovery.Find(ctx, m.engine.places())
	}
	return location, nil
}

// ConnectOBS implements diagnostics.Machine.
func (m machine) ConnectOBS(ctx context.Context) (string, error) {
	_, version, err := m.engine.connectOBS(ctx)
	return version, err
}

// Accounts implements diagnostics.Machine.
func (m machine) Accounts() ([]providers.Account, string) {
	config := m.engine.Config()
	return config.Accounts, config.Current
}

// SignedIn implements diagnostics.Machine.
func (m machine) SignedIn(ctx context.Context, account providers.Account) (bool, error) {
	session, err := m.engine.sessions.Session(account)
	if err != nil {
		return false, err
	}
	return sessions.HasToken(ctx, session)
}

// Probe finds everything out that a Status shows. What cannot be found out is
// in the errors; the rest is there all the same.
func (sp *Support) Probe(ctx context.Context) []error {
	var errs []error
	if account, session, err := sp.current(); err == nil {
		if sp.Accounts.checkSignedIn(ctx, account.Name, session) {
			if err := sp.Broadcast.refreshBroadcast(ctx, account, session); err != nil {
				errs = append(errs, err)
			} else {
				sp.Accounts.identify(ctx, account, session)
				sp.Broadcast.nameCategory(ctx, account, session)
				sp.Broadcast.refreshLive(ctx, account, session)
			}
		}
	} else if !errors.Is(err, config.ErrNoAccount) {
		errs = append(errs, err)
	}
	client, err := sp.obs.Client(ctx)
	if err != nil {
		return append(errs, err)
	}
	for _, err := range []error{sp.Stream.checkStream(ctx, client), sp.Stream.checkService(ctx)} {
		if err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}
