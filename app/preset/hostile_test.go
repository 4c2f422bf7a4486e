package preset_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"cuelight/app/storage"
	"cuelight/providers"
)

// importing writes a file and imports it.
func (w *world) importing(t *testing.T, content string) ([]string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "in.json")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return w.Import(t.Context(), file)
}

func TestAFileThatAnEditorHasSavedIsImported(t *testing.T) {
	w := newWorld(t, t.TempDir())
	wide := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune(`{"presets":[{"name":"wide","platform":"soop","title":"제목"}]}`)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	for name, content := range map[string]string{
		"marked": "\ufeff" + `{"presets":[{"name":"marked","platform":"soop","title":"제목"}]}`,
		"wide":   string(wide),
	} {
		if added, err := w.importing(t, content); err != nil || !slices.Equal(added, []string{name}) {
			t.Errorf("%s: %q, %v", name, added, err)
		}
	}
}

func TestWhatNobodySeesIsNotImported(t *testing.T) {
	w := newWorld(t, t.TempDir())
	_, err := w.importing(t, `{"presets":[{"name":"one","platform":"soop","title":"a\u001b[31mb\u202e\nc",`+
		`"hashtags":["x\u200by"],"category":{"number":"0001","name":"\u001b]0;t\u0007game"}}]}`)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Find(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	if *p.Title != "ab c" || (*p.Hashtags)[0] != "xy" || p.Category.Name != "game" {
		t.Errorf("kept %q, %q, %q", *p.Title, *p.Hashtags, p.Category.Name)
	}
	for _, content := range []string{
		`{"presets":[{"name":"x","platform":"so\u001bop","title":"a"}]}`,
		`{"presets":[{"name":"x","platform":"","title":"a"}]}`,
		`{"presets":[{"name":"x","platform":"soop","title":"a","episodes":{"number":-5}}]}`,
		`{"presets":[{"name":"x","platform":"soop","category":{"number":"1\u001b2","name":"n"}}]}`,
		`{"presets":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`,
	} {
		if added, err := w.importing(t, content); !errors.Is(err, providers.ErrUsage) || len(added) != 0 {
			t.Errorf("%.60s: %q, %v", content, added, err)
		}
	}
}

func TestAHugeFileIsRefusedInWords(t *testing.T) {
	w := newWorld(t, t.TempDir())
	var told *providers.Error
	_, err := w.importing(t, strings.Repeat(" ", storage.MaxFile+1))
	if !errors.As(err, &told) || told.Reason != "preset.broken_file" {
		t.Errorf("told %v", err)
	}
}
