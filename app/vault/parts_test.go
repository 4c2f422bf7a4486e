package vault

import (
	"errors"
	"strings"
	"testing"

	"cuelight/internal/keyringtest"
	"cuelight/internal/secret"
)

// killedRing is a keyring whose user is killed after some calls that change
// it: nothing of what comes later arrives.
type killedRing struct {
	*keyringtest.Ring
	left int
}

var errKilled = errors.New("killed")

func (r *killedRing) Set(service, user, value string) error {
	if r.left--; r.left < 0 {
		return errKilled
	}
	return r.Ring.Set(service, user, value)
}

func (r *killedRing) Delete(service, user string) error {
	if r.left--; r.left < 0 {
		return errKilled
	}
	return r.Ring.Delete(service, user)
}

func TestAProcessKilledWhileStoringLeavesTheOldValueOrTheNewOne(t *testing.T) {
	long := func(c string, items int) string { return strings.Repeat(c, items*itemSize-7) }
	for _, c := range []struct{ name, old, next string }{
		{"same number of parts", long("x", 3), long("y", 3)},
		{"more parts", long("x", 2), long("y", 5)},
		{"fewer parts", long("x", 5), long("y", 2)},
		{"parts over a whole", "short", long("y", 3)},
		{"a whole over parts", long("x", 3), "short"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for killed := 0; ; killed++ {
				ring := newRing()
				for _, value := range []string{"first", long("w", 4), c.old} { // both generations were in use
					if err := newVault(ring).Set(t.Context(), "n", secret.New(value)); err != nil {
						t.Fatal(err)
					}
				}
				dying := newVault(&killedRing{Ring: ring, left: killed})
				_ = dying.Set(t.Context(), "n", secret.New(c.next))
				durable, _ := dying.Durable()
				got, err := newVault(ring).Get(t.Context(), "n")
				if plain := got.Reveal(); err != nil || plain != c.old && plain != c.next || durable && plain != c.next {
					t.Fatalf("killed after %d calls: %d bytes beginning %.3q, %v", killed, len(plain), plain, err)
				}
				next := newVault(ring)
				if err := errors.Join(next.Set(t.Context(), "n", secret.New(long("z", 3))), next.Delete(t.Context(), "n")); err != nil {
					t.Fatal(err)
				}
				if left := ring.Names(); len(left) != 0 {
					t.Fatalf("killed after %d calls: parts of a secret lie on as %v", killed, left)
				}
				if durable {
					return // it came to its end
				}
			}
		})
	}
}

func TestAValueInOnePartIsRead(t *testing.T) {
	ring := newRing()
	for name, value := range map[string]string{"n": "parts:b:1", "n#b1": "all of it"} {
		if err := ring.Set("s", name, value); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := newVault(ring).Get(t.Context(), "n"); err != nil || got.Reveal() != "all of it" {
		t.Errorf("got %q, %v", got.Reveal(), err)
	}
}

func TestPartsOfTheFirstFormatAreReadAndReplaced(t *testing.T) {
	ring := newRing()
	for name, value := range map[string]string{"n": "parts:2", "n#1": "first ", "n#2": "format"} {
		if err := ring.Set("s", name, value); err != nil {
			t.Fatal(err)
		}
	}
	v := newVault(ring)
	if got, err := v.Get(t.Context(), "n"); err != nil || got.Reveal() != "first format" {
		t.Errorf("got %q, %v", got.Reveal(), err)
	}
	if err := v.Set(t.Context(), "n", secret.New("short")); err != nil {
		t.Fatal(err)
	}
	if left := ring.Names(); len(left) != 1 {
		t.Errorf("left in the keyring: %v", left)
	}
}

func TestWhatCouldNotBeReadBackIsNotStored(t *testing.T) {
	ring := newRing()
	v := newVault(ring)
	if err := v.Set(t.Context(), "n", secret.New("before")); err != nil {
		t.Fatal(err)
	}
	err := v.Set(t.Context(), "n", secret.New(strings.Repeat("x", maxParts*itemSize+1)))
	if err == nil || !strings.Contains(err.Error(), "larger than 76800 bytes") {
		t.Errorf("a value that Get refuses: %v", err)
	}
	if got, err := newVault(ring).Get(t.Context(), "n"); err != nil || got.Reveal() != "before" {
		t.Errorf("got %q, %v", got.Reveal(), err)
	}
	if err := v.Set(t.Context(), "n", secret.New(strings.Repeat("x", maxParts*itemSize))); err != nil {
		t.Fatal(err)
	}
	if got, err := newVault(ring).Get(t.Context(), "n"); err != nil || len(got.Reveal()) != maxParts*itemSize {
		t.Errorf("the largest came back as %d bytes, %v", len(got.Reveal()), err)
	}
	asked := &recordingRing{Ring: ring}
	if err := newVault(asked).Set(t.Context(), "n", secret.New(strings.Repeat("y", maxParts*itemSize))); err != nil {
		t.Fatal(err)
	}
	for _, call := range asked.calls {
		if strings.HasSuffix(call, "65") {
			t.Errorf("a part that no value has: %s", call)
		}
	}
}

// replacingRing is one in which another process replaces the value while a
// part of it is being read.
type replacingRing struct {
	*keyringtest.Ring
	replace func()
}

func (r *replacingRing) Get(service, user string) (string, error) {
	if strings.Contains(user, "#") && r.replace != nil {
		replace := r.replace
		r.replace = nil
		replace()
	}
	return r.Ring.Get(service, user)
}

func TestAValueReplacedWhileItIsReadIsReadAgain(t *testing.T) {
	ring := newRing()
	other := newVault(ring)
	if err := other.Set(t.Context(), "n", secret.New(strings.Repeat("x", 3*itemSize))); err != nil {
		t.Fatal(err)
	}
	want := strings.Repeat("y", 4*itemSize)
	reading := newVault(&replacingRing{Ring: ring, replace: func() {
		if err := other.Set(t.Context(), "n", secret.New(want)); err != nil {
			t.Error(err)
		}
	}})
	if got, err := reading.Get(t.Context(), "n"); err != nil || got.Reveal() != want {
		t.Errorf("got %d bytes, %v", len(got.Reveal()), err)
	}
}

func TestNoPartsLieOnBehindAGap(t *testing.T) {
	long := func(c string, items int) secret.Text { return secret.New(strings.Repeat(c, items*itemSize)) }
	for name, forget := range map[string]func(*Vault) error{
		"replaced": func(v *Vault) error {
			return errors.Join(v.Set(t.Context(), "n", long("z", 3)), v.Delete(t.Context(), "n"))
		},
		"deleted": func(v *Vault) error { return v.Delete(t.Context(), "n") },
	} {
		ring := newRing()
		if err := newVault(ring).Set(t.Context(), "n", long("x", 2)); err != nil {
			t.Fatal(err)
		}
		// A process was killed while it swept: more parts of this generation, of
		// the other one, and of the first format.
		for _, stray := range []string{"n#a3", "n#a4", "n#b1", "n#b2", "n#1", "n#2"} {
			if err := ring.Set("s", stray, "left"); err != nil {
				t.Fatal(err)
			}
		}
		if err := forget(newVault(ring)); err != nil {
			t.Fatal(err)
		}
		if left := ring.Names(); len(left) != 0 {
			t.Errorf("%s: parts of a secret lie on as %v", name, left)
		}
	}
}
