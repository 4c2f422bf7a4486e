package input

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/unicode/norm"

	"cuelight/widgets/control"
	"cuelight/widgets/timer"
)

// HashtagField holds a few short tags as chips, with a field to add more. A tag is
// finished by a space, a comma, Enter, leaving the field, or pasting; what is wrong
// with one is said below and its text stays to be corrected. Backspace in the empty
// field marks the last tag, and once more removes it.
type HashtagField struct {
	widget.DisableableWidget
	// OnChanged is called with the tags, in NFC and without #, on each change by the person.
	OnChanged func([]string)

	label   string
	limit   int
	check   func(tag string, others []string) error
	tooMany string
	tags    []string
	chips   []*control.Chip
	problem string
	hovered bool
	marked  bool // the last tag is marked for removal
	outside bool // the entry is being changed from outside
	// commitAll: the coming commit also takes the last word, which nothing has ended.
	commitAll bool
	entry     *bareEntry
	clock     timer.Clock
	stop      func()
}

// NewHashtagField makes a field for at most limit tags. check says what is wrong
// with a tag next to the others, in words for the person; tooMany is said when there
// is no room for more.
func NewHashtagField(label, placeholder string, limit int, tooMany string,
	check func(tag string, others []string) error, clock timer.Clock,
) *HashtagField {
	h := &HashtagField{label: label, limit: limit, tooMany: tooMany, check: check, entry: newBareEntry(), clock: timer.OrWall(clock)}
	h.entry.PlaceHolder = placeholder
	h.entry.OnChanged = func(string) { h.typed() }
	h.entry.onKey = h.key
	h.entry.onFocus = h.focusChanged
	h.entry.onPaste = func(string) bool {
		h.scheduleCommit(true)
		return false
	}
	h.ExtendBaseWidget(h)
	return h
}

// Tags are the finished tags, without #.
func (h *HashtagField) Tags() []string { return slices.Clone(h.tags) }

// SetTags changes the tags without calling OnChanged. What is being typed stays.
func (h *HashtagField) SetTags(tags []string) {
	if slices.Equal(tags, h.tags) {
		return
	}
	h.tags = slices.Clone(tags)
	h.rebuild()
}

// SetLimit changes how many tags may be used.
func (h *HashtagField) SetLimit(limit int) {
	if h.limit != limit {
		h.limit = limit
		h.Refresh()
	}
}

// SetProblem says under the field what is wrong; the next change takes it away.
func (h *HashtagField) SetProblem(problem string) {
	if h.problem != problem {
		h.problem = problem
		h.Refresh()
	}
}

// Problem is what is said to be wrong, or nothing.
func (h *HashtagField) Problem() string { return h.problem }

// Focus gives the field the keyboard.
func (h *HashtagField) Focus() { control.RequestFocus(h.entry) }

// Disable makes the field only for reading.
func (h *HashtagField) Disable() {
	h.entry.Disable()
	h.DisableableWidget.Disable()
	h.rebuild()
}

// Enable undoes Disable.
func (h *HashtagField) Enable() {
	h.entry.Enable()
	h.DisableableWidget.Enable()
	h.rebuild()
}

// Tapped anywhere in the field gives it the keyboard.
func (h *HashtagField) Tapped(*fyne.PointEvent) { h.Focus() }

// MouseIn shows that the field can be typed in.
func (h *HashtagField) MouseIn(*desktop.MouseEvent) {
	h.hovered = true
	h.Refresh()
}

// MouseMoved does nothing.
func (h *HashtagField) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (h *HashtagField) MouseOut() {
	h.hovered = false
	h.Refresh()
}

func isSeparator(r rune) bool {
	return strings.ContainsRune(" ,，、;#\t\n\u3000", r)
}

// typed waits before it takes a finished tag: with some input methods the space
// arrives before the last syllable of the tag.
func (h *HashtagField) typed() {
	if h.outside {
		return
	}
	h.unmark()
	h.problem = ""
	if strings.ContainsFunc(strings.TrimLeftFunc(h.entry.Text, isSeparator), isSeparator) {
		h.scheduleCommit(false)
	}
	h.Refresh()
}

