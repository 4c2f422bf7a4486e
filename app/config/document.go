package config

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"cuelight/app/storage"
)

// change is one change of a document.
type change[T any] struct {
	// apply changes the value it is given, which is its own. It is called anew
	// for each attempt to save, and does nothing else.
	apply func(*T) error
	// saved, where set, is told once whether the change is on disk. Such a
	// change counts only then; the others are in memory from the beginning.
	saved chan error
	// refusal is what apply said in the attempt to save that saved is told of.
	refusal error
	// edit is set for a change of one field of a draft, see coalesce.
	edit *edit
}

// format is how a document is read, copied and written.
type format[T any] struct {
	// name is that of the file and of its lock.
	name, lock string
	decode     func([]byte) (T, error)
	clone      func(T) T
	finish     func(T) T
	// coalesce adds a change to those that wait; nil appends it.
	coalesce func(waiting []*change[T], next *change[T]) []*change[T]
}

// document is one JSON file that is shared with other processes, and what this
// process knows of it. Its goroutine (see run) is the only one that writes.
type document[T any] struct {
	format[T]
	path  string
	locks *storage.Locks
	now   func() time.Time
	delay time.Duration
	// changed is told, in order and with no lock held, what memory was and is
	// after the file was written or read anew.
	changed func(before, after T)
	// written is told that the file was replaced.
	written func()
	broken  func(*BrokenError)
	unsaved func(error)

	soon, atOnce, reload chan struct{}
	stop                 context.CancelFunc
	ended                chan struct{}

	// mu guards what follows; nothing is called under it but what a change does
	// to the value in memory.
	mu sync.Mutex
	// disk is what the file held when it was last read or written.
	disk T
	// memory is disk with the changes that wait and that nobody waits for.
	memory T
	// writing are the changes of the attempt that is under way, waiting those
	// made since.
	writing, waiting []*change[T]
	// reloads are told when the file was read anew.
	reloads []chan error
	closed  bool
	// failing is since when nothing could be saved, zero where all is well, and
	// toldFailing that the user knows.
	failing     time.Time
	toldFailing bool
}

func newDocument[T any](f format[T], opt Options) *document[T] {
	return &document[T]{
		format: f, path: filepath.Join(opt.Dir, f.name), locks: opt.Locks, now: opt.Now,
		delay:   cmp.Or(opt.SaveDelay, SaveDelay),
		changed: func(T, T) {}, written: func() {}, broken: func(*BrokenError) {}, unsaved: func(error) {},
		soon: make(chan struct{}, 1), atOnce: make(chan struct{}, 1), reload: make(chan struct{}, 1),
		ended: make(chan struct{}),
	}
}

// load reads the file at the start. One that cannot be understood is kept aside
// under another name, never overwritten, and reported by a *BrokenError beside
// an empty value that can be gone on with.
func (d *document[T]) load(ctx context.Context) error {
	found, _, err := d.read()
	var broken *BrokenError
	if errors.As(err, &broken) {
		// Moving it is for one process, and only while it is still broken: another
		// one may have replaced it since.
		unlock, lockErr := d.locks.Lock(ctx, d.lock)
		if lockErr != nil {
			return lockErr
		}
		found, _, err = d.readOrKeepAside()
		unlock()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.disk, d.memory = found, found
	return err
}

// read reads the file as it is and tells whether it is there. A *BrokenError of
// it has no name yet.
func (d *document[T]) read() (found T, there bool, err error) {
	empty := d.finish(found)
	data, err := storage.ReadJSON(d.path, storage.MaxJSON)
	if errors.Is(err, fs.ErrNotExist) {
		return empty, false, nil
	}
	if errors.Is(err, storage.ErrTooLarge) {
		return empty, true, &BrokenError{Err: err}
	}
	if err != nil {
		return empty, false, fmt.Errorf("read %s: %w", d.name, err)
	}
	found, err = d.decode(data)
	if err != nil {
		return empty, true, &BrokenError{Err: err}
	}
	return found, true, nil
}

// readOrKeepAside is for those who hold the lock.
func (d *document[T]) readOrKeepAside() (found T, there bool, err error) {
	found, there, err = d.read()
	var broken *BrokenError
	if !errors.As(err, &broken) {
		return found, there, err
	}
	if broken.Kept, err = storage.KeepAside(d.path, d.now()); err != nil {
		return found, there, fmt.Errorf("keep the broken %s aside: %w", d.name, err)
	}
	return found, false, broken
}

// start starts the document's goroutine, which close ends.
func (d *document[T]) start() {
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	go d.run(ctx)
}

// value gives what is in memory.
func (d *document[T]) value() T {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.memory
}

// add makes a change: at once in memory, unless somebody waits for it to be on
// disk.
func (d *document[T]) add(c *change[T]) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed && c.saved != nil {
		c.saved <- ErrClosed
		return
	}
	if d.coalesce == nil {
		d.waiting = append(d.waiting, c)
	} else {
		d.waiting = d.coalesce(d.waiting, c)
	}
	if c.saved != nil {
		signal(d.atOnce)
		return
	}
	d.memory = d.applied(d.memory, c)
	signal(d.soon)
}

// withdraw takes back a change that no attempt to save has begun with.
func (d *document[T]) withdraw(c *change[T]) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.Index(d.waiting, c)
	if i < 0 {
		return false
	}
	d.waiting = slices.Delete(d.waiting, i, i+1)
	return true
}

// applied gives the value with the changes that nobody waits for.
func (d *document[T]) applied(value T, changes ...*change[T]) T {
	for _, c := range changes {
		if c.saved != nil {
			continue
		}
		next := d.clone(value)
		if c.apply(&next) == nil {
			value = next
		}
	}
	return value
}

// rebase puts the changes that wait on top of what the file holds now.
func (d *document[T]) rebase(disk T) (before, after T) {
	d.mu.Lock()
	defer d.mu.Unlock()
	before = d.memory
	d.disk = disk
	d.memory = d.applied(d.applied(disk, d.writing...), d.waiting...)
	return before, d.memory
}

func (d *document[T]) encode(value T) string {
	data, _ := json.Marshal(value) // what was decoded, or is made of plain members
	return string(data)
}

// signal leaves one token in a channel that holds one.
func signal(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}
