package httpcall

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"cuelight/providers"
)

// certified starts a server with a certificate of its own, and gives a client
// that trusts whoever signed it, where trusted.
func certified(t *testing.T, trusted bool, change func(*x509.Certificate)) (*httptest.Server, *http.Client) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	change(template)
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = nil
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
	server.StartTLS()
	t.Cleanup(server.Close)
	pool := x509.NewCertPool()
	if parsed, err := x509.ParseCertificate(raw); err == nil && trusted {
		pool.AddCert(parsed)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	t.Cleanup(transport.CloseIdleConnections)
	return server, &http.Client{Transport: transport}
}

func TestCertificatesThatAreNotTrustedAreToldAsSuch(t *testing.T) {
	for want, c := range map[string]struct {
		trusted bool
		change  func(*x509.Certificate)
	}{
		"tls.untrusted": {false, func(*x509.Certificate) {}},
		"tls.clock":     {true, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }},
		"tls.name":      {true, func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(10, 0, 0, 1)} }},
	} {
		server, client := certified(t, c.trusted, c.change)
		_, err := New(client, time.Second).Do(t.Context(), Request{Op: "op", Method: http.MethodGet, URL: server.URL})
		e, _ := errors.AsType[*providers.Error](err)
		if e == nil || !errors.Is(err, providers.ErrUnreachable) || e.Reason != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}
