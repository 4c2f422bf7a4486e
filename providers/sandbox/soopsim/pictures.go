package soopsim

import (
	"net/http"
	"strings"

	"cuelight/providers/sandbox/picture"
)

// host is the server's host and port.
func (p *platform) host() string {
	_, host, _ := strings.Cut(p.BaseURL(), "://")
	return host
}

// thumbnail draws a picture of the documented size, 480x270, for a broadcast.
func thumbnail(w http.ResponseWriter, r *http.Request) {
	picture.Write(w, r.PathValue("file"), 480, 270)
}

// portrait draws a streamer's picture.
func portrait(w http.ResponseWriter, r *http.Request) {
	picture.Write(w, r.PathValue("user"), 150, 150)
}
