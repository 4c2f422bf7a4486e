package soop

import (
	"context"
	"net/url"
	"slices"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// Overlay implements providers.Overlays (SOOP Open API, aqua/component/get).
func (s *session) Overlay(ctx context.Context, kind, device string) (secret.Text, error) {
	const op = "aqua/component/get"
	if !slices.Contains(providers.OverlayKinds, kind) {
		return secret.Text{}, usage("kind", "overlay.kind", 0)
	}
	if device != "pc" && device != "mobile" {
		return secret.Text{}, usage("device", "overlay.device", 0)
	}
	a, err := s.callSignedIn(ctx, op, url.Values{"platform_type": {device}, "component_type": {kind}})
	if err != nil {
		return secret.Text{}, err
	}
	var data lenient.Record[struct {
		URL lenient.Text `json:"component_url"`
	}]
	_ = data.UnmarshalJSON(a["data"])
	address := pictureURL(data.Value.URL)
	if address == "" {
		return secret.Text{}, missing(op, "data.component_url")
	}
	return secret.New(address), nil
}
