package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cuelight/app"
	"cuelight/app/diagnostics"
	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

type accountCmd struct {
	Add    accountAddCmd    `cmd:"" help:"help_cmd_account_add"`
	List   accountListCmd   `cmd:"" help:"help_cmd_account_list"`
	Use    accountUseCmd    `cmd:"" help:"help_cmd_account_use"`
	Remove accountRemoveCmd `cmd:"" help:"help_cmd_account_remove"`
}

type accountAddCmd struct {
	Platform       string `arg:"" help:"help_platform"`
	Name           string `help:"help_name" placeholder:"N"`
	ClientID       string `name:"client-id" help:"help_client_id" placeholder:"ID"`
	BaseURL        string `name:"base-url" help:"help_base_url" placeholder:"URL"`
	RedirectURI    string `name:"redirect-uri" help:"help_redirect_uri" placeholder:"URI"`
	Dialect        string `help:"help_dialect" placeholder:"soop|afreecatv"`
	PlatformType   string `help:"help_platform_type" placeholder:"T"`
	Scope          string `help:"help_scope" placeholder:"ask|omit"`
	ServiceAccount string `name:"service-account" help:"help_service_account" placeholder:"KEY"`
	APIURL         string `name:"api-url" help:"help_api_url" placeholder:"REST"`
	TokenStdin     bool   `name:"token-stdin" help:"help_token_stdin"`
	Region         string `help:"help_region" placeholder:"REGION"`
	SDKAppID       string `name:"sdkappid" help:"help_sdkappid" placeholder:"N"`
	Identifier     string `help:"help_identifier" placeholder:"ADMIN"`
	RTMPURL        string `name:"rtmp-url" help:"help_rtmp_url" placeholder:"URL"`
	AuthorizeURL   string `name:"authorize-url" help:"help_authorize_url" placeholder:"URL"`
	LiveStatus     string `name:"live-status" help:"help_live_status" placeholder:"off|unofficial"`
	LiveStatusURL  string `name:"live-status-url" help:"help_live_status_url" placeholder:"URL"`
}

// Run adds an account. Its secret is the first line of standard input: an
// argument would be in the process list and in the shell's history.
func (c *accountAddCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		key, err := c.secretKey(e)
		if err != nil {
			return err
		}
		line, err := r.firstLine(ctx)
		if err != nil {
			return err
		}
		account, err := e.Accounts.AddAccount(ctx, app.NewAccount{
			Name: c.Name, Platform: c.Platform, Values: c.values(),
			Secrets: map[string]secret.Text{key: secret.New(line)},
		})
		if err != nil {
			return err
		}
		said := "command.account_added"
		if signedIn(e.Support.DiagnoseAccounts(ctx), account.Name) {
			said = "command.account_ready" // by a token, or by the secret itself
		}
		r.out.result(account, r.words.Say(said, words.Args{"Name": account.Name}))
		return nil
	})
}

func signedIn(accounts []diagnostics.ReportAccount, name string) bool {
	return slices.ContainsFunc(accounts, func(a diagnostics.ReportAccount) bool { return a.Name == name && a.SignedIn })
}

func (c *accountAddCmd) values() map[string]string {
	return map[string]string{
		"client_id": c.ClientID, "base_url": c.BaseURL, "redirect_uri": c.RedirectURI,
		"dialect": c.Dialect, "platform_type": c.PlatformType, "scope": c.Scope, "service_account": c.ServiceAccount,
		"api_url": c.APIURL, "region": c.Region, "sdkappid": c.SDKAppID, "identifier": c.Identifier,
		"rtmp_url": c.RTMPURL, "authorize_url": c.AuthorizeURL, "live_status": c.LiveStatus, "live_status_url": c.LiveStatusURL,
	}
}

