package urlcheck

import (
	"errors"
	"testing"

	"cuelight/providers"
)

func TestAddressesThatSecretsMayBeSentTo(t *testing.T) {
	for address, reason := range map[string]string{
		"https://a.example": "", "https://a.example/path": "", "http://127.0.0.1:80": "", "http://localhost": "", "http://[::1]:8080/x": "",
		"http://a.example": "base_url.insecure", "http://127.0.0.1.a.example": "base_url.insecure", "ftp://a.example": "base_url.invalid",
		"a.example": "base_url.invalid", "": "base_url.invalid", "https://u:p@a.example": "base_url.invalid", "https://a.example?x": "base_url.invalid",
		"https://:443": "base_url.invalid", "https://a.example#x": "base_url.invalid",
	} {
		e, _ := errors.AsType[*providers.Error](Base("base_url", address))
		if got := e; (got == nil) != (reason == "") || got != nil && (got.Reason != reason || got.Field != "base_url") {
			t.Errorf("%q: %v", address, got)
		}
	}
	for server, fine := range map[string]bool{"rtmp://a/b": true, "rtmps://a": true, "https://a": false, "": false, "a/b": false, "rtmp://:1935/b": false} {
		if (RTMP("f", server) == nil) != fine {
			t.Errorf("%q is fine: %t", server, !fine)
		}
	}
	for uri, fine := range map[string]bool{
		"http://localhost:12482/callback": true, "https://a.example/back?x=1": true, "http://u:p@localhost:12482/": false,
		"http://localhost:12482/#x": false, "http://:12482/": false, "cuelight://x": false, "": false,
	} {
		if (Redirect("f", uri) == nil) != fine {
			t.Errorf("%q is fine: %t", uri, !fine)
		}
	}
}
