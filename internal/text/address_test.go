package text_test

import (
	"testing"

	"cuelight/internal/text"
)

func TestAnAddressIsShownWithoutWhatMayBeASecret(t *testing.T) {
	for address, want := range map[string]string{
		"rtmp://live.example:1935/app":                  "rtmp://live.example:1935/app",
		"rtmp://user:word@live.example/app?token=x#y":   "rtmp://live.example/app",
		"srt://live.example:9000?passphrase=x":          "srt://live.example:9000",
		"rtmp://live.example/app?":                      "rtmp://live.example/app",
		"rtmp://live.example/\x1b]0;x":                  "",
		"rtmp://user:wo rd@live.example:port/app?key=x": "",
		"auto": "auto", "": "",
	} {
		if got := text.Address(address); got != want {
			t.Errorf("%q is shown as %q, want %q", address, got, want)
		}
	}
}
