package desktop

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"cuelight/app/diagnostics"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// bundleName is what the file for a helper is called unless the user says
// otherwise.
const bundleName = "cuelight-help.zip"

// bundleReport is what the file says about this machine, as `cuelight doctor`
// does.
type bundleReport struct {
	diagnostics.Report
	Version  string   `json:"version"`
	Problems []string `json:"problems"`
}

// askBundle asks where the file for a helper goes.
func (f *face) askBundle() {
	d := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		switch {
		case err != nil:
			f.fail(err)
		case to != nil:
			path := to.URI().Path()
			_ = to.Close() // it is written in one go, beside it, and then put in its place
			f.writeBundle(path)
		}
	}, f.win)
	d.SetFileName(bundleName)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".zip"}))
	d.SetTitleText(f.say("bundle"))
	d.SetConfirmText(f.say("save"))
	d.SetDismissText(f.say("cancel"))
	d.Show()
	// It has no size to change before it is shown.
	d.Resize(f.win.Canvas().Size().Subtract(fyne.NewSquareSize(80)))
}

// writeBundle looks at this machine and writes the file.
func (f *face) writeBundle(path string) {
	f.run(patienceCall, func(ctx context.Context) error {
		report := bundleReport{Report: f.engine.Diagnose(ctx), Version: f.opt.Version, Problems: []string{}}
		note := func(err error) {
			if err != nil {
				report.Problems = append(report.Problems, f.words.Explain(err).Line())
			}
		}
		note(report.OBS.Err)
		note(report.Keyring.Err)
		for _, account := range report.Accounts {
			note(account.Err)
		}
		lines := append([]string{fmt.Sprintf("Cuelight %s, %s/%s", f.opt.Version, runtime.GOOS, runtime.GOARCH)}, report.Problems...)
		return f.engine.WriteBundle(path, report, lines)
	}, func(err error) {
		if err != nil {
			f.fail(err)
			return
		}
		toast := layer.Toast{Tone: paint.ToneGood, Text: f.say("bundle.done", args("File", filepath.Base(path)))}
		if f.opt.OpenFolder != nil {
			toast.Action, toast.OnAction = f.say("settings.open_folder"), func() {
				f.act(patienceQuick, discardContext(func() error { return f.opt.OpenFolder(filepath.Dir(path)) }), "")
			}
		}
		f.layer.Toast(toast)
	})
}
