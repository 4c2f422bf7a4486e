// Package tencent is the live rooms of Tencent Chat (the "live engine" of its
// REST API) as a providers.Provider: for somebody who runs an app of their own
// on it and broadcasts into its rooms.
//
// Facts come from the document "Retrieve the Live Streaming List" and its
// neighbours on the same site (get_room_info, update_room_info, RESTful API
// Overview, Generating UserSig, Publishing over RTMP); comments name them.
//
// Every call is signed with a UserSig, which the vendor's own module makes from
// the app's secret key. It is made anew before it ends, and at once when the
// platform says that it has ended; the user never signs in.
//
// Reasons of errors, beyond those of package web: region.unknown,
// sdkappid.invalid, sdkappid.wrong, identifier.invalid, identifier.wrong,
// secret_key.missing, secret_key.wrong, usersig.clock (this computer's clock is
// off), admin.needed, room.none (no room is chosen), room.unknown,
// room.not_streamable, platform.timeout, platform.parameter, platform.request,
// rtmp_url.invalid, and the checks' "<field>.<what>".
package tencent

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/ingeststore"
	"cuelight/providers/internal/urlcheck"
)

// ID is the platform's name on the command line.
const ID = "tencent"

// Keys of the account's fields.
const (
	FieldRegion     = "region"
	FieldSDKAppID   = "sdkappid"
	FieldIdentifier = "identifier"
	FieldSecretKey  = "secret_key"
	FieldBaseURL    = "base_url"
	FieldRTMPURL    = "rtmp_url"
)

// callTimeout bounds one call. The service itself gives up after 3 s (RESTful
// API Overview), so a longer one still hears why.
const callTimeout = 10 * time.Second

// listInterval is the time between the beginnings of two get_room_list calls: ten a
// second are allowed (Retrieve the Live Streaming List), nine are made.
const listInterval = 110 * time.Millisecond

// regions are the places an app can be in and their domains, in the order they
// are shown (RESTful API Overview).
var regions = []struct{ name, domain string }{
	{"seoul", "adminapikr.im.qcloud.com"},
	{"tokyo", "adminapijpn.im.qcloud.com"},
	{"singapore", "adminapisgp.im.qcloud.com"},
	{"china", "console.tim.qq.com"},
	{"jakarta", "adminapiidn.im.qcloud.com"},
	{"frankfurt", "adminapiger.im.qcloud.com"},
	{"silicon-valley", "adminapiusa.im.qcloud.com"},
}

// New returns the platform. All sessions of one New share an app's limit of
// calls.
func New() providers.Provider { return &provider{limits: map[uint32]*rate.Limiter{}} }

type provider struct {
	mu     sync.Mutex // guards limits
	limits map[uint32]*rate.Limiter
}

// limiter returns an app's limit of list calls.
func (p *provider) limiter(app uint32) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.limits[app] == nil {
		p.limits[app] = rate.NewLimiter(rate.Every(listInterval), 1)
	}
	return p.limits[app]
}

// Describe implements providers.Provider.
func (*provider) Describe() providers.Description {
	names := make([]string, 0, len(regions))
	for _, r := range regions {
		names = append(names, r.name)
	}
	return providers.Description{
		ID: ID, Name: "Tencent live rooms", Rooms: true,
		Fields: []providers.Field{
			{Key: FieldRegion, Required: true, Options: names},
			{Key: FieldSDKAppID, Required: true, Check: func(v string) error { _, err := appID(v); return err }},
			{Key: FieldIdentifier, Required: true, Check: checkIdentifier},
			{Key: FieldSecretKey, Secret: true, Required: true},
			{Key: FieldBaseURL, Advanced: true, Check: func(v string) error { return urlcheck.Base(FieldBaseURL, v) }},
			{Key: FieldRTMPURL, Advanced: true, Check: func(v string) error { return urlcheck.RTMP(FieldRTMPURL, v) }},
		},
	}
}

// Open implements providers.Provider.
func (p *provider) Open(a providers.Account, env providers.Environment) (providers.Session, error) {
	if env.Vault == nil {
		return nil, errors.New("open tencent: no vault")
	}
	set := func(key, def string) string { return strings.TrimSpace(a.Setting(key, def)) }
	app, appErr := appID(set(FieldSDKAppID, ""))
	domain, regionErr := domainOf(set(FieldRegion, ""))
	base := strings.TrimRight(set(FieldBaseURL, "https://"+domain), "/")
	rtmp := set(FieldRTMPURL, defaultRTMPServer(app))
	identifier := set(FieldIdentifier, "")
	err := errors.Join(regionErr, appErr, checkIdentifier(identifier), urlcheck.RTMP(FieldRTMPURL, rtmp))
	if regionErr == nil {
		err = errors.Join(err, urlcheck.Base(FieldBaseURL, base))
	}
	if err != nil {
		return nil, err
	}
	s := &session{
		room: strings.TrimSpace(a.Channel), base: base, rtmpServer: rtmp, app: app, identifier: identifier,
		vault: env.Vault, ingests: ingeststore.Store{Vault: env.Vault}, http: httpcall.New(env.HTTP, callTimeout),
		listLimiter: p.limiter(app), onWait: env.Waiting, now: time.Now, pages: newPageHistory(),
	}
	s.signer = signer{app: app, now: time.Now, make: userSig}
	return s, nil
}

func domainOf(region string) (string, error) {
	for _, r := range regions {
		if r.name == region {
			return r.domain, nil
		}
	}
	return "", usage(FieldRegion, "region.unknown")
}

// appID reads an SDKAppID: a number of 32 bits.
func appID(s string) (uint32, error) {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 32)
	if err != nil || n == 0 || n > 1<<31-1 {
		return 0, usage(FieldSDKAppID, "sdkappid.invalid")
	}
	return uint32(n), nil
}

// userID is the form of a user's name (Generating UserSig).
var userID = regexp.MustCompile(`^[A-Za-z0-9_@.:-]{1,64}$`)

func checkIdentifier(name string) error {
	if !userID.MatchString(strings.TrimSpace(name)) {
		return usage(FieldIdentifier, "identifier.invalid")
	}
	return nil
}

// defaultRTMPServer is where to stream to (Publishing over RTMP): apps of the
// international service have the smaller numbers.
func defaultRTMPServer(app uint32) string {
	if app < 1_400_000_000 {
		return "rtmp://intl-rtmp.rtc.qq.com/push/"
	}
	return "rtmp://rtmp.rtc.qq.com/push/"
}

// usage makes an error of kind ErrUsage.
func usage(field, reason string) *providers.Error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "check", Field: field, Reason: reason}
}
