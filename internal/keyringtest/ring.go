// Package keyringtest is a keyring in memory for tests.
package keyringtest

import (
	"errors"
	"strings"
	"sync"
)

// itemLimit is what Windows takes a secret: 2560 bytes of UTF-16.
const itemLimit = 1280

// Ring is a keyring that several users may share, as several processes share
// the system's. It can be told to fail or to hang. It implements vault.Keyring.
type Ring struct {
	notFound error

	mu    sync.Mutex // guards the fields below
	items map[string]string
	fault error
	// hang, where set, keeps every call until it is closed.
	hang chan struct{}
	// calls counts those that came in, running those that have not returned,
	// and most is the largest that running has been.
	calls, running, most int
}

// New makes an empty Ring. notFound is what Get gives where there is no such
// item: vault.ErrNotInKeyring.
func New(notFound error) *Ring {
	return &Ring{notFound: notFound, items: make(map[string]string)}
}

func (r *Ring) enter() (leave func(), err error) {
	r.mu.Lock()
	r.calls++
	r.running++
	r.most = max(r.most, r.running)
	hang, fault := r.hang, r.fault
	r.mu.Unlock()
	if hang != nil {
		<-hang
	}
	return func() {
		r.mu.Lock()
		r.running--
		r.mu.Unlock()
	}, fault
}

// Get implements vault.Keyring.
func (r *Ring) Get(service, user string) (string, error) {
	leave, err := r.enter()
	defer leave()
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	value, ok := r.items[service+"\x00"+user]
	if !ok {
		return "", r.notFound
	}
	return value, nil
}

// Set implements vault.Keyring.
func (r *Ring) Set(service, user, value string) error {
	leave, err := r.enter()
	defer leave()
	if err != nil {
		return err
	}
	if len(value) > itemLimit {
		return errors.New("too large for one item")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[service+"\x00"+user] = value
	return nil
}

// Delete implements vault.Keyring.
func (r *Ring) Delete(service, user string) error {
	leave, err := r.enter()
	defer leave()
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.items, service+"\x00"+user)
	return nil
}

// Fail lets every call fail with err from now on; nil ends that.
func (r *Ring) Fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fault = err
}

// Hang keeps every call from now on until release is called.
func (r *Ring) Hang() (release func()) {
	hang := make(chan struct{})
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hang = hang
	return sync.OnceFunc(func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.hang = nil
		close(hang)
	})
}

// Names gives the items there are, without their service.
func (r *Ring) Names() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var names []string
	for key := range r.items {
		_, user, _ := strings.Cut(key, "\x00")
		names = append(names, user)
	}
	return names
}

// Values gives everything kept, for tests that look for secrets elsewhere.
func (r *Ring) Values() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var values []string
	for _, value := range r.items {
		values = append(values, value)
	}
	return values
}

// Counts gives how many calls came in, and how many of them ran at once at most.
func (r *Ring) Counts() (calls, most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls, r.most
}
