package obssim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// studio is what OBS is set up with: profiles, scenes and inputs.
type studio struct {
	obs *OBS

	// mu guards what is below, and the output: whether settings are taken
	// depends on what it does in that very moment.
	mu        sync.Mutex
	began     time.Time
	service   service // in use; that of the profile is on disk
	recording bool
	profiles  map[string]*profile
	profile   string // name of the one in use
	scenes    map[string][]item
	// groups are those of all scenes, by name.
	groups  map[string][]item
	order   []string // names of scenes, top first
	program string
	inputs  map[string]*input
	kinds   []string
	items   int
	frame   int // what a picture of it shows
}

type item struct {
	id     int
	name   string
	hidden bool
}

type input struct {
	kind     string
	settings map[string]any
	muted    bool
}

// newStudio is an OBS as a streamer has it: two scenes, a camera, a
// microphone, stream settings that lead nowhere yet.
func newStudio(o *OBS, without []string) *studio {
	kinds := []string{
		"image_source", "color_source_v3", "browser_source", "ffmpeg_source",
		"text_gdiplus_v2", "dshow_input", "wasapi_input_capture", "wasapi_output_capture",
	}
	first := newProfile()
	return &studio{
		obs:      o,
		began:    time.Now(),
		service:  first.service,
		profiles: map[string]*profile{firstProfile: first}, profile: firstProfile,
		scenes: map[string][]item{"Main": {{id: 1, name: "Camera"}}, "Break": {}},
		groups: map[string][]item{},
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
func (*studio) fps() float64 { return 60 }

func (s *studio) getVideoSettings(json.RawMessage) result {
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

func (s *studio) getSceneList(json.RawMessage) result {
	s.mu.Lock()
	defer s.mu.Unlock()
	scenes := []any{}
	for i, name := range slices.Backward(s.order) {
		scenes = append(scenes, map[string]any{"sceneName": name, "sceneIndex": len(s.order) - 1 - i})
	}
	return success(map[string]any{
		"currentProgramSceneName": s.program, "currentPreviewSceneName": nil, "scenes": scenes,
	})
}

func (s *studio) getCurrentProgramScene(json.RawMessage) result {
	s.mu.Lock()
	defer s.mu.Unlock()
	return success(map[string]any{"currentProgramSceneName": s.program})
}

func (s *studio) setCurrentProgramScene(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	s.mu.Lock()
	_, ok := s.scenes[d.Scene]
	s.mu.Unlock()
	if !ok {
		return noSource(d.Scene)
	}
	s.obs.SetScene(d.Scene)
	return success(nil)
}

func (s *studio) getSceneItemList(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	list, ok := s.scenes[d.Scene]
	if !ok {
		return noSource(d.Scene)
	}
	return s.listItems(list)
}

// listItems answers with the items of a scene or group.
func (s *studio) listItems(list []item) result {
	items := []any{}
	for i, it := range list {
		entry := map[string]any{
			"sceneItemId": it.id, "sceneItemIndex": i, "sourceName": it.name,
			"sceneItemEnabled": !it.hidden, "sceneItemLocked": false,
			"sourceType": "OBS_SOURCE_TYPE_INPUT", "inputKind": nil, "isGroup": nil,
		}
		if _, group := s.groups[it.name]; group {
			entry["sourceType"], entry["isGroup"] = "OBS_SOURCE_TYPE_SCENE", true
		}
		if in := s.inputs[it.name]; in != nil {
			entry["inputKind"] = in.kind
		}
		items = append(items, entry)
	}
	return success(map[string]any{"sceneItems": items})
}

func (s *studio) createSceneItem(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.scenes[d.Scene]; !ok {
		return noSource(d.Scene)
	}
	if s.inputs[d.Source] == nil {
		return noSource(d.Source)
	}
	return success(map[string]any{"sceneItemId": s.place(d.Scene, d.Source)})
}

// place adds a source to a scene.
func (s *studio) place(scene, source string) int {
	s.items++
	s.scenes[scene] = append(s.scenes[scene], item{id: s.items, name: source})
	return s.items
}

// getSourceScreenshot gives a picture that stands for what a scene shows: it
// differs from moment to moment unless Faults.Frozen.
func (s *studio) getSourceScreenshot(raw json.RawMessage) result {
	d, _ := arguments[named](raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.scenes[d.Source]; !ok && s.inputs[d.Source] == nil {
		return noSource(d.Source)
	}
	if !s.obs.faults.current().Frozen {
		s.frame++
	}
	picture := []byte(fmt.Sprintf("%s %d", d.Source, s.frame))
	return success(map[string]any{"imageData": "data:image/png;base64," + base64.StdEncoding.EncodeToString(picture)})
}

func noSource(string) result {
	return refuse(codeNotFound, "No source was found by the name given.")
}

// SetScene puts another scene on air, as the user does.
func (o *OBS) SetScene(name string) {
	o.studio.mu.Lock()
	o.studio.program = name
	o.studio.mu.Unlock()
	o.Emit("CurrentProgramSceneChanged", intentScenes, map[string]any{"sceneName": name})
}

// AddScene adds an empty scene.
func (o *OBS) AddScene(name string) {
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	o.studio.scenes[name] = nil
	o.studio.order = append(o.studio.order, name)
}

// Inputs lists the inputs by name, with their settings: for tests.
func (o *OBS) Inputs() map[string]map[string]any {
	o.studio.mu.Lock()
	defer o.studio.mu.Unlock()
	out := map[string]map[string]any{}
	for name, in := range o.studio.inputs {
		out[name] = maps.Clone(in.settings)
	}
	return out
}
