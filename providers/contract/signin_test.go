package contract

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/oauth"
	"cuelight/providers/sandbox"
)

// token is the token pair that is stored.
func (w *world) token() oauth.Token {
	w.t.Helper()
	value, err := w.vault.Get(w.t.Context(), providers.SecretToken)
	if err != nil {
		w.t.Fatal(err)
	}
	t, err := oauth.DecodeToken(value)
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

// ask makes a call that needs the token, on any platform.
func ask(ctx context.Context, s any) error {
	if channels, ok := s.(providers.Channels); ok {
		_, err := channels.Channels(ctx, providers.ChannelQuery{PerPage: 1})
		return err
	}
	_, err := s.(providers.Ingester).Ingest(ctx)
	return err
}

func TestBrowserSignInStoresATokenForACodeOnce(t *testing.T) {
	with(t, func(w *world, s providers.BrowserSignIn) {
		ctx := w.t.Context()
		asked := s.SignInRequest("a-state")
		if !strings.Contains(asked.URL, "state=a-state") || asked.State != "a-state" || !strings.HasPrefix(asked.RedirectURI, "http://") {
			w.t.Errorf("%+v", asked)
		}
		w.withoutSecrets("the address for the browser", asked)
		before := w.token()
		request, code := w.approve(s)
		w.clear()
		if err := s.Exchange(ctx, request, code); err != nil {
			w.t.Fatal(err)
		}
		if got := w.token(); got.Access.Equal(before.Access) || got.Refresh.Equal(before.Refresh) {
			w.t.Error("signing in again stored nothing new")
		}
		for _, spent := range []string{code, "a-code-that-is-none"} {
			before = w.token()
			err := s.Exchange(ctx, request, spent)
			if failure(err).Reason != "signin.code_rejected" || !errors.Is(err, providers.ErrSignIn) {
				w.t.Errorf("%v", err)
			}
			w.withoutSecrets("a refused code", err)
			if !w.token().Access.Equal(before.Access) {
				w.t.Error("a refused code cost the sign-in there was")
			}
		}
		if _, calls := w.sent(); calls != 3 {
			w.t.Errorf("three codes took %d calls", calls)
		}
	})
}

func TestNumberSignInTakesSixDigits(t *testing.T) {
	with(t, func(w *world, s providers.NumberSignIn) {
		ctx := w.t.Context()
		for _, typed := range []string{"", "12345", "1234567", "12345a"} {
			w.usage(typed, s.SignInWithNumber(ctx, typed))
		}
		before := w.token()
		err := s.SignInWithNumber(ctx, "000000")
		if e := failure(err); !errors.Is(err, providers.ErrSignIn) || e.Reason != "signin.number" || e.Field != "number" {
			w.t.Errorf("a wrong number: %v", err)
		}
		if !w.token().Access.Equal(before.Access) {
			w.t.Error("a wrong number cost the sign-in there was")
		}
		if err := s.SignInWithNumber(ctx, " 111 111 "); err != nil || w.token().Access.Equal(before.Access) {
			w.t.Errorf("the right number: %v", err)
		}
	})
}

func TestTokenSignInKeepsTheOldTokenUntilThePlatformTakesTheNew(t *testing.T) {
	with(t, func(w *world, s providers.TokenSignIn) {
		ctx := w.t.Context()
		own := w.vault.Values["personal_token"]
		for _, typed := range []string{"", "short", "with a space in it"} {
			w.usage(typed, s.SignInWithToken(ctx, secret.New(typed)))
		}
		wrong := secret.New("a-token-of-somebody-else")
		err := s.SignInWithToken(ctx, wrong)
		if !errors.Is(err, providers.ErrSignIn) || !w.vault.Values["personal_token"].Equal(own) {
			w.t.Errorf("a wrong token: %v", err)
		}
		w.vault.Values["typed"] = wrong
		w.withoutSecrets("a wrong token", err)
		if err := s.SignInWithToken(ctx, own); err != nil || ask(ctx, s) != nil {
			w.t.Errorf("the right token: %v", err)
		}
	})
}

func TestSignedInIsWhatTheVaultSays(t *testing.T) {
	with(t, func(w *world, s providers.SignedIn) {
		ctx := w.t.Context()
		another := w.open()
		for _, each := range []any{s, another} {
			if in, err := each.(providers.SignedIn).SignedIn(ctx); err != nil || !in {
				w.t.Errorf("signed in: %t, %v", in, err)
			}
		}
		w.sentNothing("looking")
		if info, ok := s.(providers.TokenInfo); ok {
			if at, err := info.TokenExpires(ctx); err != nil || !at.IsZero() && at.Before(time.Now().Add(time.Hour)) {
				w.t.Errorf("expires %s, %v", at, err)
			}
		}
		if err := s.SignOut(ctx); err != nil {
			w.t.Fatal(err)
		}
		for _, each := range []any{s, another} {
			if in, err := each.(providers.SignedIn).SignedIn(ctx); err != nil || in {
				w.t.Errorf("after signing out: %t, %v", in, err)
			}
			err := ask(ctx, each)
			if !errors.Is(err, providers.ErrSignIn) && !errors.Is(err, providers.ErrUsage) {
				w.t.Errorf("a call after signing out: %v", err)
			}
		}
		if calls, _ := w.sent(); len(calls) > 0 {
			w.t.Errorf("%d calls without a token", len(calls))
		}
	})
}

func TestRevokerEndsEverySignInOfTheUserAndTellsWhereItDoesNot(t *testing.T) {
	with(t, func(w *world, s providers.Revoker) {
		ctx := w.t.Context()
		elsewhere := &vault{w: w} // another computer
		elsewhere.Values = w.platform.account(w).secrets
		other := w.openWith(elsewhere, w.platform.account(w).Account)
		request, code := w.approve(other.(providers.BrowserSignIn))
		if err := other.(providers.BrowserSignIn).Exchange(ctx, request, code); err != nil {
			w.t.Fatal(err)
		}
		w.fault(sandbox.Fault{Kind: "status", Status: 500})
		if err := s.Revoke(ctx); !errors.Is(err, providers.ErrUnreachable) {
			w.t.Errorf("a service that is down: %v", err)
		}
		if err := ask(ctx, s); err != nil {
			w.t.Errorf("what was not revoked is lost: %v", err)
		}
		w.clear()
		if err := s.Revoke(ctx); err != nil {
			w.t.Fatal(err)
		}
		if calls, tokens := w.sent(); len(calls)+tokens != 1 {
			w.t.Errorf("it took %d and %d calls", len(calls), tokens)
		}
		if in, err := s.(providers.SignedIn).SignedIn(ctx); err != nil || in {
			w.t.Errorf("signed in: %t, %v", in, err)
		}
		if err := ask(ctx, other); !errors.Is(err, providers.ErrSignIn) {
			w.t.Errorf("elsewhere: %v", err)
		}
		w.clear()
		if err := s.Revoke(ctx); !errors.Is(err, providers.ErrSignIn) {
			w.t.Errorf("again: %v", err)
		}
		w.sentNothing("again")
	})
}

func TestForgetterLeavesTheSecretFieldsOnly(t *testing.T) {
	with(t, func(w *world, s providers.Forgetter) {
		ctx := w.t.Context()
		if _, err := s.(providers.Ingester).Ingest(ctx); err != nil {
			w.t.Fatal(err)
		}
		if keeper, ok := s.(providers.IngestKeeper); ok {
			if err := keeper.KeepIngest(ctx, providers.Ingest{Key: secret.New("kept-key")}); err != nil {
				w.t.Fatal(err)
			}
		}
		if info, ok := s.(providers.TokenInfo); ok {
			if _, err := info.TokenExpires(ctx); err != nil {
				w.t.Fatal(err)
			}
		}
		if err := s.Forget(ctx); err != nil {
			w.t.Fatal(err)
		}
		allowed := []string{providers.SecretToken}
		for _, f := range w.provider.Describe().Fields {
			if f.Secret {
				allowed = append(allowed, f.Key)
			}
		}
		for name := range w.vault.Values {
			if !slices.Contains(allowed, name) {
				w.t.Errorf("%q is left", name)
			}
		}
	})
}

func TestVerifierTellsAGoodAccountFromABadOne(t *testing.T) {
	with(t, func(w *world, s providers.Verifier) {
		ctx := w.t.Context()
		if err := s.Verify(ctx); err != nil {
			w.t.Errorf("a good account: %v", err)
		}
		for _, f := range w.provider.Describe().Fields {
			if _, given := w.vault.Values[f.Key]; !f.Secret || !given {
				continue
			}
			v := &vault{w: w}
			v.Values = map[string]secret.Text{}
			w.clear()
			without := w.openWith(v, w.platform.account(w).Account).(providers.Verifier)
			if e := w.usage("without "+f.Key, without.Verify(ctx)); e.Field == "" {
				w.t.Errorf("without %s no field is named", f.Key)
			}
			v.Values[f.Key] = secret.New("0123456789abcdef-of-somebody-else")
			err := without.Verify(ctx)
			if !errors.Is(err, providers.ErrSignIn) && !errors.Is(err, providers.ErrRefused) {
				w.t.Errorf("with a wrong %s: %v", f.Key, err)
			}
			w.withoutSecrets("a wrong "+f.Key, err)
		}
	})
}
