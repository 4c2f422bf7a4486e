// Package obshosts holds the verbs of the terminal for the OBSes that are remembered.
package obshosts

import (
	"context"

	"cuelight/app"
	"cuelight/app/config"
	"cuelight/app/obshosts"
	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/obs"
)

// Terminal is what a verb is given by the command line.
type Terminal interface {
	// WithEngine opens the Engine for one use case and closes it again.
	WithEngine(ctx context.Context, do func(context.Context, *app.Engine) error) error
	// Words are those of the user's language.
	Words() *words.Words
	// Message is for people, on standard error.
	Message(line string)
	// Result gives the outcome: the object with --json, the lines without.
	Result(object any, lines ...string)
	// FirstLine reads a line of standard input.
	FirstLine(ctx context.Context) (string, error)
	// ConfirmLeavingOBS asks before the OBS in use is left while it streams.
	ConfirmLeavingOBS(ctx context.Context, e *app.Engine) error
}

// Hosts are the verbs. Without one, the OBSes are listed.
type Hosts struct {
	List   list   `cmd:"" default:"1" help:"help_cmd_obs_list"`
	Add    add    `cmd:"" help:"help_cmd_obs_add"`
	Use    use    `cmd:"" help:"help_cmd_obs_use"`
	Remove remove `cmd:"" help:"help_cmd_obs_remove"`
}

// scriptHost is one OBS for scripts. The one that is looked for on this machine has no
// name and no address.
type scriptHost struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Current bool   `json:"current"`
	// Encrypted: nobody else can read what is sent to it.
	Encrypted bool `json:"encrypted"`
}

type list struct{}

// Run lists the OBS on this machine and those that are remembered.
func (list) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(_ context.Context, e *app.Engine) error {
		c := e.Config()
		all := []scriptHost{{Current: c.OBS.Address == "", Encrypted: true}}
		if _, named := c.OBSHostInUse(); !named && c.OBS.Address != "" {
			all = append(all, scriptHost{Address: c.OBS.Address, Current: true, Encrypted: obshosts.Encrypted(c.OBS.Address)})
		}
		for _, h := range c.OBSHosts {
			all = append(all, scriptHost{h.Name, h.Address, h.Address == c.OBS.Address, obshosts.Encrypted(h.Address)})
		}
		lines := make([]string, 0, len(all))
		for _, h := range all {
			lines = append(lines, line(t.Words(), h))
		}
		t.Result(map[string]any{"obs": all}, lines...)
		return nil
	})
}

func line(w *words.Words, h scriptHost) string {
	mark, name := "  ", h.Name
	if h.Current {
		mark = "* "
	}
	if h.Address == "" {
		name = w.Say("command.obs_here")
	}
	said := mark + name + "\t" + h.Address
	if !h.Encrypted {
		said += "\t" + w.Say("command.obs_plain")
	}
	return said
}

type add struct {
	Name    string `arg:"" help:"help_obs_name"`
	Address string `arg:"" help:"help_obs_address"`
	// PasswordStdin: an argument would be in the process list.
	PasswordStdin bool `name:"password-stdin" help:"help_obs_password_stdin"`
	Yes           bool `help:"help_yes"`
}

// leave asks before another OBS is used than the one that streams.
func leave(ctx context.Context, t Terminal, e *app.Engine, yes, other bool) error {
	if yes || !other {
		return nil
	}
	return t.ConfirmLeavingOBS(ctx, e)
}

// addressed reports whether an address is another than that of the OBS in use.
func addressed(e *app.Engine, address string) bool {
	at, err := obs.ParseEndpoint(address)
	return err == nil && at.Address() != e.Config().OBS.Address
}

// Run remembers an OBS, and uses it.
func (c *add) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := leave(ctx, t, e, c.Yes, addressed(e, c.Address)); err != nil {
			return err
		}
		var password secret.Text
		if c.PasswordStdin {
			line, err := t.FirstLine(ctx)
			if err != nil {
				return err
			}
			password = secret.New(line)
		}
		host, err := e.OBSHosts.Add(ctx, c.Name, c.Address, password)
		if err == nil {
			host, err = e.OBSHosts.Use(ctx, host.Name)
		}
		if err != nil {
			return err
		}
		warn(t, host)
		t.Result(map[string]config.OBSHost{"added": host}, t.Words().Say("command.obs_added", words.Args{"Name": host.Name, "Address": host.Address}))
		return nil
	})
}

// warn tells of a connection that others can read.
func warn(t Terminal, host config.OBSHost) {
	if !obshosts.Encrypted(host.Address) {
		t.Message(t.Words().Say("obs.unencrypted"))
	}
}

type use struct {
	Name string `arg:"" optional:"" help:"help_obs_name_or_none"`
	Yes  bool   `help:"help_yes"`
}

// Run makes an OBS the one in use; without a name, the one on this machine.
func (c *use) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		known, ok := e.Config().OBSHost(c.Name)
		other := (ok || c.Name == "") && known.Address != e.Config().OBS.Address
		if err := leave(ctx, t, e, c.Yes, other); err != nil {
			return err
		}
		host, err := e.OBSHosts.Use(ctx, c.Name)
		if err != nil {
			return err
		}
		said := t.Words().Say("command.obs_used_here")
		if host.Name != "" {
			warn(t, host)
			said = t.Words().Say("command.obs_used", words.Args{"Name": host.Name, "Address": host.Address})
		}
		t.Result(map[string]config.OBSHost{"used": host}, said)
		return nil
	})
}

type remove struct {
	Name string `arg:"" help:"help_obs_name"`
	Yes  bool   `help:"help_yes"`
}

// Run forgets an OBS and its password.
func (c *remove) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		known, ok := e.Config().OBSHost(c.Name)
		if err := leave(ctx, t, e, c.Yes, ok && known.Address == e.Config().OBS.Address); err != nil {
			return err
		}
		if err := e.OBSHosts.Remove(ctx, c.Name); err != nil {
			return err
		}
		t.Result(map[string]string{"removed": c.Name}, t.Words().Say("command.obs_removed", words.Args{"Name": c.Name}))
		return nil
	})
}
