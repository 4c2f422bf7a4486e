package records

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"cuelight/app/desktop/kit"
	"cuelight/app/diagnostics"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// diagnosticsName is what the file for a helper is called unless the user says
// otherwise.
const diagnosticsName = "cuelight-help.zip"

// diagnosticsReport is what the file says about this machine, as `cuelight doctor`
// does.
type diagnosticsReport struct {
	diagnostics.Report
	Version  string   `json:"version"`
	Problems []string `json:"problems"`
}

// Diagnostics writes the file that a helper needs.
type Diagnostics struct {
	ui     *kit.UI
	engine Engine
}

// NewDiagnostics makes it.
func NewDiagnostics(ui *kit.UI, engine Engine) *Diagnostics {
	return &Diagnostics{ui: ui, engine: engine}
}

// Ask asks where the file for a helper goes, and writes it.
func (d *Diagnostics) Ask() {
	ui := d.ui
	save := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		switch {
		case err != nil:
			ui.ShowError(err)
		case to != nil:
			path := to.URI().Path()
			_ = to.Close() // it is written anew beside this one and then replaces it
			d.write(path)
		}
	}, ui.Window())
	save.SetFileName(diagnosticsName)
	save.SetFilter(storage.NewExtensionFileFilter([]string{".zip"}))
	save.SetTitleText(ui.Text("bundle"))
	save.SetConfirmText(ui.Text("save"))
	save.SetDismissText(ui.Text("cancel"))
	save.Show()
	// It has no size to change before it is shown.
	save.Resize(ui.Window().Canvas().Size().Subtract(fyne.NewSquareSize(80)))
}

// write examines this machine and writes the file.
func (d *Diagnostics) write(path string) {
	ui := d.ui
	ui.Run(kit.CallTimeout, func(ctx context.Context) error {
		report := diagnosticsReport{Report: d.engine.Diagnose(ctx), Version: ui.Version(), Problems: []string{}}
		note := func(err error) {
			if err != nil {
				report.Problems = append(report.Problems, ui.Explain(err).Line())
			}
		}
		note(report.OBS.Err)
		note(report.Keyring.Err)
		for _, account := range report.Accounts {
			note(account.Err)
		}
		lines := append([]string{fmt.Sprintf("Cuelight %s, %s/%s", ui.Version(), runtime.GOOS, runtime.GOARCH)}, report.Problems...)
		return d.engine.WriteBundle(path, report, lines)
	}, func(err error) {
		if err != nil {
			ui.ShowError(err)
			return
		}
		toast := layer.Toast{Tone: paint.ToneGood, Text: ui.Text("bundle.done", kit.Arg("File", filepath.Base(path)))}
		if ui.CanOpenFolder() {
			toast.Action, toast.OnAction = ui.Text("settings.open_folder"), func() {
				ui.OpenFolder(filepath.Dir(path))
			}
		}
		ui.Toast(toast)
	})
}
