package app

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cuelight/app/preset"
	"cuelight/providers"
)

func importPresets(t *testing.T, e *Engine, presets string) ([]string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "presets.json")
	if err := os.WriteFile(file, []byte(`{"presets":[`+presets+`]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	return e.Presets.Import(t.Context(), file)
}

// The rules of a platform hold before anybody has an account there.
func TestPresetsOfAPlatformWithoutAnAccountAreJudgedByItsRules(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	long := `{"name":"긴 것","platform":"soop","title":"` + strings.Repeat("가", 76) + `"}`
	short := `{"name":"짧은 것","platform":"soop","title":"가"}`
	var refused *preset.ImportError
	added, err := importPresets(t, e, short+","+long)
	if !errors.As(err, &refused) || refused.Name != "긴 것" || !errors.Is(err, providers.ErrUsage) || len(added) != 0 {
		t.Errorf("the long one: %q, %v", added, err)
	}
	added, err = importPresets(t, e, short+`,{"name":"elsewhere","platform":"nowhere","title":"a"}`)
	if err != nil || !slices.Equal(added, []string{"짧은 것", "elsewhere"}) {
		t.Errorf("the others: %q, %v", added, err)
	}
}
