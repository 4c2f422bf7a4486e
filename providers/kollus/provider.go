// Package kollus is Kollus Live, the live console of a broadcasting company's
// service account, as a providers.Provider.
//
// Facts come from the Kollus Live Console API v1 document; comments name its
// section. It names neither the answers' members nor their form, so answers are
// read leniently, by the names that the vendor's manual and sample client use.
//
// An account signs in by OAuth in the browser, with a client that its owner has
// registered, or by a Personal Access Token made on the console's pages: with a
// client ID it is the first, without one the second.
//
// Reasons of errors, beyond those of packages oauth and web: account.either
// (neither a client ID nor a token), account.both, service_account.missing,
// service_account.invalid, service_account.unknown, client_id.missing,
// personal_token.invalid, redirect_uri.invalid, channel.none (no channel is
// chosen), channel.unknown, channel.no_key, channel.no_broadcast,
// creator.choose, creator.gone, creator.unknown,
// broadcast.unknown, platform.scope, platform.conflict, platform.wait_too_long,
// ingest.server_invalid, signin.token_rejected, and the checks' "<field>.<what>".
package kollus

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/ingeststore"
	"cuelight/providers/internal/urlcheck"
	"cuelight/providers/oauth"
)

// ID is the platform's name on the command line.
const ID = "kollus"

// Keys of the account's fields.
const (
	FieldServiceAccount = "service_account"
	FieldClientID       = "client_id"
	FieldClientSecret   = providers.SecretClient
	FieldRedirectURI    = "redirect_uri"
	FieldPersonalToken  = "personal_token"
	FieldBaseURL        = "base_url"
	FieldAPIURL         = "api_url"
)

const (
	// DefaultBaseURL is where sign-in lives (document, OAuth2).
	DefaultBaseURL = "https://live-kr.kollus.com"
	// DefaultAPIURL is where the vendor's own sample client calls.
	DefaultAPIURL = "https://api-live-kr.kollus.com"
	// DefaultRedirectURI is what we ask users to register.
	DefaultRedirectURI = "http://localhost:12482/callback"
	// apiPath is below the API's address (document, API 리스트).
	apiPath = "/api/v1/live"
	// scopes are all that the live console has (document, Scope).
	scopes = "live:control live:statistics"
)

// callTimeout bounds one call, answer included, without the wait for its turn.
const callTimeout = 15 * time.Second

// New returns the platform. All sessions of one New share the limit of calls.
func New() providers.Provider { return provider{newLimiters(callInterval)} }

type provider struct{ limiters *limiters }

// Describe implements providers.Provider.
func (provider) Describe() providers.Description {
	return providers.Description{
		ID: ID, Name: "Kollus Live",
		Fields: []providers.Field{
			{Key: FieldServiceAccount, Required: true, Check: checkServiceAccount},
			{Key: FieldClientID},
			{Key: FieldClientSecret, Secret: true},
			{Key: FieldRedirectURI, Default: DefaultRedirectURI, Check: checkRedirectURI},
			{Key: FieldPersonalToken, Secret: true, Check: checkPersonalToken},
			{Key: FieldBaseURL, Advanced: true, Default: DefaultBaseURL, Check: func(v string) error {
				return urlcheck.Base(FieldBaseURL, v)
			}},
			{Key: FieldAPIURL, Advanced: true, Check: func(v string) error { return urlcheck.Base(FieldAPIURL, v) }},
		},
	}
}

// Open implements providers.Provider. With a client ID the session signs in
// through the browser, without one by a token; whether the secret that belongs
// to it is there, Verify checks.
func (p provider) Open(a providers.Account, env providers.Environment) (providers.Session, error) {
	if env.Vault == nil {
		return nil, errors.New("open kollus: no vault")
	}
	set := func(key, def string) string { return strings.TrimSpace(a.Setting(key, def)) }
	account, base := set(FieldServiceAccount, ""), trimSlash(set(FieldBaseURL, DefaultBaseURL))
	redirect := set(FieldRedirectURI, DefaultRedirectURI)
	api := apiAddress(set(FieldAPIURL, ""), set(FieldBaseURL, ""))
	err := errors.Join(
		checkServiceAccount(account), checkRedirectURI(redirect),
		urlcheck.Base(FieldBaseURL, base), urlcheck.Base(FieldAPIURL, api),
	)
	if err != nil {
		return nil, err
	}
	s := &session{
		channel: strings.TrimSpace(a.Channel),
		root:    api + apiPath + "/service-accounts/" + url.PathEscape(account),
		vault:   env.Vault, ingests: ingeststore.Store{Vault: env.Vault},
		http: httpcall.New(env.HTTP, callTimeout), now: time.Now, onWait: env.Waiting,
	}
	s.limiter = p.limiters.forAccount(s.root)
	client := set(FieldClientID, "")
	if client == "" {
		token := &tokenCredential{vault: env.Vault, now: s.now}
		s.credential = token
		return &tokenSession{s, token}, nil
	}
	source := oauth.NewSource(oauth.Config{Vault: env.Vault, Endpoint: oauth.Endpoint{
		TokenURL: base + "/oauth/token", ClientID: client, RedirectURI: redirect,
		HTTP: s.limitedClient(), UserAgent: httpcall.UserAgent(), Inspect: inspectToken,
	}})
	s.credential = oauthCredential{source}
	return &browserSession{session: s, source: source, base: base, clientID: client, redirectURI: redirect}, nil
}

// apiAddress returns the address of the API: as set, else that of the sign-in
// where that was set, as in the document's examples, else the vendor's.
func apiAddress(api, base string) string {
	for _, given := range []string{api, base} {
		if given != "" {
			return strings.TrimSuffix(trimSlash(given), apiPath)
		}
	}
	return DefaultAPIURL
}

func trimSlash(s string) string { return strings.TrimRight(s, "/") }

// maxServiceAccount bounds a service account's key, in bytes. A bound inside the
// expression would cost milliseconds at each start of the program.
const maxServiceAccount = 512

var serviceAccount = regexp.MustCompile(`^[\p{L}\p{N}._-]+$`)

func checkServiceAccount(key string) error {
	switch key = strings.TrimSpace(key); {
	case key == "":
		return usage(FieldServiceAccount, "service_account.missing")
	case len(key) > maxServiceAccount, !serviceAccount.MatchString(key), strings.Trim(key, ".") == "":
		return usage(FieldServiceAccount, "service_account.invalid")
	}
	return nil
}

func checkRedirectURI(uri string) error { return urlcheck.Redirect(FieldRedirectURI, uri) }

// checkPersonalToken checks the form of a token, to catch what was pasted by
// mistake.
func checkPersonalToken(token string) error {
	token = strings.TrimSpace(token)
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	if len(token) < 8 || strings.ContainsFunc(token, odd) {
		return usage(FieldPersonalToken, "personal_token.invalid")
	}
	return nil
}

// usage makes an error of kind ErrUsage.
func usage(field, reason string) *providers.Error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "check", Field: field, Reason: reason}
}

// limitedClient is the client for sign-in. Its calls count against the same limit
// as those of the API: both are on one service.
func (s *session) limitedClient() *http.Client {
	client := *s.http.HTTP()
	base := client.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	client.Transport = limitedTransport{base, s}
	return &client
}

type limitedTransport struct {
	base    http.RoundTripper
	session *session
}

// RoundTrip keeps the limit within this process only: during a refresh the Vault
// is already locked.
func (t limitedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := t.session.limiter.wait(req.Context(), opToken, t.session.onWait); err != nil {
		return nil, err
	}
	return t.base.RoundTrip(req)
}
