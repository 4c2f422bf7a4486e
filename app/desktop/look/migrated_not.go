//go:build !migrated_fynedo

package look

// handsOver is not claimed in builds for tests: the toolkit then reports every
// call from the wrong goroutine, and the window's test fails on such a report.
const handsOver = false
