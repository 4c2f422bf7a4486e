package desktop

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
)

// slot is one field of the broadcast's settings, with what belongs under it:
// that it was changed elsewhere meanwhile, and the choice between the two.
type slot struct {
	id     providers.FieldID
	face   *face
	object *fyne.Container
	// fill shows the field as the user means it.
	fill func(filling)
	// theirs puts the platform's own value into words.
	theirs func(providers.Broadcast) string

	conflict *fyne.Container
	says     *label.Paragraph
}

// filling is what a field is filled with.
type filling struct {
	shown providers.Broadcast
	draft providers.Patch
	state state.BroadcastState
	limit providers.Limit
	// problem is what is wrong with the field, in words.
	problem string
}

func newSlot(f *face, id providers.FieldID, field fyne.CanvasObject, fill func(filling), theirs func(providers.Broadcast) string) *slot {
	s := &slot{id: id, face: f, fill: fill, theirs: theirs}
	s.says = label.NewParagraph("", label.Style{Size: theme.SizeNameCaptionText})
	choices := row(4, nil,
		control.NewButton(f.say("conflict.mine"), nil, control.LinkLike, func() { f.engine.KeepMine(id) }),
		control.NewButton(f.say("conflict.theirs"), nil, control.LinkLike, func() { f.engine.TakeTheirs(id) }))
	s.conflict = over(newTint(theme.ColorNameWarning, 0x22, theme.SizeNameButtonRadius),
		inside(12, 8, column(2, s.says, choices)))
	s.conflict.Hide()
	s.object = column(8, field, s.conflict)
	return s
}

// update shows the field where the platform has it. It tells whether the slot's
// height may have changed.
func (s *slot) update(b state.BroadcastState, shown providers.Broadcast, conflicts map[providers.FieldID]bool) bool {
	limit, has := b.Limits[s.id]
	changed := s.object.Visible() != has
	s.object.Hidden = !has
	if !has {
		return changed
	}
	problem := ""
	if err := b.Problems[s.id]; err != nil {
		x := s.face.explain(err)
		problem = join(x.What, x.Do)
	}
	s.fill(filling{shown: shown, draft: b.Draft, state: b, limit: limit, problem: problem})
	if conflicts[s.id] {
		s.says.SetText(s.face.say("conflict", words.Args{"Value": s.theirs(b.Confirmed)}))
	}
	if s.conflict.Visible() != conflicts[s.id] {
		s.conflict.Hidden = !conflicts[s.id]
		s.conflict.Refresh()
		changed = true
	}
	return changed
}

// digits is a number as a person types it, without everything else; at most
// nine of them.
func digits(typed string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９': // typed with a Korean or Japanese keyboard
			return r - '０' + '0'
		}
		return -1
	}, typed)
	return kept[:min(len(kept), 9)]
}

func numberOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
