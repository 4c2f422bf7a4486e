package soopsim

import (
	"net/http"
	"slices"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/page"
)

var (
	overlayKinds   = []string{"chat", "notice", "goal"}
	overlayDevices = []string{"pc", "mobile"}
)

// overlay is POST aqua/component/get. The address it answers works without
// signing in: it is a secret of its own.
func (s *Service) overlay(w http.ResponseWriter, c *call) {
	user := s.authenticate(w, c)
	if user == "" {
		return
	}
	kind, device := c.params["component_type"], c.params["platform_type"]
	if kind == "" {
		kind = overlayKinds[0]
	}
	if device == "" {
		device = overlayDevices[0]
	}
	if !slices.Contains(overlayKinds, kind) || !slices.Contains(overlayDevices, device) {
		c.refuse(w, resultRefused, msgRefused, "component_type")
		return
	}
	// Both documents' examples say 성공 here, the English one too.
	writeJSON(w, dataResult{result{resultOK, "성공"}, map[string]string{
		"component_url": s.BaseURL() + c.d.prefix + "/overlay/component?szKey=" + s.overlayKey(user, kind, device),
	}})
}

func (s *Service) overlayKey(user, kind, device string) string {
	return ".A32." + derive(s.Seed, 32, "overlay", user, kind, device)
}

// overlayPage is what a browser source shows: made-up chat, notices or a goal
// on a clear ground.
func (s *Service) overlayPage(w http.ResponseWriter, c *call) {
	given := secret.New(c.params["szKey"])
	for _, p := range People {
		for _, kind := range overlayKinds {
			for _, device := range overlayDevices {
				if given.Equal(secret.New(s.overlayKey(p.ID, kind, device))) {
					s.Pages.Overlay(w, c.Request, page.Overlay{Kind: kind, Device: device, Nick: p.Nick})
					return
				}
			}
		}
	}
	s.Pages.Message(w, c.Request, http.StatusNotFound, page.NotFound)
}
