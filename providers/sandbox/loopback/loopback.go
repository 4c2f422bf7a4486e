// Package loopback tells this machine's own names from all others.
package loopback

import (
	"net"
	"strings"
)

// Host reports whether a host, without port or brackets, is this machine's own:
// localhost, 127.0.0.0/8 or ::1. No name is looked up.
func Host(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
