package obs

import (
	"context"
	"errors"
	"slices"

	"github.com/andreykaipov/goobs/api/requests/inputs"
	"github.com/andreykaipov/goobs/api/requests/sceneitems"

	"cuelight/internal/secret"
)

// browserKind is the kind of a browser source; an OBS that was built without
// it does not list it.
const browserKind = "browser_source"

// Overlay is a web page laid over the picture.
type Overlay struct {
	// Name of the source. Names are global in OBS, over all scenes.
	Name string
	// URL is often its own key: whoever has it sees the user's alerts.
	URL secret.Text
	// Scene to show it in; empty means the current one.
	Scene string
	// Width and Height in pixels; 0 means those of the canvas.
	Width, Height int
	// Silent keeps the page's sound out of OBS's mixer. Alerts need their sound.
	Silent bool
}

// Placed says what PutOverlay did.
type Placed string

const (
	// Added: the source is new.
	Added Placed = "added"
	// Updated: the source was there; address and size are set, and it was
	// placed in the scene if it was not in it.
	Updated Placed = "updated"
)

// PutOverlay adds an overlay, or updates the browser source of that name.
//
// Errors: ErrNoKind when this OBS has no browser sources, ErrExists when the
// name belongs to something else than a browser source, ErrNotFound when there
// is no such scene, and those of any request.
func (c *Client) PutOverlay(ctx context.Context, o Overlay) (Placed, error) {
	if o.Name == "" || o.URL.Empty() {
		return "", &Error{Kind: ErrUsage, Op: "overlay", Comment: "name and address are both needed"}
	}
	w := overlayWriter{client: c, overlay: o}
	if err := w.needBrowser(ctx); err != nil {
		return "", err
	}
	if err := w.complete(ctx); err != nil {
		return "", err
	}
	o = w.overlay
	settings := map[string]any{
		"url": o.URL.Reveal(), "is_local_file": false,
		"width": o.Width, "height": o.Height, "reroute_audio": !o.Silent,
	}
	err := c.call(ctx, inputs.NewCreateInputParams().WithSceneName(o.Scene).WithInputName(o.Name).
		WithInputKind(browserKind).WithInputSettings(settings).WithSceneItemEnabled(true), nil)
	if err == nil {
		return Added, nil
	}
	if !errors.Is(err, ErrExists) {
		return "", err
	}
	return Updated, w.update(ctx, settings)
}

// overlayWriter takes the steps of PutOverlay.
type overlayWriter struct {
	client  *Client
	overlay Overlay
}

// needBrowser fails with ErrNoKind where OBS has no browser sources.
func (w *overlayWriter) needBrowser(ctx context.Context) error {
	var kinds inputs.GetInputKindListResponse
	if err := w.client.call(ctx, inputs.NewGetInputKindListParams().WithUnversioned(true), &kinds); err != nil {
		return err
	}
	if !slices.Contains(kinds.InputKinds, browserKind) {
		return &Error{Kind: ErrNoKind, Op: "overlay", Comment: browserKind}
	}
	return nil
}

// complete fills in scene and size where they are left open.
func (w *overlayWriter) complete(ctx context.Context) error {
	o := &w.overlay
	list, err := w.client.Scenes(ctx)
	if err != nil {
		return err
	}
	o.Scene = list.named(o.Scene)
	if o.Width > 0 && o.Height > 0 {
		return nil
	}
	video, err := w.client.Video(ctx)
	o.Width, o.Height = video.BaseWidth, video.BaseHeight
	return err
}

// update turns the source that has the name already into the overlay.
func (w *overlayWriter) update(ctx context.Context, settings map[string]any) error {
	o := w.overlay
	var held inputs.GetInputSettingsResponse
	err := w.client.call(ctx, inputs.NewGetInputSettingsParams().WithInputName(o.Name), &held)
	if errors.Is(err, ErrNotFound) || err == nil && held.InputKind != browserKind {
		return &Error{Kind: ErrExists, Op: "overlay", Comment: "the name belongs to another kind of source"}
	}
	if err != nil {
		return err
	}
	items, err := w.client.SceneItems(ctx, o.Scene)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(items, func(i SceneItem) bool { return i.Source == o.Name }) {
		params := sceneitems.NewCreateSceneItemParams().WithSceneName(o.Scene).WithSourceName(o.Name)
		if err := w.client.call(ctx, params, nil); err != nil {
			return err
		}
	}
	return w.client.call(ctx, inputs.NewSetInputSettingsParams().WithInputName(o.Name).
		WithInputSettings(settings).WithOverlay(true), nil)
}
