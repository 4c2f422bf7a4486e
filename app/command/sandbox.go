package command

import (
	"context"
	"strings"

	"cuelight/app"
	"cuelight/app/sandbox"
	"cuelight/app/words"
	"cuelight/internal/secret"
)

type sandboxCmd struct {
	Listen string `help:"help_listen" placeholder:"ADDR" default:"127.0.0.1:0"`
	Ingest string `help:"help_ingest" placeholder:"URL"`
}

// sandboxResult is what `sandbox --json` gives once it is ready. The client
// secret is the simulated application's, worth nothing anywhere else, and
// asked for by running the command.
type sandboxResult struct {
	URL          string   `json:"url"`
	SOOP         string   `json:"soop"`
	AfreecaTV    string   `json:"afreecatv"`
	Ingest       string   `json:"ingest"`
	ClientID     string   `json:"client_id"`
	ClientSecret string   `json:"client_secret"`
	RedirectURI  string   `json:"redirect_uri"`
	Streamers    []string `json:"streamers"`
	// Accounts are simulated accounts of the other platforms: the values and
	// secrets that adding one asks for, by field.
	Accounts []sandboxAccount `json:"accounts"`
}

type sandboxAccount struct {
	Platform string            `json:"platform"`
	Values   map[string]string `json:"values"`
	Secrets  map[string]string `json:"secrets"`
	// Keys are stream keys, by channel, that only the console would show.
	Keys map[string]string `json:"keys,omitempty"`
}

// Run serves the simulated platforms until it is interrupted.
func (c *sandboxCmd) Run(ctx context.Context, r *run) error {
	r.flags.Sandbox = true
	r.sandbox = sandbox.Addresses{Listen: c.Listen, Ingest: c.Ingest}
	return r.withEngineUnbounded(ctx, func(ctx context.Context, e *app.Engine) error {
		info, _ := e.Sandbox(ctx)
		accounts := []sandboxAccount{}
		for _, other := range info.Others {
			accounts = append(accounts, sandboxAccount{
				Platform: other.Platform, Values: other.Values, Secrets: reveal(other.Secrets), Keys: reveal(other.Keys),
			})
		}
		r.out.result(sandboxResult{
			Accounts: accounts,
			URL:      info.URL, SOOP: info.SOOP, AfreecaTV: info.AfreecaTV, Ingest: info.Ingest,
			ClientID: info.ClientID, ClientSecret: info.ClientSecret.Reveal(),
			RedirectURI: info.RedirectURI, Streamers: info.Streamers,
		}, strings.Split(r.words.Say("command.sandbox_ready", words.Args{
			"URL": info.URL, "SOOP": info.SOOP, "AfreecaTV": info.AfreecaTV, "Ingest": info.Ingest,
			"ClientID": info.ClientID, "ClientSecret": info.ClientSecret.Reveal(),
			"RedirectURI": info.RedirectURI, "Streamers": strings.Join(info.Streamers, ", "),
		}), "\n")...)
		<-ctx.Done()
		return nil // interrupting it is how it ends
	})
}

// reveal gives simulated secrets as they are.
func reveal(secrets map[string]secret.Text) map[string]string {
	plain := make(map[string]string, len(secrets))
	for name, value := range secrets {
		plain[name] = value.Reveal()
	}
	return plain
}

type windowCmd struct{}

type helpCmd struct {
	Command []string `arg:"" optional:"" placeholder:"COMMAND" help:"help_about"`
}

type versionCmd struct{}

// Run tells the version.
func (versionCmd) Run(r *run) error {
	r.out.result(map[string]string{"version": r.program.Version}, "cuelight "+r.program.Version)
	return nil
}
