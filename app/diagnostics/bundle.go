package diagnostics

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cuelight/app/storage"

	"cuelight/app/state"
)

// maxBundled is how many bytes one file adds to a bundle at most: the end of a
// long log is what matters.
const maxBundled = 4 << 20

// bundled are the files of the configuration folder that go into a bundle.
var bundled = [...]string{"config.json", "logs/*.log*", "sessions/*.jsonl"}

// WriteBundle writes everything a helper needs into a zip file: the report,
// the present state, the configuration, the logs and the session logs. Secrets
// are in none of these; what is known of them is masked all the same, should
// one have slipped in. A bundle that cannot be written leaves the file that was
// there.
func (d *Diagnostics) WriteBundle(path string, report any, lines []string) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".cuelight-bundle-*")
	if err != nil {
		return fmt.Errorf("write the bundle: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	archive := zip.NewWriter(tmp)
	b := bundle{archive: archive, mask: d.opt.Mask()}
	b.json("report.json", report)
	b.text("report.txt", strings.Join(lines, "\n")+"\n")
	b.json("status.json", state.StatusOf(d.opt.State()))
	b.json("preflight.json", d.opt.State().Preflight)
	for _, pattern := range bundled {
		b.files(d.opt.Dir, pattern)
	}
	if err := errors.Join(b.err, archive.Close(), tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("write the bundle: %w", err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("write the bundle: %w", err)
	}
	return nil
}

// bundle adds masked texts to an archive until one fails.
type bundle struct {
	archive *zip.Writer
	mask    *strings.Replacer
	err     error
}

func (b *bundle) text(name, content string) {
	if b.err != nil {
		return
	}
	w, err := b.archive.Create(name)
	if err == nil {
		_, err = b.mask.WriteString(w, content)
	}
	b.err = err
}

func (b *bundle) json(name string, value any) {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		b.err = errors.Join(b.err, err)
		return
	}
	b.text(name, string(data)+"\n")
}

func (b *bundle) files(dir, pattern string) {
	names, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern))) // the pattern is ours and well formed
	for _, name := range names {
		if short, err := filepath.Rel(dir, name); err == nil {
			b.file(dir, short)
		}
	}
}

// file adds a file, or its end; one that is not there is left out.
func (b *bundle) file(dir, name string) {
	data, err := storage.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return
	}
	if extra := len(data) - maxBundled; extra > 0 {
		data = data[extra:]
	}
	b.text(filepath.ToSlash(name), string(data))
}
