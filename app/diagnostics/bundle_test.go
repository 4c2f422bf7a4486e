package diagnostics

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// unzip gives what is in a bundle, by name.
func unzip(t *testing.T, path string) map[string]string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	texts := make(map[string]string)
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name] = string(data)
	}
	return texts
}

func TestABundleHoldsTheEndOfLongLogsMasked(t *testing.T) {
	d := newDiagnostics(t, &fakeMachine{})
	for name, content := range map[string]string{
		"config.json":                    `{"version":1}`,
		"logs/cuelight.log":              "the beginning\n" + strings.Repeat("-", maxBundled) + "\nthe end with " + known + "\n",
		"logs/cuelight-2026-01-01.log.1": "older\n",
		"sessions/20260101-000000.jsonl": "{}\n",
		"drafts.json":                    "not asked for",
	} {
		path := filepath.Join(d.opt.Dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "bundle.zip")
	if err := d.WriteBundle(path, map[string]string{"key": known}, []string{"one", "two " + known}); err != nil {
		t.Fatal(err)
	}
	texts := unzip(t, path)
	if len(texts) != 8 {
		t.Errorf("%d files: %v", len(texts), texts)
	}
	if log := texts["logs/cuelight.log"]; strings.HasPrefix(log, "the beginning") || !strings.HasSuffix(log, "the end with *\n") {
		t.Errorf("of a long log %d bytes are there, not its end", len(log))
	}
	if got := texts["report.txt"]; got != "one\ntwo *\n" {
		t.Errorf("the report is %q", got)
	}
	if got := texts["config.json"]; got != `{"version":1}` {
		t.Errorf("the configuration is %q", got)
	}
	for name, text := range texts {
		if strings.Contains(text, known) {
			t.Errorf("%s holds a secret", name)
		}
	}
}

func TestABundleThatCannotBeWrittenLeavesTheOldOne(t *testing.T) {
	d, dir := newDiagnostics(t, &fakeMachine{}), t.TempDir()
	path := filepath.Join(dir, "bundle.zip")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteBundle(path, func() {}, nil); err == nil {
		t.Error("a report that is no JSON was written")
	}
	if err := d.WriteBundle(filepath.Join(dir, "none", "bundle.zip"), nil, nil); err == nil {
		t.Error("written into a folder that is not there")
	}
	if data, err := os.ReadFile(path); err != nil || !bytes.Equal(data, []byte("old")) {
		t.Errorf("the old one became %q, %v", data, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".cuelight-bundle-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
