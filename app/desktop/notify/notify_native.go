//go:build !(linux || freebsd || openbsd || netbsd || dragonfly)

package notify

import (
	"context"

	"fyne.io/fyne/v2"
)

// System is the system's own way to reach the user.
type System struct{ app fyne.App }

// To gives the system's way for an application.
func To(app fyne.App) *System { return &System{app} }

// Notify shows a notification. The toolkit passes it on beside the caller, tells nothing
// of how that went, and leaves its sound to the system.
func (s *System) Notify(_ context.Context, title, text string, _ bool) error {
	s.app.SendNotification(fyne.NewNotification(title, text))
	return nil
}
