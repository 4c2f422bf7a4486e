package foreground

import (
	"fmt"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// Available reports whether this system tells at all.
const Available = true

// Watch tells which program is in front. It is for one goroutine.
type Watch struct{}

// Open begins.
func Open() (*Watch, error) { return &Watch{}, nil }

// Close ends.
func (*Watch) Close() {}

// Front gives the name of the executable file of the program in front; none while
// the windows change, or where Windows does not let us see.
func (*Watch) Front() ([]string, error) {
	window := windows.GetForegroundWindow()
	if window == 0 {
		return nil, nil
	}
	var process uint32
	if _, err := windows.GetWindowThreadProcessId(window, &process); err != nil || process == 0 {
		return nil, nil //nolint:nilerr // the window has gone meanwhile
	}
	handle, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, process)
	if err != nil {
		return nil, nil //nolint:nilerr // another user's, or gone meanwhile
	}
	defer func() { _ = windows.CloseHandle(handle) }()
	path := make([]uint16, windows.MAX_LONG_PATH)
	size := uint32(len(path))
	if err := windows.QueryFullProcessImageName(handle, 0, &path[0], &size); err != nil {
		return nil, fmt.Errorf("name the program in front: %w", err)
	}
	return []string{filepath.Base(windows.UTF16ToString(path[:size]))}, nil
}
