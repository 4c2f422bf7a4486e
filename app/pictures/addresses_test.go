package pictures

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

func TestOnlyAddressesOfTheInternetArePublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.215.14": true, "2606:2800:21f:cb07:6820:80da:af6b:8b2c": true, "64:ff9b::5db8:d70e": true,
		"127.0.0.1": false, "127.8.9.10": false, "::1": false, "::ffff:127.0.0.1": false, "::7f00:1": false,
		"10.1.2.3": false, "172.16.0.1": false, "192.168.0.1": false, "fd00::1": false, "fc00::1": false,
		"169.254.169.254": false, "fe80::1%eth0": false, "fec0::1": false,
		"0.0.0.0": false, "0.1.2.3": false, "::": false, "100.64.0.1": false, "198.18.0.1": false,
		"224.0.0.251": false, "255.255.255.255": false, "240.0.0.1": false, "ff02::fb": false,
		"64:ff9b::7f00:1": false, "64:ff9b::c0a8:1": false, "2002:7f00:1::1": false, "2002:c0a8:1::1": false,
	} {
		if got := Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %v", address, got)
		}
	}
}

// A platform names the addresses of its pictures, and could name the router's.
func TestAPictureOnThisMachineIsNotAskedFor(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte("picture"))
	}))
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for name, host := range map[string]string{
		"its address": "127.0.0.1", "a name for it": "localhost", "mapped": "[::ffff:127.0.0.1]", "any": "0.0.0.0",
	} {
		if got, err := NewFetcher(nil).Fetch(t.Context(), "http://"+host+":"+port+"/a.png"); err == nil {
			t.Errorf("%s: got %q", name, got)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("asked %d times", n)
	}
}

func TestARedirectLeadsNowhereThatIsNotAllowed(t *testing.T) {
	var asked atomic.Int32
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(inner.Close)
	listener, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("one address of this machine only: %v", err)
	}
	outer := &httptest.Server{Listener: listener, Config: &http.Server{
		Handler: http.RedirectHandler(inner.URL+"/a.png", http.StatusFound),
	}}
	outer.Start()
	t.Cleanup(outer.Close)
	// The second address of this machine stands for the internet.
	fetcher := NewFetcher(func(a netip.Addr) bool { return a == netip.MustParseAddr("127.0.0.2") })
	if _, err := fetcher.Fetch(t.Context(), outer.URL); err == nil || asked.Load() > 0 {
		t.Errorf("got %v, asked %d times", err, asked.Load())
	}
}
