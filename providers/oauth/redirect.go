package oauth

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"cuelight/providers"
	"cuelight/providers/internal/urlcheck"
)

// opSignIn names the browser sign-in in errors.
const opSignIn = "sign in"

// redirect is a parsed redirect URI.
type redirect struct {
	// host is as in a Host header, with the port where one is given.
	host string
	// path is never empty.
	path string
	// listen are the addresses to listen on; all but the first may be missing
	// on this machine.
	listen []string
}

// parseRedirect parses a redirect URI that is to be listened on.
func parseRedirect(uri string) (redirect, error) {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return redirect{}, redirectError("signin.redirect_invalid", "it is not a web address")
	}
	if u.Scheme != "http" {
		return redirect{}, redirectError("signin.redirect_not_loopback",
			"only http can be listened on, got "+strconv.Quote(u.Scheme))
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return redirect{}, redirectError("signin.redirect_invalid", "its port is not usable")
	}
	r := redirect{host: strings.ToLower(u.Host), path: u.EscapedPath()}
	if r.path == "" {
		r.path = "/"
	}
	name := strings.ToLower(u.Hostname())
	if name == "localhost" {
		// Browsers try either address, in an order of their own. Holding both
		// also keeps another program from receiving the code on the other one.
		r.listen = []string{net.JoinHostPort("127.0.0.1", port), net.JoinHostPort("::1", port)}
		return r, nil
	}
	if !urlcheck.IsLoopback(name) {
		return redirect{}, redirectError("signin.redirect_not_loopback",
			"it leads away from this machine, to "+strconv.Quote(name))
	}
	r.listen = []string{net.JoinHostPort(name, port)}
	return r, nil
}

// at reports whether a Host header names the redirect URI's own host, with or
// without http's default port.
func (r redirect) at(host string) bool {
	const defaultPort = ":80"
	return strings.EqualFold(host, r.host) || strings.EqualFold(host+defaultPort, r.host) || strings.EqualFold(host, r.host+defaultPort) && !hasPort(r.host)
}

// hasPort reports whether a host, as in a Host header, says which port.
func hasPort(host string) bool {
	return strings.LastIndexByte(host, ':') > strings.LastIndexByte(host, ']')
}

// redirectError says what is wrong and what to register.
func redirectError(reason, why string) error {
	return &providers.Error{
		Kind: providers.ErrUsage, Op: opSignIn, Field: "redirect_uri", Reason: reason,
		Err: fmt.Errorf("%s; register a loopback address with the platform, such as http://localhost:12482/callback", why),
	}
}

// signInError makes the errors of a sign-in that is under way.
func signInError(kind error, reason, why string) *providers.Error {
	return &providers.Error{Kind: kind, Op: opSignIn, Reason: reason, Err: errors.New(why)}
}
