// Package soop is SOOP and, as a dialect of it, AfreecaTV: the whole Open API
// of the two, as a providers.Provider.
//
// Facts come from the SOOP Open API document and the AfreecaTV Open API
// document; comments name the section ("SOOP Open API, broad/rtmp"). Where the
// two disagree both are read, and what is sent goes by the dialect. What public
// clients have seen beyond them is tolerated and never relied on.
//
// Answers are read leniently (numbers as strings, objects as arrays of one) and
// checked strictly, in this order: transport, HTTP status, the "error" member, a
// result of zero or less, a missing member. A rejected token is replaced and
// the call repeated, once.
//
// Reasons of errors, beyond those of package oauth: platform.too_frequent,
// platform.fault, platform.blocked, platform.scope, client.rejected,
// answer.moved, answer.cut, answer.too_large, answer.html, answer.not_json,
// answer.missing, and those of the checks, "<field>.<what is wrong>".
package soop

import (
	"errors"
	"strings"
	"time"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/urlcheck"
	"cuelight/providers/oauth"
)

// Keys of the account's fields.
const (
	FieldClientID     = "client_id"
	FieldClientSecret = providers.SecretClient
	FieldRedirectURI  = "redirect_uri"
	FieldBaseURL      = "base_url"
	FieldDialect      = "dialect"
	FieldPlatformType = "platform_type"
	FieldScope        = "scope"
)

// DefaultRedirectURI is what we ask users to register with the platform.
const DefaultRedirectURI = "http://localhost:12482/callback"

// ID is the platform's name on the command line.
const ID = "soop"

// callTimeout bounds one call, answer included.
const callTimeout = 15 * time.Second

// New returns the platform.
func New() providers.Provider { return provider{} }

type provider struct{}

// Describe implements providers.Provider.
func (provider) Describe() providers.Description {
	return providers.Description{
		ID: ID, Name: "SOOP",
		Fields: []providers.Field{
			{Key: FieldClientID, Required: true, Check: checkClientID},
			{Key: FieldClientSecret, Secret: true, Required: true},
			{Key: FieldRedirectURI, Default: DefaultRedirectURI, Check: checkRedirectURI},
			{Key: FieldDialect, Default: dialectSOOP, Options: []string{dialectSOOP, dialectAfreecaTV}, Check: checkDialect},
			{Key: FieldBaseURL, Advanced: true, Check: checkBaseURL},
			{Key: FieldPlatformType, Advanced: true},
			// Registrations of before 2026 may know no rights.
			{Key: FieldScope, Advanced: true, Default: scopeAsk, Options: []string{scopeAsk, scopeOmit}},
		},
	}
}

// Open implements providers.Provider.
func (provider) Open(a providers.Account, env providers.Environment) (providers.Session, error) {
	if env.Vault == nil {
		return nil, errors.New("open soop: no vault")
	}
	spoken, ok := dialects[a.Setting(FieldDialect, dialectSOOP)]
	if !ok {
		return nil, checkDialect(a.Settings[FieldDialect])
	}
	calls := &api{
		dialect: spoken, vault: env.Vault, http: httpcall.New(env.HTTP, callTimeout),
		clientID: strings.TrimSpace(a.Settings[FieldClientID]),
		baseURL:  strings.TrimRight(strings.TrimSpace(a.Setting(FieldBaseURL, spoken.baseURL)), "/"),
	}
	s := &session{
		api: calls, filters: filters{calls},
		redirectURI:  strings.TrimSpace(a.Setting(FieldRedirectURI, DefaultRedirectURI)),
		platformType: a.Setting(FieldPlatformType, spoken.platformType),
		askRights:    spoken.scope && a.Setting(FieldScope, scopeAsk) != scopeOmit,
	}
	if err := errors.Join(checkClientID(s.clientID), checkRedirectURI(s.redirectURI), checkBaseURL(s.baseURL)); err != nil {
		return nil, err
	}
	s.tokens = oauth.NewSource(oauth.Config{
		Vault: env.Vault,
		Endpoint: oauth.Endpoint{
			TokenURL: s.address("auth/token"), ClientID: s.clientID, RedirectURI: s.redirectURI,
			HTTP: s.http.HTTP(), UserAgent: httpcall.UserAgent(), Inspect: inspectToken,
		},
	})
	return s, nil
}

func checkClientID(id string) error {
	if strings.TrimSpace(id) == "" {
		return usage(FieldClientID, "client_id.missing", 0)
	}
	return nil
}

func checkDialect(name string) error {
	if _, ok := dialects[name]; !ok {
		return usage(FieldDialect, "dialect.unknown", 0)
	}
	return nil
}

func checkRedirectURI(uri string) error { return urlcheck.Redirect(FieldRedirectURI, uri) }

func checkBaseURL(base string) error { return urlcheck.Base(FieldBaseURL, base) }

// usage makes an error of kind ErrUsage.
func usage(field, reason string, limit int) *providers.Error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "check", Field: field, Reason: reason, Limit: limit}
}
