package kollus

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// click goes through the simulated sign-in page and gives where it leads.
func (w *world) click(request providers.SignInRequest, decision string) url.Values {
	w.t.Helper()
	browser := &http.Client{
		Transport:     through{w.sandbox.Handler()},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	page, err := browser.Get(request.URL)
	if err != nil {
		w.t.Fatal(err)
	}
	body, _ := io.ReadAll(page.Body)
	if page.StatusCode != http.StatusOK || !strings.Contains(string(body), `id="agree"`) {
		w.t.Fatalf("the sign-in page is HTTP %d: %.300s", page.StatusCode, body)
	}
	filled := url.Values{"decision": {decision}}
	for _, field := range strings.Split(string(body), `<input type="hidden" name="`)[1:] {
		name, rest, _ := strings.Cut(field, `" value="`)
		value, _, _ := strings.Cut(rest, `"`)
		filled.Set(name, value)
	}
	answer, err := browser.PostForm(w.sandbox.URL()+"/kollus/oauth/authorize", filled)
	if err != nil {
		w.t.Fatal(err)
	}
	to, err := answer.Location()
	if err != nil {
		w.t.Fatalf("HTTP %d without a location", answer.StatusCode)
	}
	if bare, _, _ := strings.Cut(to.String(), "?"); bare != request.RedirectURI {
		w.t.Fatalf("sent to %s", bare)
	}
	return to.Query()
}

func TestSigningInThroughTheBrowser(t *testing.T) {
	inSandbox(t, func(w *world) {
		t, ctx := w.t, w.t.Context()
		s := w.open(New(), w.sandbox.Kollus(false), "").(*browserSession)
		if err := s.Verify(ctx); err != nil {
			t.Fatalf("the client is right, but: %v", err)
		}
		if in, err := s.SignedIn(ctx); in || err != nil {
			t.Fatalf("signed in before signing in (%v)", err)
		}
		request := s.SignInRequest("some-state")
		if !request.StateRequired || !strings.Contains(request.URL, "live%3Acontrol+live%3Astatistics") {
			t.Errorf("state required %t, %s", request.StateRequired, request.URL)
		}
		if back := w.click(request, "refuse"); back.Get("error") != "access_denied" || back.Get("state") != "some-state" || back.Has("code") {
			t.Errorf("refused: %v", back)
		}
		back := w.click(request, "agree")
		if back.Get("state") != "some-state" {
			t.Errorf("state is %q", back.Get("state"))
		}
		if err := s.Exchange(ctx, providers.SignInRequest{}, back.Get("code")); err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(ctx); err != nil {
			t.Errorf("signed in, but: %v", err)
		}
		until, err := s.TokenExpires(ctx)
		if left := time.Until(until).Round(time.Hour); err != nil || left != 366*24*time.Hour {
			t.Errorf("the token lasts %s (%v)", left, err)
		}
		if err := s.Exchange(ctx, providers.SignInRequest{}, back.Get("code")); failure(err).Reason != "signin.code_rejected" || !errors.Is(err, providers.ErrSignIn) {
			t.Errorf("a used code: %v", err)
		}
		if err := s.SignOut(ctx); err != nil {
			t.Error(err)
		}
		if _, err := s.Channels(ctx, providers.ChannelQuery{}); failure(err).Reason != "signin.none" {
			t.Errorf("signed out: %v", err)
		}
	})
}

func TestVerifyTellsWhatIsWrongBeforeAnythingIsSaved(t *testing.T) {
	for name, c := range map[string]struct {
		byToken bool
		spoil   func(*world, map[string]string)
		reason  string
		field   string
	}{
		"a wrong client secret": {spoil: func(w *world, _ map[string]string) {
			w.vault.Values[FieldClientSecret] = secret.New("wrong")
		}, reason: "signin.client", field: FieldClientID},
		"a redirect URI that is not registered": {spoil: func(_ *world, set map[string]string) {
			set[FieldRedirectURI] = "https://elsewhere.example/callback"
		}, reason: "signin.client", field: FieldClientID},
		"no client secret": {spoil: func(w *world, _ map[string]string) {
			delete(w.vault.Values, FieldClientSecret)
		}, reason: "client_secret.missing", field: FieldClientSecret},
		"a client and a token": {spoil: func(w *world, _ map[string]string) {
			w.vault.Values[FieldPersonalToken] = w.sandbox.Kollus(true).Secrets[FieldPersonalToken]
		}, reason: "account.both", field: FieldPersonalToken},
		"neither": {byToken: true, spoil: func(w *world, _ map[string]string) {
			delete(w.vault.Values, FieldPersonalToken)
		}, reason: "account.either", field: FieldClientID},
		"a client secret without its ID": {byToken: true, spoil: func(w *world, _ map[string]string) {
			delete(w.vault.Values, FieldPersonalToken)
			w.vault.Values[FieldClientSecret] = secret.New("something")
		}, reason: "client_id.missing", field: FieldClientID},
		"a wrong token": {byToken: true, spoil: func(w *world, _ map[string]string) {
			w.vault.Values[FieldPersonalToken] = secret.New("not-a-token-of-theirs")
		}, reason: "signin.token_rejected", field: FieldPersonalToken},
		"another service account": {byToken: true, spoil: func(_ *world, set map[string]string) {
			set[FieldServiceAccount] = "other"
		}, reason: "service_account.unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			inSandbox(t, func(w *world) {
				t := w.t
				simulated := w.sandbox.Kollus(c.byToken)
				for key, value := range simulated.Secrets {
					w.vault.Values[key] = value
				}
				c.spoil(w, simulated.Values)
				simulated.Secrets = nil
				err := w.open(New(), simulated, "").(providers.Verifier).Verify(w.t.Context())
				if e := failure(err); e.Reason != c.reason || e.Field != c.field {
					t.Errorf("%v (field %q)", err, e.Field)
				}
			})
		})
	}
}