// secretKey names the secret that standard input holds: the platform's first,
// or its personal token where that was asked for.
func (c *accountAddCmd) secretKey(e *app.Engine) (string, error) {
	if c.TokenStdin {
		return "personal_token", nil
	}
	for _, platform := range e.Accounts.Platforms() {
		if !strings.EqualFold(platform.ID, c.Platform) {
			continue
		}
		for _, field := range platform.Fields {
			if field.Secret {
				return field.Key, nil
			}
		}
	}
	_, err := e.Accounts.Platform(c.Platform)
	return providers.SecretClient, err
}

// firstLine reads one line of standard input, and asks for it where that is a
// person at a terminal.
func (r *run) firstLine(ctx context.Context) (string, error) {
	if r.atTerminal() {
		r.out.message(r.words.Say("command.type_line"))
	}
	return firstLine(ctx, r.program.Stdin)
}

// firstLine reads one line within the context. Reading cannot be interrupted,
// so a line that never comes is left behind with its goroutine.
func firstLine(ctx context.Context, in io.Reader) (string, error) {
	type result struct {
		line string
		err  error
	}
	read := make(chan result, 1)
	go func() {
		line, err := text.NewLineReader(in).Next()
		if errors.Is(err, io.EOF) {
			err = nil
		}
		read <- result{line, err}
	}()
	select {
	case got := <-read:
		return got.line, got.err
	case <-ctx.Done():
		return "", fmt.Errorf("wait for a line on standard input: %w", ctx.Err())
	}
}

type accountListCmd struct{}

// listedAccount is an account as `account list --json` gives it.
type listedAccount struct {
	Name     string            `json:"name"`
	Platform string            `json:"platform"`
	Current  bool              `json:"current"`
	SignedIn bool              `json:"signed_in"`
	Settings map[string]string `json:"settings"`
}

// Run lists the accounts.
func (accountListCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		listed := []listedAccount{}
		var lines []string
		report := e.Support.DiagnoseAccounts(ctx)
		for i, account := range e.Config().Accounts {
			listed = append(listed, listedAccount{
				Name: account.Name, Platform: account.Platform, Settings: account.Settings,
				Current: report[i].Current, SignedIn: report[i].SignedIn,
			})
			mark, state := " ", "command.signed_out"
			if report[i].Current {
				mark = "*"
			}
			if report[i].SignedIn {
				state = "command.signed_in"
			}
			lines = append(lines, fmt.Sprintf("%s %s\t%s\t%s", mark, account.Name, account.Platform, r.words.Say(state)))
		}
		if len(lines) == 0 {
			lines = []string{r.words.Say("command.no_accounts")}
		}
		r.out.result(map[string]any{"accounts": listed}, lines...)
		return nil
	})
}

type accountUseCmd struct {
	Name string `arg:"" help:"help_name"`
	Yes  bool   `help:"help_yes"`
}

// Run makes an account the one in use, after asking where the one before is on air.
func (c *accountUseCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		name := nameOf(e, c.Name)
		if !c.Yes && name != e.Config().Current {
			if err := r.confirmLeaving(ctx, e); err != nil {
				return err
			}
		}
		if err := e.Accounts.UseAccount(ctx, name); err != nil {
			return err
		}
		r.out.result(map[string]any{"current": name}, r.words.Say("command.account_used", words.Args{"Name": name}))
		return nil
	})
}

// nameOf is the name of the account that is meant, which may have been typed in
// another form of its characters; as it was typed where there is none.
func nameOf(e *app.Engine, typed string) string {
	if account, ok := e.Config().Named(typed); ok {
		return account.Name
	}
	return typed
}

type accountRemoveCmd struct {
	Name string `arg:"" help:"help_name"`
}

// Run forgets an account and its secrets.
func (c *accountRemoveCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		name := nameOf(e, c.Name)
		if err := e.Accounts.RemoveAccount(ctx, name); err != nil {
			return err
		}
		r.out.result(map[string]any{"removed": name}, r.words.Say("command.account_removed", words.Args{"Name": name}))
		return nil
	})
}
