package vault

import (
	"errors"
	"testing"
	"time"

	"cuelight/internal/keyringtest"
	"cuelight/providers"

	"go.uber.org/goleak"
)

// slowRing reads at once and answers later: what it gives is old by then.
type slowRing struct {
	*keyringtest.Ring
	read, answer chan struct{}
}

func (r *slowRing) Get(service, user string) (string, error) {
	value, err := r.Ring.Get(service, user)
	close(r.read)
	<-r.answer
	return value, err
}

func TestAnAnswerThatComesTooLateReplacesNothingNewer(t *testing.T) {
	before := goleak.IgnoreCurrent()
	ring := &slowRing{Ring: newRing(), read: make(chan struct{}), answer: make(chan struct{})}
	if err := ring.Set("s", "n", "old"); err != nil {
		t.Fatal(err)
	}
	v := newVault(ring)
	v.opt.Timeout = 10 * time.Millisecond
	if _, err := v.getItem(t.Context(), "n"); !errors.Is(err, providers.ErrNoSecret) {
		t.Fatalf("got %v", err)
	}
	<-ring.read
	if err := v.setItem(t.Context(), "n", "new"); err != nil {
		t.Fatal(err)
	}
	close(ring.answer)
	goleak.VerifyNone(t, before) // it has come
	if got, err := v.getItem(t.Context(), "n"); err != nil || got != "new" {
		t.Errorf("got %q, %v", got, err)
	}
}

// slowDeletingRing deletes only when it is told to.
type slowDeletingRing struct {
	*keyringtest.Ring
	goOn chan struct{}
}

func (r *slowDeletingRing) Delete(service, user string) error {
	<-r.goOn
	return r.Ring.Delete(service, user)
}

func TestADeletionThatComesTooLateForgetsNothingNewer(t *testing.T) {
	before := goleak.IgnoreCurrent()
	ring := &slowDeletingRing{Ring: newRing(), goOn: make(chan struct{})}
	v := newVault(ring)
	v.opt.Timeout = 10 * time.Millisecond
	if err := errors.Join(v.setItem(t.Context(), "n", "old"), v.deleteItem(t.Context(), "n"), v.setItem(t.Context(), "n", "new")); err != nil {
		t.Fatal(err)
	}
	close(ring.goOn)
	goleak.VerifyNone(t, before)
	if got, err := v.getItem(t.Context(), "n"); err != nil || got != "new" {
		t.Errorf("got %q, %v", got, err)
	}
}
