//go:build !(windows || linux || freebsd || openbsd || netbsd)

package foreground

// Available reports whether this system tells at all.
const Available = false

// Watch tells which program is in front.
type Watch struct{}

// Open gives ErrUnsupported.
func Open() (*Watch, error) { return nil, ErrUnsupported }

// Close ends.
func (*Watch) Close() {}

// Front gives ErrUnsupported.
func (*Watch) Front() ([]string, error) { return nil, ErrUnsupported }
