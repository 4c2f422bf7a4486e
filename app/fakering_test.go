package app

import (
	"errors"
	"strings"
	"sync"
)

// fakeRing is a keyring in memory that several engines may share, as several
// processes share the system's. It can be told to fail or to hang.
type fakeRing struct {
	mu    sync.Mutex
	items map[string]string
	fail  error
	// hang, where set, keeps every call until it is closed.
	hang chan struct{}
	// calls counts those that came in, inside those that have not returned.
	calls, inside, most int
}

func newFakeRing() *fakeRing { return &fakeRing{items: make(map[string]string)} }

func (r *fakeRing) enter() (leave func(), err error) {
	r.mu.Lock()
	r.calls++
	r.inside++
	r.most = max(r.most, r.inside)
	hang, fail := r.hang, r.fail
	r.mu.Unlock()
	if hang != nil {
		<-hang
	}
	return func() {
		r.mu.Lock()
		r.inside--
		r.mu.Unlock()
	}, fail
}

func (r *fakeRing) Get(service, user string) (string, error) {
	leave, err := r.enter()
	defer leave()
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	value, ok := r.items[service+"\x00"+user]
	if !ok {
		return "", ErrNotInKeyring
	}
	return value, nil
}

func (r *fakeRing) Set(service, user, value string) error {
	leave, err := r.enter()
	defer leave()
	if err != nil {
		return err
	}
	// Windows takes 2560 bytes of UTF-16 a secret.
	if len(value) > 1280 {
		return errors.New("too large for one item")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[service+"\x00"+user] = value
	return nil
}

func (r *fakeRing) Delete(service, user string) error {
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

func (r *fakeRing) fault(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = err
}

// names gives the items there are, without their service.
func (r *fakeRing) names() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var names []string
	for key := range r.items {
		_, user, _ := strings.Cut(key, "\x00")
		names = append(names, user)
	}
	return names
}

// values gives everything kept, for tests that look for secrets elsewhere.
func (r *fakeRing) values() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var values []string
	for _, value := range r.items {
		values = append(values, value)
	}
	return values
}

func (r *fakeRing) counts() (calls, most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls, r.most
}
