// Package shortcuts owns the window's keyboard shortcuts: what is bound, and what is
// shown of it in tips, in the palette and on the sheet, is one list.
package shortcuts

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keys is one combination of keys.
type Keys struct {
	Name     fyne.KeyName
	Modifier fyne.KeyModifier
}

// Ctrl is a key with the system's usual modifier for shortcuts.
func Ctrl(name fyne.KeyName) Keys { return Keys{name, fyne.KeyModifierShortcutDefault} }

// Alt is a key with Alt.
func Alt(name fyne.KeyName) Keys { return Keys{name, fyne.KeyModifierAlt} }

// Digits is how many places have a digit: 1 to 9.
const Digits = 9

// Number is the key of a digit, for the place i counted from 0.
func Number(i int) fyne.KeyName { return fyne.KeyName(strconv.Itoa(i + 1)) }

// String names the combination as keyboards do: "Ctrl+K".
func (k Keys) String() string {
	var parts []string
	for _, one := range []struct {
		modifier fyne.KeyModifier
		name     string
	}{
		{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, "Cmd"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"},
	} {
		if k.Modifier&one.modifier != 0 {
			parts = append(parts, one.name)
		}
	}
	name := string(k.Name)
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		name = "Enter"
	case fyne.KeyEscape:
		name = "Esc"
	case fyne.KeyUp:
		name = "↑"
	case fyne.KeyDown:
		name = "↓"
	}
	return strings.Join(append(parts, name), "+")
}

// Shortcut is something that keys do.
type Shortcut struct {
	// ID is the end of the key under which words name it.
	ID string
	// Keys all do it; the first is the one that is shown.
	Keys []Keys
	// Shown is shown in place of the keys where several shortcuts of a row are told
	// as one; Hidden are the others of that row.
	Shown  string
	Hidden bool
	// Do does it. Nil is told and not bound: the toolkit or a screen does it.
	Do func()
	// OverSheets: it works while a sheet is open, too.
	OverSheets bool
}

// Registry is the shortcuts of a window.
type Registry struct{ all []Shortcut }

// New makes a registry. No two shortcuts may claim the same keys.
func New(all ...Shortcut) *Registry { return &Registry{all} }

// Bind lets a canvas take the shortcuts. sheet reports whether a sheet is open. Keys
// without a modifier are not the canvas's to take: who gets its typed keys gives them
// to Press.
func (r *Registry) Bind(c fyne.Canvas, sheet func() bool) {
	for _, s := range r.all {
		for _, k := range s.Keys {
			if s.Do != nil && k.Modifier != 0 {
				c.AddShortcut(&desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Modifier}, func(fyne.Shortcut) { r.Press(k, sheet()) })
			}
		}
	}
}

// Press does what keys stand for; most do nothing while a sheet is open.
func (r *Registry) Press(keys Keys, sheet bool) {
	for _, s := range r.all {
		if s.Do != nil && slices.Contains(s.Keys, keys) && (s.OverSheets || !sheet) {
			s.Do()
			return
		}
	}
}

// Label is what is shown of a shortcut: "Ctrl+K", empty where there is none.
func (r *Registry) Label(id string) string {
	for _, s := range r.all {
		if s.ID == id && len(s.Keys) > 0 {
			return s.Keys[0].String()
		}
	}
	return ""
}

// Row is one line of the sheet of shortcuts.
type Row struct{ ID, Keys string }

// Rows are the lines of the sheet.
func (r *Registry) Rows() []Row {
	var rows []Row
	for _, s := range r.all {
		if s.Hidden {
			continue
		}
		keys := s.Shown
		if keys == "" {
			var names []string
			for _, k := range s.Keys {
				if name := k.String(); len(names) == 0 || names[len(names)-1] != name {
					names = append(names, name)
				}
			}
			keys = strings.Join(names, ", ")
		}
		rows = append(rows, Row{s.ID, keys})
	}
	return rows
}
