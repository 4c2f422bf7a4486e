// Package soop is SOOP and, as a dialect of it, AfreecaTV: the whole Open API
// of the two, as a providers.Provider.
//
// Facts come from the SOOP Open API document and the AfreecaTV Open API
// document; comments name the section ("SOOP Open API, broad/rtmp"). Where the
// two disagree both are read, and what is sent goes by the dialect. What public
// clients have seen beyond them is tolerated and never relied on.
//
// Answers are read leniently (numbers as strings, objects as arrays of one) and
// judged strictly, in this order: transport, HTTP status, the "error" member, a
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
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"cuelight/providers"
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
)

// DefaultRedirectURI is what we ask users to register with the platform.
const DefaultRedirectURI = "http://localhost:12482/callback"

// ID is the platform's name on the command line.
const ID = "soop"

// callTimeout bounds one call, answer included.
const callTimeout = 15 * time.Second

// New gives the platform.
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
	s := &session{
		dialect: spoken, vault: env.Vault, now: time.Now,
		clientID:     strings.TrimSpace(a.Settings[FieldClientID]),
		redirectURI:  strings.TrimSpace(a.Setting(FieldRedirectURI, DefaultRedirectURI)),
		baseURL:      strings.TrimRight(strings.TrimSpace(a.Setting(FieldBaseURL, spoken.baseURL)), "/"),
		platformType: a.Setting(FieldPlatformType, spoken.platformType),
		fruitless:    map[string]fruitless{},
	}
	if err := errors.Join(checkClientID(s.clientID), checkRedirectURI(s.redirectURI), checkBaseURL(s.baseURL)); err != nil {
		return nil, err
	}
	s.lend(env.HTTP)
	s.tokens = oauth.NewSource(oauth.Config{
		Vault: env.Vault,
		Endpoint: oauth.Endpoint{
			TokenURL: s.address("auth/token"), ClientID: s.clientID, RedirectURI: s.redirectURI,
			HTTP: &s.client, UserAgent: userAgent(), Inspect: inspectToken,
		},
	})
	return s, nil
}

// lend takes the program's HTTP client, or makes one. Redirects are not
// followed: they would carry tokens and the client secret elsewhere.
func (s *session) lend(lent *http.Client) {
	if lent != nil {
		s.client = *lent
	} else {
		s.transport = &http.Transport{
			Proxy:             http.ProxyFromEnvironment,
			DialContext:       (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			ForceAttemptHTTP2: true,
			MaxIdleConns:      8,
			// Shorter than any server keeps a connection: a POST on one that the
			// server is closing fails, and may not be sent again by itself.
			IdleConnTimeout:       4 * time.Second,
			TLSHandshakeTimeout:   10 * time.Second,
			ExpectContinueTimeout: time.Second,
		}
		s.client = http.Client{Transport: s.transport, Timeout: callTimeout}
	}
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s.client.Jar = nil
}

// userAgent names the program and its version, as far as the build knows it.
var userAgent = sync.OnceValue(func() string {
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = strings.TrimPrefix(info.Main.Version, "v")
	}
	return "Cuelight/" + version
})

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

// checkRedirectURI lets any web address through: one that is not on loopback
// still works by pasting.
func checkRedirectURI(uri string) error {
	u, err := url.Parse(strings.TrimSpace(uri))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return usage(FieldRedirectURI, "redirect_uri.invalid", 0)
	}
	return nil
}

// checkBaseURL allows plain http on loopback only: tokens and the client secret
// go there.
func checkBaseURL(base string) error {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return usage(FieldBaseURL, "base_url.invalid", 0)
	}
	switch {
	case u.Scheme == "https":
		return nil
	case u.Scheme != "http":
		return usage(FieldBaseURL, "base_url.invalid", 0)
	case !loopback(u.Hostname()):
		return usage(FieldBaseURL, "base_url.insecure", 0)
	}
	return nil
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// usage makes the error for what the user gave.
func usage(field, reason string, limit int) *providers.Error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "check", Field: field, Reason: reason, Limit: limit}
}
