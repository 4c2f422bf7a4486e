//go:build migrated_fynedo

package look

// handsOver tells the toolkit that everything off the window's goroutine goes
// through fyne.Do, so that it need not look. Release builds say so.
const handsOver = true
