package app

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cuelight/app/config"
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

func (s *studio) leave(t *testing.T, name, content string) {
	t.Helper()
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestABundleHasWhatAHelperNeedsAndNoSecret(t *testing.T) {
	s := newStudio(t)
	e := ready(t, s)
	s.sound(t, 0.3)
	e.Stream.Preflight(t.Context())
	key := s.key(sandboxUser)
	secrets := []string{key, obsPassword, "client-secret-of-tests"}
	// Even where one slipped into a log, it does not leave the machine.
	s.leave(t, "logs/cuelight.log", "a line with "+key+" and "+"client-secret-of-tests"+"\n"+strings.Repeat("-", 4<<20)+"\nthe end\n")
	s.leave(t, "logs/cuelight-2026-01-01.log.1", "an older log\n")
	s.leave(t, "sessions/20260101-000000.jsonl", `{"event":"stream"}`+"\n")
	path := filepath.Join(t.TempDir(), "bundle.zip")
	if err := e.Support.WriteBundle(path, map[string]string{"version": "1"}, []string{"line"}); err != nil {
		t.Fatal(err)
	}
	texts := unzip(t, path)
	for _, name := range []string{
		"report.json", "report.txt", "status.json", "preflight.json", config.FileName,
		"logs/cuelight.log", "logs/cuelight-2026-01-01.log.1", "sessions/20260101-000000.jsonl",
	} {
		if texts[name] == "" {
			t.Errorf("no %s in %v", name, slices.Collect(keysOf(texts)))
		}
	}
	if log := texts["logs/cuelight.log"]; len(log) > 4<<20 || !strings.HasSuffix(log, "the end\n") {
		t.Errorf("of a long log %d bytes are there, not its end", len(log))
	}
	s.leave(t, "logs/cuelight.log", "a line with "+key+"\n")
	if err := e.Support.WriteBundle(path, nil, []string{"a report with " + key}); err != nil {
		t.Fatal(err)
	}
	for name, text := range unzip(t, path) {
		for _, secret := range append(secrets, tokensOf(s)...) {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds a secret that begins with %.4s", name, secret)
			}
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("readable by others: %v, %v", info.Mode(), err)
	}
	for _, name := range []string{"logs/cuelight.log"} { // the harness looks for secrets in every file
		if err := os.Remove(filepath.Join(s.dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
}

func keysOf(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// tokensOf are the values of tokens in the keyring.
func tokensOf(s *studio) []string {
	var tokens []string
	for _, value := range s.ring.Values() {
		for _, part := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("\":{},\n ", r) }) {
			if len(part) >= 20 && strings.ContainsAny(part, "0123456789") && !strings.Contains(part, "T") {
				tokens = append(tokens, part)
			}
		}
	}
	return tokens
}
