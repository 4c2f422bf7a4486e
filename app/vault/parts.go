package vault

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// A value too large for one item of the keyring is stored in parts, and its
// own item says which: "parts:b:3" are three parts of generation b. A new value
// is written beside the present one, in the other generation, and the item that
// points at the parts comes last: a process killed at any moment leaves the old
// value or the new one, never a mix of both.

// The marks that items begin with.
const (
	wholePrefix = "whole:"
	partsPrefix = "parts:"
)

// itemSize is the largest part, in bytes: Windows takes 2560 bytes of UTF-16 a
// secret, and macOS about 3000 after encoding.
const itemSize = 1200

// maxParts bounds how many items one value may take.
const maxParts = 64

// generations are the names that the parts of a value take turns with.
var generations = [...]string{"a", "b"}

// firstFormat is the name of the parts that Cuelight's first format had.
const firstFormat = ""

// parts tells where the parts of a value are; none for a value that is whole.
type parts struct {
	generation string
	count      int
}

// readParts reads an item that points at parts.
func readParts(item string) (p parts, split bool, err error) {
	rest, split := strings.CutPrefix(item, partsPrefix)
	if !split {
		return p, false, nil
	}
	if generation, count, named := strings.Cut(rest, ":"); named {
		p.generation, rest = generation, count
	}
	p.count, err = strconv.Atoi(rest)
	if err != nil || p.count < 1 || p.count > maxParts {
		return parts{}, true, errors.New("not written by Cuelight")
	}
	return p, true, nil
}

// next is the generation to write beside this one.
func (p parts) next() string {
	if p.generation == generations[0] {
		return generations[1]
	}
	return generations[0]
}

// item names a part, counted from 0.
func (p parts) item(name string, i int) string {
	return name + "#" + p.generation + strconv.Itoa(i+1)
}

// Get gives a value, or providers.ErrNoSecret. A value that another process
// replaces at this moment is read again.
func (v *Vault) Get(ctx context.Context, name string) (secret.Text, error) {
	item, err := v.getItem(ctx, name)
	for err == nil {
		p, split, bad := readParts(item)
		if bad != nil {
			return secret.Text{}, fmt.Errorf("read %s from the keyring: %w", name, bad)
		}
		if !split {
			return secret.New(strings.TrimPrefix(item, wholePrefix)), nil
		}
		whole, missing := v.join(ctx, name, p)
		if missing == nil {
			return secret.New(whole), nil
		}
		before := item
		if item, err = v.getItem(ctx, name); err == nil && item == before {
			// It is there, only not whole: that must not pass for "none".
			return secret.Text{}, fmt.Errorf("read %s from the keyring: a part is missing", name)
		}
	}
	return secret.Text{}, err
}

func (v *Vault) join(ctx context.Context, name string, p parts) (string, error) {
	var whole strings.Builder
	for i := range p.count {
		part, err := v.getItem(ctx, p.item(name, i))
		if err != nil {
			return "", err
		}
		whole.WriteString(part)
	}
	return whole.String(), nil
}

// Set stores a value. One that Get could not read back is refused before
// anything is written. Where it ends early, with its context, the old value or
// the new one is there. Two that store a large value under the same name at the
// same moment must keep each other out, as the users of an account's secrets do.
func (v *Vault) Set(ctx context.Context, name string, value secret.Text) error {
	plain := value.Reveal()
	if len(plain) > maxParts*itemSize {
		return fmt.Errorf("store %s in the keyring: larger than %d bytes", name, maxParts*itemSize)
	}
	before, err := v.partsOf(ctx, name)
	if err != nil {
		return err
	}
	after, item := parts{}, wholePrefix+plain
	if len(plain) > itemSize {
		after.generation = before.next()
		for ; len(plain) > 0; after.count++ {
			cut := min(itemSize, len(plain))
			if err := v.setItem(ctx, after.item(name, after.count), plain[:cut]); err != nil {
				return err
			}
			plain = plain[cut:]
		}
		item = fmt.Sprintf(partsPrefix+"%s:%d", after.generation, after.count)
	}
	if err := v.setItem(ctx, name, item); err != nil {
		return err
	}
	if before.count == 0 && after.count == 0 {
		return nil
	}
	return v.sweep(ctx, name, before, after)
}

// Delete forgets a value; it is no error when there was none.
func (v *Vault) Delete(ctx context.Context, name string) error {
	before, err := v.partsOf(ctx, name)
	if err != nil {
		return err
	}
	if err := v.deleteItem(ctx, name); err != nil {
		return err
	}
	return v.sweep(ctx, name, before, parts{})
}

// partsOf tells where the parts of the present value are. Not to know it is an
// error: a new value could be written over parts that are in use.
func (v *Vault) partsOf(ctx context.Context, name string) (parts, error) {
	item, err := v.getItem(ctx, name)
	if errors.Is(err, providers.ErrNoSecret) {
		return parts{}, nil
	}
	if err != nil {
		return parts{}, err
	}
	p, _, _ := readParts(item) // what Cuelight did not write has no parts of ours
	return p, nil
}

// sweep removes every part of a name but those in use: of the value that was
// replaced, and of ones whose writing or sweeping was cut short. A secret that
// was replaced must not lie on in the keyring. The last part goes first, so that
// what a killed process leaves has no gaps and is found by the next sweep.
func (v *Vault) sweep(ctx context.Context, name string, before, used parts) error {
	for _, generation := range [...]string{generations[0], generations[1], firstFormat} {
		first, end := 0, 0
		if generation == used.generation {
			first, end = used.count, used.count
		}
		if generation == before.generation {
			end = max(end, before.count)
		}
		end, err := v.endOf(ctx, name, parts{generation: generation, count: end})
		if err != nil {
			return err
		}
		for i := end - 1; i >= first; i-- {
			if err := v.deleteItem(ctx, parts{generation: generation}.item(name, i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// endOf gives how many parts there are where those known may be followed by
// others.
func (v *Vault) endOf(ctx context.Context, name string, known parts) (int, error) {
	for end := known.count; end < maxParts; end++ {
		_, err := v.getItem(ctx, known.item(name, end))
		if errors.Is(err, providers.ErrNoSecret) {
			return end, nil
		}
		if err != nil {
			return 0, err
		}
	}
	return maxParts, nil
}
