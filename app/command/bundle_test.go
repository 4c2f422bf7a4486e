package command_test

import (
	"archive/zip"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

func TestDoctorWritesABundleWithoutASecret(t *testing.T) {
	c := signedIn(t)
	c.must("setup")
	key := c.must("key", "show", "--json").object(t)["key"].(string)
	path := filepath.Join(t.TempDir(), "bundle.zip")
	c.must("doctor", "--bundle", path)
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	names := map[string]bool{}
	for _, file := range archive.File {
		names[file.Name] = true
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		secrets := []string{key}
		for _, value := range c.ring.Values() {
			for _, part := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("\":{},\n ", r) }) {
				if len(part) >= 16 && !strings.Contains(part, "//") && !strings.HasPrefix(part, "20") && !strings.Contains(part, "_token") {
					secrets = append(secrets, part)
				}
			}
		}
		if len(secrets) < 3 {
			t.Fatalf("only %d secrets to look for", len(secrets))
		}
		for _, secret := range secrets {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s holds a secret that begins with %.4s", file.Name, secret)
			}
		}
	}
	for _, name := range []string{"report.json", "report.txt", "status.json", "config.json"} {
		if !names[name] {
			t.Errorf("no %s in %v", name, names)
		}
	}
}
