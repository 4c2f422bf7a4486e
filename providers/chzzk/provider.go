// Package chzzk is CHZZK (치지직), Naver's streaming platform, by its official
// Open API, as a providers.Provider.
//
// Facts come from the Open API's documents (chzzk.gitbook.io/chzzk); comments name
// the page. Where the documents are silent (the bounds of a title and of tags, the
// server to stream to) a comment says who has seen it. Nothing was measured
// against the live service.
//
// A call is made in one of two ways, and the platform refuses the other one: as
// the user, with the token of a sign-in, or as the application, with its client
// ID and secret. What is made as the application works before anybody has signed
// in. An answer is an envelope {"code","message","content"}; its error words in
// capitals are read, its sentences only shown.
//
// The platform does not say why it rejects a token: one that has ended, was
// revoked or lacks a scope gets the same answer. A rejected token is replaced and
// the call repeated, once; a new token that is rejected as well lacks the scope.
//
// Reasons of errors, beyond those of package oauth: client_id.missing,
// client_id.invalid, client_secret.missing, redirect_uri.invalid,
// base_url.invalid, base_url.insecure, rtmp_url.invalid, client.rejected,
// platform.scope, platform.scope_or_signin, platform.too_frequent,
// platform.fault, platform.blocked, answer.moved, answer.cut, answer.too_large,
// answer.html, answer.not_json, answer.missing, ingest.unseen,
// category.query_empty, directory.both, order.unknown, live.not_offered, and
// those of the checks, "<field>.<what is wrong>".
package chzzk

import (
	"errors"
	"strings"
	"time"
	"unicode"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/urlcheck"
	"cuelight/providers/oauth"
)

// ID is the platform's name on the command line.
const ID = "chzzk"

// Keys of the account's fields.
const (
	FieldClientID      = "client_id"
	FieldClientSecret  = providers.SecretClient
	FieldRedirectURI   = "redirect_uri"
	FieldAPIURL        = "api_url"
	FieldAuthorizeURL  = "authorize_url"
	FieldRTMPURL       = "rtmp_url"
	FieldLiveStatus    = "live_status"
	FieldLiveStatusURL = "live_status_url"
)

const (
	// DefaultAPIURL is where calls and token calls go (Authorization).
	DefaultAPIURL = "https://openapi.chzzk.naver.com"
	// DefaultAuthorizeURL is the page of the sign-in (Authorization).
	DefaultAuthorizeURL = "https://chzzk.naver.com/account-interlock"
	// DefaultRedirectURI is what we ask users to register. The port is fixed: the
	// platform compares the whole address.
	DefaultRedirectURI = "http://localhost:12482/callback"
	// DefaultRTMPURL is the server to stream to, by OBS's own list of services; the
	// API does not tell it.
	DefaultRTMPURL = "rtmp://global-rtmp.lip2.navercorp.com:8080/relay"
	// DefaultLiveStatusURL is the host of the web site's own live status.
	DefaultLiveStatusURL = "https://api.chzzk.naver.com"
	// siteURL is the web site, where broadcasts are watched.
	siteURL = "https://chzzk.naver.com"
)

// Values of FieldLiveStatus.
const (
	liveStatusOff        = "off"
	liveStatusUnofficial = "unofficial"
)

// callTimeout bounds one call, answer included.
const callTimeout = 15 * time.Second

// New returns the platform.
func New() providers.Provider { return provider{} }

type provider struct{}

// Describe implements providers.Provider.
func (provider) Describe() providers.Description {
	return providers.Description{
		ID: ID, Name: "CHZZK",
		Fields: []providers.Field{
			{Key: FieldClientID, Required: true, Check: checkClientID},
			{Key: FieldClientSecret, Secret: true, Required: true},
			{Key: FieldRedirectURI, Default: DefaultRedirectURI, Check: checkRedirectURI},
			{Key: FieldRTMPURL, Advanced: true, Default: DefaultRTMPURL, Check: checkRTMPURL},
			// The Open API has no live status. The web site's own may change or be
			// closed at any time, and using it is for the user to decide.
			{Key: FieldLiveStatus, Advanced: true, Default: liveStatusOff, Options: []string{liveStatusOff, liveStatusUnofficial}},
			{Key: FieldAPIURL, Advanced: true, Default: DefaultAPIURL, Check: checkBase(FieldAPIURL)},
			{Key: FieldAuthorizeURL, Advanced: true, Default: DefaultAuthorizeURL, Check: checkBase(FieldAuthorizeURL)},
			{Key: FieldLiveStatusURL, Advanced: true, Default: DefaultLiveStatusURL, Check: checkBase(FieldLiveStatusURL)},
		},
	}
}

// Open implements providers.Provider. The session has a live status where the
// account's setting asks for the unofficial one.
func (provider) Open(a providers.Account, env providers.Environment) (providers.Session, error) {
	if env.Vault == nil {
		return nil, errors.New("open chzzk: no vault")
	}
	set := func(key, def string) string { return strings.TrimSpace(a.Setting(key, def)) }
	base := func(key, def string) string { return strings.TrimRight(set(key, def), "/") }
	s := &session{
		api: &api{
			vault: env.Vault, http: httpcall.New(env.HTTP, callTimeout), clientID: set(FieldClientID, ""),
			baseURL: base(FieldAPIURL, DefaultAPIURL),
		},
		authorizeURL: set(FieldAuthorizeURL, DefaultAuthorizeURL), redirectURI: set(FieldRedirectURI, DefaultRedirectURI),
		rtmpURL: set(FieldRTMPURL, DefaultRTMPURL), liveStatusURL: base(FieldLiveStatusURL, DefaultLiveStatusURL),
	}
	err := errors.Join(
		checkClientID(s.clientID), checkRedirectURI(s.redirectURI), checkRTMPURL(s.rtmpURL),
		checkBase(FieldAPIURL)(s.baseURL), checkBase(FieldAuthorizeURL)(s.authorizeURL), checkBase(FieldLiveStatusURL)(s.liveStatusURL),
	)
	if err != nil {
		return nil, err
	}
	s.tokens = oauth.NewSource(oauth.Config{Vault: env.Vault, Endpoint: oauth.Endpoint{
		TokenURL: s.address(opToken), ClientID: s.clientID, RedirectURI: s.redirectURI,
		HTTP: s.http.HTTP(), UserAgent: httpcall.UserAgent(), Dialect: tokenDialect(),
	}})
	if a.Setting(FieldLiveStatus, liveStatusOff) == liveStatusUnofficial {
		return &liveSession{session: s}, nil
	}
	return s, nil
}

// checkClientID lets every form through: none is documented.
func checkClientID(id string) error {
	switch id = strings.TrimSpace(id); {
	case id == "":
		return usage(FieldClientID, "client_id.missing", 0)
	case strings.ContainsFunc(id, unicode.IsSpace):
		return usage(FieldClientID, "client_id.invalid", 0)
	}
	return nil
}

func checkRedirectURI(uri string) error { return urlcheck.Redirect(FieldRedirectURI, uri) }

func checkRTMPURL(server string) error { return urlcheck.RTMP(FieldRTMPURL, server) }

func checkBase(field string) func(string) error {
	return func(base string) error { return urlcheck.Base(field, base) }
}

// usage makes an error of kind ErrUsage.
func usage(field, reason string, limit int) *providers.Error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "check", Field: field, Reason: reason, Limit: limit}
}
