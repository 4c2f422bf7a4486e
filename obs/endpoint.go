package obs

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"cuelight/internal/secret"
	"cuelight/internal/text"
)

// DefaultPort is where obs-websocket listens unless told otherwise.
const DefaultPort = 4455

// Endpoint is where an OBS is listening and how to get in.
type Endpoint struct {
	// Host is a name or an address, without brackets. "localhost" and the empty
	// string mean this machine: 127.0.0.1 first, then ::1.
	Host string
	// Port is 1–65535; 0 means DefaultPort.
	Port int
	// Password is empty where OBS asks for none.
	Password secret.Text
	// Unprotected: what listens there is used although it asks for no password and
	// Password is set. Otherwise it is refused with ErrUnprotected.
	Unprotected bool
}

// ParseEndpoint reads HOST:PORT, HOST, :PORT or [IPv6]:PORT. The password is
// never part of it: it would end up in a process list.
func ParseEndpoint(s string) (Endpoint, error) {
	s = text.Digits(s) // a Korean keyboard gives full-width digits and colons
	s = strings.TrimPrefix(s, "ws://")
	s = strings.TrimSuffix(s, "/")
	if s == "" || strings.ContainsAny(s, "/@?# \t") || text.CheckToken(s) != nil {
		return Endpoint{}, badEndpoint("an address of OBS looks like HOST:PORT")
	}
	if ip := net.ParseIP(strings.Trim(s, "[]")); ip != nil {
		return Endpoint{Host: strings.Trim(s, "[]"), Port: DefaultPort}, nil
	}
	if !strings.Contains(s, ":") {
		s += ":" + strconv.Itoa(DefaultPort)
	}
	host, portText, err := net.SplitHostPort(s)
	if err != nil {
		return Endpoint{}, badEndpoint("an address of OBS looks like HOST:PORT")
	}
	port, err := strconv.Atoi(portText)
	if err != nil || port < 1 || port > 65535 {
		return Endpoint{}, badEndpoint(fmt.Sprintf("port %q is not a number from 1 to 65535", portText))
	}
	if host == "" {
		host = "localhost"
	}
	return Endpoint{Host: host, Port: port}, nil
}

func badEndpoint(why string) error {
	return &Error{Kind: ErrUsage, Op: "address", Comment: why}
}

// Address gives HOST:PORT, with brackets around an IPv6 address.
func (e Endpoint) Address() string {
	host := e.Host
	if host == "" {
		host = "localhost"
	}
	return net.JoinHostPort(host, strconv.Itoa(e.port()))
}

// Local reports whether the endpoint is on this machine.
func (e Endpoint) Local() bool {
	if e.Host == "" || strings.EqualFold(e.Host, "localhost") {
		return true
	}
	ip := net.ParseIP(e.Host)
	return ip != nil && ip.IsLoopback()
}

func (e Endpoint) port() int {
	if e.Port == 0 {
		return DefaultPort
	}
	return e.Port
}

// addresses lists what to dial, in order. OBS listens on both families unless
// told to stay with IPv4, and "localhost" may resolve to either first.
func (e Endpoint) addresses() []string {
	port := strconv.Itoa(e.port())
	if e.Host == "" || strings.EqualFold(e.Host, "localhost") {
		return []string{net.JoinHostPort("127.0.0.1", port), net.JoinHostPort("::1", port)}
	}
	return []string{net.JoinHostPort(e.Host, port)}
}
