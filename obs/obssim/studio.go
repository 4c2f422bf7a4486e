package obssim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// studio is everything it holds, guarded by OBS.mu.
type studio struct {
	began     time.Time
	service   service // in use; that of the profile is on disk
	output    output
	recording bool
	profiles  map[string]*profile
	profile   string // name of the one in use
	scenes    map[string][]item
	order     []string // names of scenes, top first
	program   string
	inputs    map[string]*input
	kinds     []string
	items     int
	frame     int // what a picture of it shows
}

type item struct {
	id   int
	name string
}

type input struct {
	kind     string
	settings map[string]any
	muted    bool
}

// newStudio is an OBS as a streamer has it: two scenes, a camera, a
// microphone, stream settings that lead nowhere yet.
func newStudio(without []string) studio {
	kinds := []string{
		"image_source", "color_source_v3", "browser_source", "ffmpeg_source",
		"text_gdiplus_v2", "dshow_input", "wasapi_input_capture", "wasapi_output_capture",
	}
	first := newProfile()
	return studio{
		began:    time.Now(),
		service:  first.service,
		profiles: map[string]*profile{firstProfile: first}, profile: firstProfile,
		scenes: map[string][]item{"Main": {{1, "Camera"}}, "Break": {}},
		order:  []string{"Main", "Break"}, program: "Main", items: 1,
		inputs: map[string]*input{
			"Camera":        {kind: "dshow_input", settings: map[string]any{}},
			"Mic/Aux":       {kind: "wasapi_input_capture", settings: map[string]any{}},
			"Desktop Audio": {kind: "wasapi_output_capture", settings: map[string]any{}},
		},
		kinds: slices.DeleteFunc(kinds, func(k string) bool { return slices.Contains(without, k) }),
	}
}

// fps is the frame rate its video is set to.
func (studio) fps() float64 { return 60 }

func (o *OBS) getVideoSettings(json.RawMessage) result {
	return success(map[string]any{
		"baseWidth": 1920, "baseHeight": 1080, "outputWidth": 1920, "outputHeight": 1080,
		"fpsNumerator": 60, "fpsDenominator": 1,
	})
}

type named struct {
	Scene    string         `json:"sceneName"`
	Source   string         `json:"sourceName"`
	Input    string         `json:"inputName"`
	Kind     string         `json:"inputKind"`
	Settings map[string]any `json:"inputSettings"`
	Overlay  *bool          `json:"overlay"`
}

func (o *OBS) getSceneList(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	scenes := []any{}
	for i, name := range slices.Backward(o.state.order) {
		scenes = append(scenes, map[string]any{"sceneName": name, "sceneIndex": len(o.state.order) - 1 - i})
	}
	return success(map[string]any{
		"currentProgramSceneName": o.state.program, "currentPreviewSceneName": nil, "scenes": scenes,
	})
}

func (o *OBS) getCurrentProgramScene(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	return success(map[string]any{"currentProgramSceneName": o.state.program})
}

func (o *OBS) getSceneItemList(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	o.mu.Lock()
	defer o.mu.Unlock()
	list, ok := o.state.scenes[d.Scene]
	if !ok {
		return noSource(d.Scene)
	}
	items := []any{}
	for i, it := range list {
		entry := map[string]any{
			"sceneItemId": it.id, "sceneItemIndex": i, "sourceName": it.name,
			"sceneItemEnabled": true, "sceneItemLocked": false,
			"sourceType": "OBS_SOURCE_TYPE_INPUT", "inputKind": nil, "isGroup": nil,
		}
		if in := o.state.inputs[it.name]; in != nil {
			entry["inputKind"] = in.kind
		}
		items = append(items, entry)
	}
	return success(map[string]any{"sceneItems": items})
}

func (o *OBS) createSceneItem(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, ok := o.state.scenes[d.Scene]; !ok {
		return noSource(d.Scene)
	}
	if o.state.inputs[d.Source] == nil {
		return noSource(d.Source)
	}
	return success(map[string]any{"sceneItemId": o.place(d.Scene, d.Source)})
}

// place adds a source to a scene.
func (o *OBS) place(scene, source string) int {
	o.state.items++
	o.state.scenes[scene] = append(o.state.scenes[scene], item{o.state.items, source})
	return o.state.items
}

// getSourceScreenshot gives a picture that stands for what a scene shows: it
// differs from moment to moment unless Faults.Frozen.
func (o *OBS) getSourceScreenshot(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, ok := o.state.scenes[d.Source]; !ok && o.state.inputs[d.Source] == nil {
		return noSource(d.Source)
	}
	if !o.faults.Frozen {
		o.state.frame++
	}
	picture := []byte(fmt.Sprintf("%s %d", d.Source, o.state.frame))
	return success(map[string]any{"imageData": "data:image/png;base64," + base64.StdEncoding.EncodeToString(picture)})
}

func noSource(string) result {
	return refuse(codeNotFound, "No source was found by the name given.")
}

// SetScene puts another scene on air, as the user does.
func (o *OBS) SetScene(name string) {
	o.mu.Lock()
	o.state.program = name
	o.mu.Unlock()
	o.Emit("CurrentProgramSceneChanged", intentScenes, map[string]any{"sceneName": name})
}

// AddScene adds an empty scene.
func (o *OBS) AddScene(name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.state.scenes[name] = nil
	o.state.order = append(o.state.order, name)
}

// Inputs lists the inputs by name, with their settings: for tests.
func (o *OBS) Inputs() map[string]map[string]any {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := map[string]map[string]any{}
	for name, in := range o.state.inputs {
		out[name] = maps.Clone(in.settings)
	}
	return out
}
