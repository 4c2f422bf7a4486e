package obs

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/andreykaipov/goobs/api/requests/sceneitems"
	"github.com/andreykaipov/goobs/api/requests/scenes"
	"github.com/andreykaipov/goobs/api/requests/sources"

	"cuelight/internal/text"
)

// Scenes is the scenes of the current collection.
type Scenes struct {
	// Current is the scene that is on air, or would be.
	Current string
	// Names lists all, in the order in which OBS shows them.
	Names []string
}

// Scenes asks for the scenes.
func (c *Client) Scenes(ctx context.Context) (Scenes, error) {
	var a scenes.GetSceneListResponse
	if err := c.call(ctx, &scenes.GetSceneListParams{}, &a); err != nil {
		return Scenes{}, err
	}
	out := Scenes{Current: a.CurrentProgramSceneName}
	for i := len(a.Scenes) - 1; i >= 0; i-- { // OBS lists them from the bottom
		if a.Scenes[i] != nil {
			out.Names = append(out.Names, a.Scenes[i].SceneName)
		}
	}
	return out, nil
}

// named gives the name of the scene that is meant as OBS has it: it may have been
// typed in another form of its characters, as macOS writes Hangul in pieces. It is
// the current scene where none is named, and the name itself where there is none.
func (s Scenes) named(name string) string {
	if name == "" || slices.Contains(s.Names, name) {
		return cmp.Or(name, s.Current)
	}
	meant, _ := text.Name(name)
	for _, known := range s.Names {
		if same, _ := text.Name(known); same == meant {
			return known
		}
	}
	return name
}

// SwitchScene puts a scene on air; in studio mode OBS does so past its preview. Errors:
// ErrNotFound, and those of any request.
func (c *Client) SwitchScene(ctx context.Context, name string) error {
	return c.call(ctx, scenes.NewSetCurrentProgramSceneParams().WithSceneName(name), nil)
}

// SceneItem is one source in a scene.
type SceneItem struct {
	Source string
	// Kind is the input kind; empty for a scene within a scene.
	Kind string
	// Shown is its eye in OBS's list, and that of its group.
	Shown bool
}

// SceneItems lists what is in a scene; of a group, what is in it. Errors:
// ErrNotFound, and those of any request.
func (c *Client) SceneItems(ctx context.Context, scene string) ([]SceneItem, error) {
	var a sceneitems.GetSceneItemListResponse
	params := sceneitems.NewGetSceneItemListParams().WithSceneName(scene)
	if err := c.call(ctx, params, &a); err != nil {
		return nil, err
	}
	var out []SceneItem
	for _, i := range a.SceneItems {
		if i == nil {
			continue
		}
		if !i.IsGroup { // groups have no groups in them
			out = append(out, SceneItem{Source: i.SourceName, Kind: i.InputKind, Shown: i.SceneItemEnabled})
			continue
		}
		var group sceneitems.GetGroupSceneItemListResponse
		if err := c.call(ctx, sceneitems.NewGetGroupSceneItemListParams().WithSceneName(i.SourceName), &group); err != nil {
			return nil, err
		}
		for _, in := range group.SceneItems {
			if in != nil {
				out = append(out, SceneItem{Source: in.SourceName, Kind: in.InputKind, Shown: i.SceneItemEnabled && in.SceneItemEnabled})
			}
		}
	}
	return out, nil
}

// Picture gives a fingerprint of what a scene looks like now, seen small: two
// equal ones some seconds apart mean that nothing moves. It makes OBS render
// once more, so ask seldom.
func (c *Client) Picture(ctx context.Context, scene string) (string, error) {
	var a sources.GetSourceScreenshotResponse
	params := sources.NewGetSourceScreenshotParams().WithSourceName(scene).
		WithImageFormat("png").WithImageWidth(160).WithImageHeight(90)
	if err := c.call(ctx, params, &a); err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(a.ImageData))
	return hex.EncodeToString(sum[:]), nil
}
