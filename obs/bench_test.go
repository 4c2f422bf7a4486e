package obs_test

import (
	"testing"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

// BenchmarkSetUp is the part that OBS has in "cuelight setup": connect, point
// it, read back, leave.
func BenchmarkSetUp(b *testing.B) {
	o, err := obssim.New(obssim.Options{Password: secret.New("open sesame")})
	if err != nil {
		b.Fatal(err)
	}
	defer o.Close()
	for b.Loop() {
		c, err := obs.Dial(b.Context(), o.Endpoint())
		if err != nil {
			b.Fatal(err)
		}
		if err := obstest.SetService(b.Context(), c, "rtmp://here/app", secret.New("k")); err != nil {
			b.Fatal(err)
		}
		c.Close()
	}
}

// BenchmarkRequest is one request on a held connection.
func BenchmarkRequest(b *testing.B) {
	o, err := obssim.New(obssim.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer o.Close()
	c, err := obs.Dial(b.Context(), o.Endpoint())
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.StreamStatus(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
