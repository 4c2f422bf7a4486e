package opener

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestABrowserInTheForegroundIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		closed := make(chan struct{})
		began := time.Now()
		if err := New(func(string) error { <-closed; return errors.New("killed") }).Open("https://a.example"); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > startTime {
			t.Errorf("waited %v", took)
		}
		close(closed)
	})
}

func TestWhatCannotBeStartedIsToldAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		missing, began, asked := errors.New("no browser"), time.Now(), ""
		err := New(func(address string) error { asked = address; return missing }).Open("https://a.example")
		if !errors.Is(err, missing) || asked != "https://a.example" || time.Since(began) > 0 {
			t.Errorf("got %v for %q after %v", err, asked, time.Since(began))
		}
	})
}
