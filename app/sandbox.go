package app

import (
	"context"

	"cuelight/app/config"
	"cuelight/app/sandbox"
	"cuelight/providers"
)

// startSandbox starts the simulated services.
func (e *Engine) startSandbox(ctx context.Context) (*sandbox.Services, error) {
	return sandbox.Start(ctx, sandbox.Options{
		Dir: e.dir, Addresses: e.opt.SandboxAddresses, Vault: e.vault, Locks: e.locks, Platforms: e.opt.Registry,
		AddAccounts: e.Accounts.addFirstAccounts, Now: e.now, Log: e.log,
	})
}

// addFirstAccounts adds accounts where the configuration has none, and gives
// all that it has then.
func (a *Accounts) addFirstAccounts(ctx context.Context, ready []providers.Account) ([]providers.Account, error) {
	err := a.config.Update(ctx, func(c *config.Config) error {
		if len(c.Accounts) == 0 && len(ready) > 0 {
			c.Accounts, c.Current = ready, ready[0].Name
		}
		return nil
	})
	return a.config.Config().Accounts, err
}

// Sandbox tells where the simulated services are; ok is false outside the
// sandbox.
func (e *Engine) Sandbox(ctx context.Context) (info sandbox.Info, ok bool) {
	if e.sandbox == nil {
		return sandbox.Info{}, false
	}
	return e.sandbox.Info(ctx), true
}

// EndSimulatedStream ends a stream of the simulated OBS for good, where that runs
// in this process: a window calls it before Close. Commands do not, so that what
// one has started goes on for the next.
func (e *Engine) EndSimulatedStream() {
	if e.sandbox != nil {
		e.sandbox.EndStream()
	}
}
