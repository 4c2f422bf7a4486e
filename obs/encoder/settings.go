package encoder

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
)

// defaultInterval is the most frames from one keyframe to the next where the
// settings leave it to the encoder; 0 where it decides by itself.
var defaultInterval = map[Family]float64{X264: 250, NVENC: 250, QuickSync: 240, AMF: 250, VAAPI: 120}

// settings are an encoder's, by OBS's names of them.
type settings map[string]any

// readSettings reads a JSON object. An empty file is one of defaults only.
func readSettings(raw []byte) (settings, error) {
	if raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))); len(raw) == 0 {
		return settings{}, nil
	}
	var v settings
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, err
	}
	if v == nil {
		return nil, errors.New("no settings in it")
	}
	return v, nil
}

// text gives a value as text, empty where there is none.
func (v settings) text(name string) string {
	s, _ := v[name].(string)
	return strings.TrimSpace(s)
}

// number gives a number, however it is written: scripts write truth values and
// text where OBS writes numbers.
func (v settings) number(name string, missing float64) float64 {
	switch value := v[name].(type) {
	case float64:
		return value
	case bool:
		if value {
			return 1
		}
		return 0
	case string:
		if n, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
			return n
		}
	}
	return missing
}

// kbps gives the bitrate, 0 where the encoder keeps a quality instead.
func (v settings) kbps(family Family) int {
	switch control := strings.ToUpper(v.text("rate_control")); control {
	case "", "CBR", "VBR", "ABR", "AVBR", "VBR_LAT", "CBR_LTR":
	default:
		return 0
	}
	missing := 0.0
	if family == X264 {
		missing = 2500
	}
	return int(min(max(v.number("bitrate", missing), 0), 1e6))
}

// bFrames gives the number of B-frames.
func (v settings) bFrames(family Family) int {
	n := 0.0
	switch family {
	case X264:
		return v.x264BFrames()
	case NVENC:
		n = v.number("bf", 2)
	case QuickSync:
		n = v.number("bf", v.number("bframes", 3))
	case AMF:
		n = v.number("bf", 3)
	case Apple:
		n = v.number("bframes", 1)
	case VAAPI:
		n = v.number("bf", 0)
	case OpenH264:
		return 0 // it makes none
	default:
		return Unknown
	}
	return int(min(max(n, 0), 16))
}

// keyframeFrames gives the interval that is set in frames, 0 where none is: by
// x264's own options.
func (v settings) keyframeFrames(family Family) float64 {
	if family != X264 {
		return 0
	}
	n, err := strconv.ParseFloat(x264Options(v.text("x264opts"))["keyint"], 64)
	if err != nil || n < 0 || math.IsInf(n, 0) {
		return 0
	}
	return n
}

// x264Presets are the presets with another number of B-frames than x264's
// default of 3 (x264, common/base.c).
var x264Presets = map[string]int{"ultrafast": 0, "veryslow": 8, "placebo": 16}

// x264BFrames follows the order in which obs-x264 applies its settings: preset,
// tuning, its own setting, the options, and the profile last.
func (v settings) x264BFrames() int {
	options := x264Options(v.text("x264opts"))
	chosen := func(name string) string {
		if value := options[name]; value != "" {
			return strings.ToLower(value)
		}
		return strings.ToLower(v.text(name))
	}
	n, known := x264Presets[chosen("preset")]
	if !known {
		n = 3
	}
	for _, tune := range strings.FieldsFunc(chosen("tune"), func(r rune) bool { return strings.ContainsRune(",./-+ ", r) }) {
		switch tune {
		case "animation":
			n += 2
		case "zerolatency":
			n = 0
		}
	}
	n = int(v.number("bf", float64(n)))
	if given, err := strconv.Atoi(options["bframes"]); err == nil {
		n = given
	}
	if chosen("profile") == "baseline" {
		n = 0
	}
	return min(max(n, 0), 16)
}

// x264Options reads "name=value" pairs with spaces between them. What is given
// twice counts as it was given last.
func x264Options(typed string) map[string]string {
	options := make(map[string]string)
	for _, pair := range strings.Fields(typed) {
		if name, value, found := strings.Cut(pair, "="); found {
			options[strings.ToLower(strings.ReplaceAll(name, "_", "-"))] = value
		}
	}
	return options
}
