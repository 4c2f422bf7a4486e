package presets

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"cuelight/app/desktop/kit"
)

// exportName is the file that is proposed.
const exportName = "cuelight-presets.json"

// exportFile asks where to, and writes all presets there.
func (s *Screen) exportFile() {
	ui := s.ui
	to := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		switch {
		case err != nil:
			ui.ShowError(err)
		case to != nil:
			path := to.URI().Path()
			_ = to.Close() // it is written anew beside this one and then replaces it
			ui.Act(kit.CallTimeout, func(ctx context.Context) error {
				_, err := s.engine.Presets.Export(ctx, path)
				return err
			}, ui.Text("presets.exported", kit.Arg("File", filepath.Base(path))))
		}
	}, ui.Window())
	to.SetFileName(exportName)
	to.SetConfirmText(ui.Text("save"))
	to.SetTitleText(ui.Text("presets.export"))
	s.show(to)
}

// importFile asks for a file, and adds its presets: all of them or none.
func (s *Screen) importFile() {
	ui := s.ui
	from := dialog.NewFileOpen(func(from fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			ui.ShowError(err)
		case from != nil:
			path := from.URI().Path()
			_ = from.Close()
			added := 0
			ui.Run(kit.CallTimeout, func(ctx context.Context) error {
				names, err := s.engine.Presets.Import(ctx, path)
				added = len(names)
				return err
			}, func(err error) {
				if err != nil {
					ui.ShowError(err)
					return
				}
				ui.ShowSuccess(ui.Count("presets.imported", added))
			})
		}
	}, ui.Window())
	from.SetConfirmText(ui.Text("presets.import"))
	from.SetTitleText(ui.Text("presets.import"))
	s.show(from)
}

// show shows a dialog for files. It has no size to change before it is shown.
func (s *Screen) show(d *dialog.FileDialog) {
	d.SetFilter(storage.NewExtensionFileFilter([]string{".json"}))
	d.SetDismissText(s.ui.Text("cancel"))
	d.Show()
	d.Resize(s.ui.Window().Canvas().Size().Subtract(fyne.NewSquareSize(80)))
}
