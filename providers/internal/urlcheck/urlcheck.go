// Package urlcheck validates the addresses that users enter for a platform, and
// recognises those of this machine.
package urlcheck

import (
	"net/netip"
	"net/url"
	"strings"

	"cuelight/providers"
)

// Base validates the base address of a service, which secrets are sent to:
// https, or plain http on this machine. Its errors are of kind ErrUsage with
// the reasons base_url.invalid and base_url.insecure.
func Base(field, base string) error {
	fail := func(reason string) error {
		return &providers.Error{Kind: providers.ErrUsage, Op: "check", Field: field, Reason: reason}
	}
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fail("base_url.invalid")
	}
	switch {
	case u.Scheme == "https":
		return nil
	case u.Scheme != "http":
		return fail("base_url.invalid")
	case !IsLoopback(u.Hostname()):
		return fail("base_url.insecure")
	}
	return nil
}

// IsLoopback reports whether a host, without port or brackets, is this machine:
// localhost, 127.0.0.0/8 or ::1. No name is looked up.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback() && ip.Zone() == ""
}

// Redirect validates a redirect URI. It lets any web address through: one that
// is not on loopback still works by pasting. A fragment (RFC 6749, 3.1.2) and a
// user have no place in it. Its error is of kind ErrUsage with
// the reason redirect_uri.invalid.
func Redirect(field, uri string) error {
	u, err := url.Parse(strings.TrimSpace(uri))
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || (u.Scheme != "http" && u.Scheme != "https") {
		return &providers.Error{Kind: providers.ErrUsage, Op: "check", Field: field, Reason: "redirect_uri.invalid"}
	}
	return nil
}

// RTMP validates the server part of an Ingest. Its error is of kind ErrUsage
// with the reason rtmp_url.invalid.
func RTMP(field, server string) error {
	u, err := url.Parse(strings.TrimSpace(server))
	if err != nil || u.Hostname() == "" || (u.Scheme != "rtmp" && u.Scheme != "rtmps") {
		return &providers.Error{Kind: providers.ErrUsage, Op: "check", Field: field, Reason: "rtmp_url.invalid"}
	}
	return nil
}
