package signin

import (
	"context"

	"cuelight/app/sessions"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

// SignIn signs the session of an account in, in the way that was chosen.
func (b *Browser) SignIn(ctx context.Context, account string, session providers.Session, way Way) error {
	b.hold(nil)
	switch {
	case way.Number != "":
		can, err := sessions.Require[providers.NumberSignIn](session, "sign in with a number")
		if err != nil {
			return err
		}
		return can.SignInWithNumber(ctx, way.Number)
	case !way.Token.Empty():
		can, err := sessions.Require[providers.TokenSignIn](session, "sign in with a token")
		if err != nil {
			return err
		}
		return signInWithToken(ctx, can, way.Token)
	}
	can, err := sessions.Require[providers.BrowserSignIn](session, "sign in with a browser")
	if err != nil {
		return err
	}
	return b.Browse(ctx, account, can, way)
}

func signInWithToken(ctx context.Context, can providers.TokenSignIn, token secret.Text) error {
	plain, err := text.Token(token.Reveal())
	if err != nil {
		return providers.UnseenError("personal_token", err)
	}
	return can.SignInWithToken(ctx, secret.New(plain))
}
