// Package opener starts the user's browser and file manager.
package opener

import "time"

// startTime is how long a program may take to say that it could not be started.
const startTime = 2 * time.Second

// Opener opens addresses and folders in the user's own programs. Make one with
// New; Open may be called from any goroutine.
type Opener struct {
	start     func(address string) error
	startTime time.Duration
}

// New makes an Opener. start may return only when the program has ended, as
// xdg-open does where it becomes the browser itself.
func New(start func(address string) error) Opener {
	return Opener{start: start, startTime: startTime}
}

// Open starts the program and returns at once where it is there or has failed to
// start, and after two seconds in any case. A program that stays in the foreground
// is the user's: it is not waited for, nor ended when Cuelight ends.
func (o Opener) Open(address string) error {
	started := make(chan error, 1)
	go func() { started <- o.start(address) }()
	timer := time.NewTimer(o.startTime)
	defer timer.Stop()
	select {
	case err := <-started:
		return err
	case <-timer.C:
		return nil
	}
}
