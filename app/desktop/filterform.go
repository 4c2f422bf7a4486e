package desktop

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/paint"
)

// The kinds of filter that have a form of their own.
const (
	filterCategory = "category"
	filterKeyword  = "keyword"
)

// keywordMost is the longest keyword, in characters (SOOP Open API,
// filter/{type}).
const keywordMost = 20

// filterForm adds an entry, or changes the reason of one that is there.
type filterForm struct {
	all   *filters
	kind  string
	there *providers.Filter

	value   *input.TextField
	picker  *input.Picker
	reason  *input.TextField
	save    *control.Button
	failure *inset
	asking  asking
}

// newFilterForm makes a form; there is the entry to change, nil for a new one.
func newFilterForm(s *filters, there *providers.Filter) *filterForm {
	f := s.face
	m := &filterForm{all: s, kind: s.kind, there: there, failure: newInset(), asking: asking{face: f}}
	m.picker = f.categoryPicker(f.say("category"), f.say("category.placeholder"))
	m.picker.OnPicked = func(input.PickItem) { m.check() }
	most := 0
	if m.kind == filterKeyword {
		most = keywordMost
	}
	m.value = input.NewTextField(f.say("filters.value."+m.kind), f.say("filters.placeholder."+m.kind), most,
		func(over int) string { return f.count("title.too_long", over) }, f.opt.Clock)
	m.value.OnChanged = func(string) { m.check() }
	m.reason = input.NewTextField(f.say("filters.reason"), f.say("filters.reason.placeholder"), 0, nil, f.opt.Clock)
	m.reason.OnChanged = func(string) { m.check() }
	m.save = control.NewButton(f.say("filters.add."+m.kind), nil, control.Primary, func() { f.opt.Clock.After(settle, m.send) })
	if there != nil {
		m.value.SetText(there.Value)
		m.value.Disable()
		m.picker.SetPicked(f.catalog.item(providers.Category{Number: there.Value, Name: there.Name}))
		m.picker.Disable()
		m.reason.SetText(there.Reason)
		m.save.Set(f.say("filters.edit.do"), control.Primary)
	}
	m.picker.Hidden, m.value.Hidden = m.kind != filterCategory, m.kind == filterCategory
	m.check()
	return m
}

func (m *filterForm) open() {
	f := m.all.face
	title := f.say("filters.add." + m.kind)
	if m.there != nil {
		title = f.say("filters.edit")
	}
	cancel := control.NewButton(f.say("cancel"), nil, control.Plain, func() { f.closeSheet() })
	f.openSheet(column(gap, f.heading(title), f.paragraph(f.say("filters.more."+m.kind)), m.picker, m.value, m.reason,
		m.failure.object, trailing(cancel, m.save)), func(state.State) {}, m.asking.drop)
	switch {
	case m.there != nil || m.kind == filterCategory:
		m.reason.Focus()
	default:
		m.value.Focus()
	}
}

func (m *filterForm) chosen() string {
	if m.kind == filterCategory {
		return m.picker.Picked().ID
	}
	return strings.TrimSpace(m.value.Text())
}

// check says what cannot be sent while it is typed.
func (m *filterForm) check() {
	f := m.all.face
	problem := ""
	if m.kind == filterKeyword && hasEmoji(m.value.Text()) {
		problem = f.words.Say("error.filter.keyword_emoji")
	}
	m.value.SetProblem(problem)
	m.failure.set(paint.ToneBad, "")
	enable(m.save, problem == "" && m.value.Over() == 0 && m.chosen() != "" && strings.TrimSpace(m.reason.Text()) != "" && !m.asking.running())
}

func (m *filterForm) send() {
	f, kind, value := m.all.face, m.kind, m.chosen()
	reason := strings.TrimSpace(m.reason.Text())
	if m.save.Disabled() {
		return
	}
	question(&m.asking, patienceCall, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, f.engine.PutFilter(ctx, kind, value, reason)
	}, func(_ struct{}, err error) {
		m.check()
		if err != nil {
			m.failure.set(paint.ToneBad, f.explain(err).Line())
			f.grown()
			return
		}
		f.closeSheet()
		f.good(f.say("filters.saved", words.Args{"Value": either(kind == filterCategory, m.picker.Picked().Name, value)}))
		if m.all.seen {
			m.all.again()
		}
	})
	m.check()
}

// hasEmoji reports whether a text has an emoji, as the platform means it: a
// pictograph, or what makes a character one.
func hasEmoji(text string) bool {
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == 0xFE0F || r == 0x20E3: // drawn as an emoji; a key cap
			return true
		case r >= 0x1F000 && r <= 0x1FAFF, r >= 0xE0020 && r <= 0xE007F: // pictographs and flags
			return true
		case r >= 0x2600 && r <= 0x27BF && unicode.Is(unicode.So, r), r == 0x2B50 || r == 0x2B55:
			return true
		}
	}
	return !utf8.ValidString(text)
}

// holds reports whether one of some texts has a folded query in it.
func holds(query string, texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(folded(text), query) {
			return true
		}
	}
	return false
}
