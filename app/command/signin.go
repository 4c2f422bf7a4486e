package command

import (
	"context"
	"errors"

	"cuelight/app"
	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

type loginCmd struct {
	NoBrowser bool   `help:"help_no_browser"`
	Number    string `help:"help_number" placeholder:"NNNNNN"`
	Paste     bool   `help:"help_paste"`
	// AnotherUser takes whoever signs in as the account's user from now on.
	AnotherUser bool `name:"another-user" help:"help_another_user"`
	// TokenStdin renews a token that the user made on the platform's pages.
	TokenStdin bool `name:"token-stdin" help:"help_token_stdin"`
}

// Run signs in and tells whose account it turned out to be.
func (c *loginCmd) Run(ctx context.Context, r *run) error {
	return r.withEngineUnbounded(ctx, func(ctx context.Context, e *app.Engine) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		token, err := c.token(ctx, r)
		if err != nil {
			return err
		}
		id, err := e.Accounts.SignIn(ctx, app.SignIn{
			Token: token, Number: c.Number, NoBrowser: c.NoBrowser || c.Paste, PasteOnly: c.Paste, AnotherUser: c.AnotherUser,
			Announce: func(url string) {
				r.out.announce("open: " + url)
				if c.Paste {
					r.out.message(r.words.Say("command.paste_here"))
					go r.readPasted(ctx, e, cancel)
				} else {
					r.out.message(r.words.Say("command.waiting_for_browser"))
				}
			},
		})
		if errors.As(err, new(*signin.AnotherUserError)) {
			r.out.message(r.words.Say("command.login_another_user"))
		}
		if err != nil {
			return err
		}
		account := e.State().Account
		r.out.result(state.StatusAccount{
			Name: account.Name, Platform: account.Platform, Nick: id.Nick, UserID: id.UserID, SignedIn: true,
		}, r.words.Say("command.signed_in_as", words.Args{"Who": id.String(), "Account": account.Name}))
		return nil
	})
}

func (c *loginCmd) token(ctx context.Context, r *run) (secret.Text, error) {
	if !c.TokenStdin {
		return secret.Text{}, nil
	}
	line, err := r.firstLine(ctx)
	if err == nil && line == "" {
		err = &providers.Error{Kind: providers.ErrUsage, Op: "token", Field: "personal_token", Reason: "field.missing"}
	}
	return secret.New(line), err
}

// readPasted hands lines of standard input to the pending sign-in until one is
// taken. What is wrong with a line is said, and another may follow. Reading cannot
// be interrupted: a line that never comes is left behind with its goroutine.
func (r *run) readPasted(ctx context.Context, e *app.Engine, cancel func()) {
	lines := text.NewLineReader(r.program.Stdin)
	for ctx.Err() == nil {
		line, err := lines.Next()
		if err != nil {
			break
		}
		if line == "" {
			continue
		}
		if err = e.Accounts.PasteSignIn(line); err == nil {
			return
		}
		r.out.message(r.words.Explain(err).Line())
	}
	cancel()
}

type logoutCmd struct {
	Everywhere bool `help:"help_everywhere"`
}

// Run forgets the token, or has the platform end the sign-in on every computer.
func (c *logoutCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.Accounts.SignOut(ctx, c.Everywhere); err != nil {
			return err
		}
		r.out.result(map[string]any{"signed_in": false}, r.words.Say("command.signed_out_now"))
		return nil
	})
}
