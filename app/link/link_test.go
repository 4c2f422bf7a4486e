package link

import (
	"errors"
	"strings"
	"testing"
	"unicode"
)

func TestALinkAsksForAPresetOrATitle(t *testing.T) {
	for address, want := range map[string]Link{
		"cuelight://preset/Game":                            {Preset: "Game"},
		"cuelight://preset/%EA%B2%8C%EC%9E%84%20%EB%82%A0/": {Preset: "게임 날"},
		"CueLight://preset/a%2Fb":                           {Preset: "a/b"},
		"cuelight://title?text=Hello%20there":               {Title: "Hello there"},
		"cuelight://title/?text=%EC%95%88%EB%85%95":         {Title: "안녕"},
		"cuelight://title?text=a%0Ab%1B%5B31mc":             {Title: "a bc"},
	} {
		if got, err := Parse(address); err != nil || got != want {
			t.Errorf("%s asks for %q, %v", address, got, err)
		}
	}
	for _, address := range []string{
		"", "cuelight:", "cuelight://", "cuelight://preset", "cuelight://preset/", "cuelight://title", "cuelight://title?text=%20",
		"cuelight://title/x?text=y", "cuelight://start", "https://preset/Game", "cuelight://preset/%ff", "cuelight://title?text=%zz",
		"cuelight://preset/" + strings.Repeat("x", maxLength),
	} {
		if got, err := Parse(address); !errors.Is(err, ErrNotUnderstood) {
			t.Errorf("%.40s asks for %q, %v", address, got, err)
		}
	}
}

func TestAnArgumentIsALinkByItsScheme(t *testing.T) {
	for argument, want := range map[string]bool{"cuelight://x": true, "CUELIGHT:": true, "cuelight": false, "": false, "--cuelight:": false} {
		if Is(argument) != want {
			t.Errorf("%q: %v", argument, !want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"cuelight://preset/Game", "cuelight://title?text=%EC%95%88", "cuelight:title?text=x", "cuelight://preset/%00%ff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		got, err := Parse(address)
		if (err == nil) == (got == Link{}) {
			t.Errorf("%q: %q, %v", address, got, err)
		}
		if got.Preset != "" && got.Title != "" {
			t.Errorf("%q asks for two things", address)
		}
		if strings.ContainsFunc(got.Preset+got.Title, unicode.IsControl) {
			t.Errorf("%q leaves control characters in %q", address, got)
		}
	})
}
