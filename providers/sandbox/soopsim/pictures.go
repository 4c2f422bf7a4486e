package soopsim

import (
	"net/http"
	"strings"

	"cuelight/providers/sandbox/picture"
)

// host is the server's host and port.
func (s *Service) host() string {
	_, host, _ := strings.Cut(s.BaseURL(), "://")
	return host
}

// thumbnail draws a picture of the documented size, 480x270, for a broadcast.
func (s *Service) thumbnail(w http.ResponseWriter, r *http.Request) {
	picture.Write(w, r.PathValue("file"), 480, 270)
}

// portrait draws a streamer's picture.
func (s *Service) portrait(w http.ResponseWriter, r *http.Request) {
	picture.Write(w, r.PathValue("user"), 150, 150)
}
