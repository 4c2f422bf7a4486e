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

// overlays are the endpoints of the pages that a browser source shows.
type overlays struct{ *platform }

// overlay is POST aqua/component/get. The address it answers works without
// signing in: it is a secret of its own.
func (h overlays) overlay(w http.ResponseWriter, c *call) {
	user := h.authenticate(w, c)
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
		"component_url": h.BaseURL() + c.d.prefix + "/overlay/component?szKey=" + h.overlayKey(user, kind, device),
	}})
}

func (h overlays) overlayKey(user, kind, device string) string {
	return ".A32." + derive(h.Seed, 32, "overlay", user, kind, device)
}

// overlayPage is what a browser source shows: made-up chat, notices or a goal
// on a clear ground.
func (h overlays) overlayPage(w http.ResponseWriter, c *call) {
	given := secret.New(c.params["szKey"])
	for _, p := range People {
		for _, kind := range overlayKinds {
			for _, device := range overlayDevices {
				if given.Equal(secret.New(h.overlayKey(p.ID, kind, device))) {
					h.Pages.Overlay(w, c.Request, page.Overlay{Kind: kind, Device: device, Nick: p.Nick})
					return
				}
			}
		}
	}
	h.Pages.Message(w, c.Request, http.StatusNotFound, page.NotFound)
}
