package pictures

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// special are networks that no picture of a platform comes from: a page there is a
// router's, a printer's or another program's, and to ask it may do something
// (IANA's special-purpose address registries; IPv6 addresses that carry an IPv4
// address of one of them are refused as well).
var special = [...]netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carrier-grade NAT
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarks, and fake addresses of VPNs
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b:1::/48"), // NAT64 within a network
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("fec0::/10"), // site-local, of old
}

// Public reports whether an address is one of the internet: not of this machine, its
// network or its neighbours.
func Public(address netip.Addr) bool {
	address = address.Unmap().WithZone("")
	if inner, ok := embedded(address); ok {
		return Public(inner)
	}
	if !address.IsGlobalUnicast() || address.IsPrivate() {
		return false
	}
	for _, network := range special {
		if network.Contains(address) {
			return false
		}
	}
	return true
}

// Anywhere allows every address: simulated platforms are on this machine.
func Anywhere(netip.Addr) bool { return true }

// embedded gives the IPv4 address that an IPv6 one leads to through a translator or
// tunnel: NAT64 (RFC 6052), 6to4 (RFC 3056) and IPv4-compatible addresses.
func embedded(address netip.Addr) (netip.Addr, bool) {
	if !address.Is6() {
		return netip.Addr{}, false
	}
	b := address.As16()
	for _, form := range []struct {
		prefix netip.Prefix
		at     int
	}{
		{netip.MustParsePrefix("64:ff9b::/96"), 12},
		{netip.MustParsePrefix("2002::/16"), 2},
		{netip.MustParsePrefix("::/96"), 12},
	} {
		if form.prefix.Contains(address) {
			return netip.AddrFrom4([4]byte(b[form.at : form.at+4])), true
		}
	}
	return netip.Addr{}, false
}

// transport connects to allowed addresses only. They are looked at when a connection
// is made, after names were resolved: a name that is harmless when it is looked at may
// lead elsewhere a moment later.
func transport(allowed func(netip.Addr) bool) http.RoundTripper {
	dialer := net.Dialer{
		Timeout: fetchTimeout,
		Control: func(_, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("not an address: %w", err)
			}
			if !allowed(at.Addr()) {
				return errors.New("not an address of the internet")
			}
			return nil
		},
	}
	// No proxy: it would resolve names itself, and may be on this machine.
	return &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
		MaxIdleConns: 8, IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: fetchTimeout,
	}
}