// scheduleCommit makes tags of finished words once the input method has settled; all
// also takes the last word, which nothing has ended yet.
func (h *HashtagField) scheduleCommit(all bool) {
	if h.stop != nil {
		h.stop()
	}
	h.commitAll = h.commitAll || all
	h.stop = h.clock.After(inputMethodDelay, func() {
		all := h.commitAll
		h.stop, h.commitAll = nil, false
		h.commit(all)
	})
}

func (h *HashtagField) focusChanged(on bool) {
	if !on {
		h.unmark()
		h.scheduleCommit(true)
	}
	h.Refresh()
}

func (h *HashtagField) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		h.scheduleCommit(true)
		return true
	case fyne.KeyBackspace:
		if h.entry.Text != "" || len(h.tags) == 0 || h.Disabled() {
			return false
		}
		if !h.marked {
			h.marked = true
			h.chips[len(h.chips)-1].SetMarked(true)
			h.Refresh()
			return true
		}
		h.remove(len(h.tags) - 1)
		return true
	}
	return false
}

func (h *HashtagField) unmark() {
	h.marked = false
	for _, c := range h.chips {
		c.SetMarked(false)
	}
}

// commit makes tags of what is typed. What cannot be one stays in the field.
func (h *HashtagField) commit(all bool) {
	text := norm.NFC.String(h.entry.Text)
	words := strings.FieldsFunc(text, isSeparator)
	rest := ""
	if !all && len(words) > 0 && !isSeparator([]rune(text)[len([]rune(text))-1]) {
		rest = words[len(words)-1]
		words = words[:len(words)-1]
	}
	var left []string
	before := len(h.tags)
	for _, word := range words {
		if reason := h.wrong(word); reason != "" {
			h.problem = reason
			left = append(left, word)
			continue
		}
		if !slices.Contains(h.tags, word) {
			h.tags = append(h.tags, word)
		}
	}
	if rest != "" {
		left = append(left, rest)
	}
	if kept := strings.Join(left, " "); kept != h.entry.Text {
		h.outside = true
		h.entry.SetText(kept)
		h.entry.toEnd()
		h.outside = false
	}
	h.rebuild()
	if len(h.tags) != before && h.OnChanged != nil {
		h.OnChanged(h.Tags())
	}
}

func (h *HashtagField) wrong(word string) string {
	if slices.Contains(h.tags, word) {
		return ""
	}
	if h.limit > 0 && len(h.tags) >= h.limit {
		return h.tooMany
	}
	if h.check != nil {
		if err := h.check(word, h.Tags()); err != nil {
			return err.Error()
		}
	}
	return ""
}

func (h *HashtagField) remove(i int) {
	h.problem, h.marked = "", false
	h.tags = slices.Delete(slices.Clone(h.tags), i, i+1)
	h.rebuild()
	if h.OnChanged != nil {
		h.OnChanged(h.Tags())
	}
}

func (h *HashtagField) rebuild() {
	h.chips = make([]*control.Chip, len(h.tags))
	h.marked = false
	for i, tag := range h.tags {
		remove := func() {
			h.remove(i)
			h.Focus()
		}
		if h.Disabled() {
			remove = nil
		}
		h.chips[i] = control.NewChip(tag, nil, remove)
	}
	h.Refresh()
}

func (h *HashtagField) state() fieldState {
	s := fieldState{label: h.label, focused: h.entry.focused, disabled: h.Disabled(), hovered: h.hovered}
	s.message, s.bad = h.problem, h.problem != ""
	if h.limit > 0 {
		s.counter = fmt.Sprintf("%d / %d", len(h.tags), h.limit)
		s.over = len(h.tags) > h.limit
	}
	if s.over && s.message == "" {
		s.message = h.tooMany
	}
	return s
}