func TestAPersonalTokenLastsAYearFromTheDayItWasAdded(t *testing.T) {
	inSandbox(t, func(w *world) {
		t, ctx := w.t, w.t.Context()
		s := w.byToken("").(*tokenSession)
		added := time.Now()
		check := func(want time.Time) {
			t.Helper()
			if until, err := s.TokenExpires(ctx); err != nil || until.Sub(want).Abs() > time.Minute {
				t.Errorf("ends %s, not %s (%v)", until, want, err)
			}
		}
		check(added.AddDate(1, 0, 0))
		time.Sleep(100 * 24 * time.Hour)
		check(added.AddDate(1, 0, 0))

		if err := s.SignInWithToken(ctx, secret.New("somebody-elses-token")); !errors.Is(err, providers.ErrSignIn) {
			t.Errorf("a wrong token: %v", err)
		}
		check(added.AddDate(1, 0, 0))
		if err := s.SignInWithToken(ctx, w.sandbox.Kollus(true).Secrets[FieldPersonalToken]); err != nil {
			t.Fatal(err)
		}
		check(added.AddDate(0, 0, 100).AddDate(1, 0, 0))

		if err := s.SignOut(ctx); err != nil {
			t.Fatal(err)
		}
		if in, err := s.SignedIn(ctx); in || err != nil {
			t.Errorf("still signed in (%v)", err)
		}
		if err := s.Forget(ctx); err != nil || len(w.vault.Values) != 0 {
			t.Errorf("the vault still holds %d values (%v)", len(w.vault.Values), err)
		}
	})
}

func TestATokenThatSaysWhenItEndsIsBelieved(t *testing.T) {
	// {"aud":"3","exp":1924992000.5} between a header and a signature.
	v := newVault()
	c := &tokenCredential{vault: v, now: time.Now}
	v.Values[FieldPersonalToken] = secret.New("eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiIzIiwiZXhwIjoxOTI0OTkyMDAwLjV9.c2ln")
	until, err := c.expiresAt(t.Context())
	if want := time.Unix(1924992000, 0); err != nil || !until.Equal(want) {
		t.Errorf("ends %s, not %s (%v)", until, want, err)
	}
	c.now = func() time.Time { return until.Add(time.Second) }
	if in, err := c.signedIn(t.Context()); in || err != nil {
		t.Errorf("signed in with a token that has ended (%v)", err)
	}
}

func TestARejectedTokenIsRefreshedOnceAndTheNewPairIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var grants []string
		alive := "access-token-1"
		s, v := service(t, "", func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/oauth/token":
				_ = r.ParseForm()
				grants = append(grants, r.PostForm.Get("grant_type")+" "+r.PostForm.Get("refresh_token"))
				_, _ = io.WriteString(w, `{"token_type":"Bearer","expires_in":31622400,"access_token":"access-token-1","refresh_token":"refresh-token-1"}`)
			case r.Header.Get("Authorization") != "Bearer "+alive:
				w.WriteHeader(http.StatusUnauthorized)
				_, _ = io.WriteString(w, `{"message":"Unauthenticated."}`)
			default:
				_, _ = io.WriteString(w, example(t, "channels.json"))
			}
		})
		for range 2 {
			if _, err := s.Channels(t.Context(), providers.ChannelQuery{}); err != nil {
				t.Fatal(err)
			}
		}
		if want := []string{"refresh_token refresh-token-0"}; !slices.Equal(grants, want) {
			t.Errorf("asked for %q", grants)
		}
		if stored := v.Values[providers.SecretToken].Reveal(); !strings.Contains(stored, "refresh-token-1") || strings.Contains(stored, "token-0") {
			t.Error("the rotated pair is not what the vault holds")
		}
		alive = "none"
		for range 3 {
			if _, err := s.Channels(t.Context(), providers.ChannelQuery{}); !errors.Is(err, providers.ErrSignIn) {
				t.Errorf("rejected for good: %v", err)
			}
		}
		if len(grants) != 2 {
			t.Errorf("a token rejected when new was replaced again: %q", grants)
		}
	})
}

func TestADeadRefreshTokenAsksForASignIn(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
	}{
		"invalid_request": {401, `{"error":"invalid_request","error_description":"The refresh token is invalid.","hint":"Token has been revoked"}`},
		"invalid_grant":   {400, `{"error":"invalid_grant","error_description":"The refresh token is invalid."}`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, _ := service(t, "", func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path != "/oauth/token" {
						w.WriteHeader(http.StatusUnauthorized)
						_, _ = io.WriteString(w, `{"message":"Unauthenticated."}`)
						return
					}
					w.WriteHeader(c.status)
					_, _ = io.WriteString(w, c.body)
				})
				_, err := s.Channels(t.Context(), providers.ChannelQuery{})
				if !errors.Is(err, providers.ErrSignIn) || failure(err).Reason != "signin.expired" {
					t.Errorf("%v", err)
				}
				if in, _ := s.SignedIn(t.Context()); in {
					t.Error("a dead pair still counts as signed in")
				}
			})
		})
	}
}
