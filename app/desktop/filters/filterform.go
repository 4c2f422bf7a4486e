package filters

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cuelight/app/desktop/kit"
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

// keywordMax is the longest keyword, in characters (SOOP Open API,
// filter/{type}).
const keywordMax = 20

// filterForm adds an entry, or changes the reason of one that exists.
type filterForm struct {
	screen *Filters
	kind   string
	// existing is the entry to change; nil for a new one.
	existing *providers.Filter

	value   *input.TextField
	picker  *input.Picker
	reason  *input.TextField
	save    *control.Button
	failure *kit.Message
	request kit.LatestRequest
}

// newFilterForm makes a form; existing is the entry to change, nil for a new one.
func newFilterForm(s *Filters, existing *providers.Filter) *filterForm {
	ui := s.ui
	m := &filterForm{screen: s, kind: s.kind, existing: existing, failure: kit.NewMessage(), request: kit.NewRequest(ui)}
	m.picker = s.categories.Picker(ui.Text("category"), ui.Text("category.placeholder"))
	m.picker.OnPicked = func(input.PickItem) { m.check() }
	limit := 0
	if m.kind == filterKeyword {
		limit = keywordMax
	}
	m.value = input.NewTextField(ui.Text("filters.value."+m.kind), ui.Text("filters.placeholder."+m.kind), limit,
		func(over int) string { return ui.Count("title.too_long", over) }, ui.Clock())
	m.value.OnChanged = func(string) { m.check() }
	m.reason = input.NewTextField(ui.Text("filters.reason"), ui.Text("filters.reason.placeholder"), 0, nil, ui.Clock())
	m.reason.OnChanged = func(string) { m.check() }
	m.save = control.NewButton(ui.Text("filters.add."+m.kind), nil, control.Primary, func() { ui.Clock().After(kit.InputDelay, m.send) })
	if existing != nil {
		m.value.SetText(existing.Value)
		m.value.Disable()
		m.picker.SetPicked(s.categories.Item(providers.Category{Number: existing.Value, Name: existing.Name}))
		m.picker.Disable()
		m.reason.SetText(existing.Reason)
		m.save.Set(ui.Text("filters.edit.do"), control.Primary)
	}
	kit.EnterPresses(m.save, m.value, m.reason)
	m.picker.Hidden, m.value.Hidden = m.kind != filterCategory, m.kind == filterCategory
	m.check()
	return m
}

func (m *filterForm) open() {
	ui := m.screen.ui
	title := ui.Text("filters.add." + m.kind)
	if m.existing != nil {
		title = ui.Text("filters.edit")
	}
	cancel := control.NewButton(ui.Text("cancel"), nil, control.Plain, func() { ui.CloseSheet() })
	ui.OpenSheet(kit.Column(kit.Gap, kit.Heading(title), kit.Paragraph(ui.Text("filters.more."+m.kind)), m.picker, m.value, m.reason,
		m.failure.Object, kit.Trailing(cancel, m.save)), func(state.State) {}, m.request.Cancel)
	switch {
	case m.existing != nil:
		m.reason.Focus()
	case m.kind == filterCategory:
		control.RequestFocus(m.picker)
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
	ui := m.screen.ui
	problem := ""
	if m.kind == filterKeyword && hasEmoji(m.value.Text()) {
		problem = ui.Words().Say("error.filter.keyword_emoji")
	}
	m.value.SetProblem(problem)
	m.failure.Set(paint.ToneBad, "")
	m.reason.SetHint(kit.Either(strings.TrimSpace(m.reason.Text()) == "", ui.Text("filters.reason.needed"), ""))
	kit.Enable(m.save, problem == "" && m.value.Over() == 0 && m.chosen() != "" && strings.TrimSpace(m.reason.Text()) != "" && !m.request.Running())
}

func (m *filterForm) send() {
	ui, kind, value := m.screen.ui, m.kind, m.chosen()
	reason := strings.TrimSpace(m.reason.Text())
	if m.save.Disabled() {
		return
	}
	kit.Send(&m.request, kit.CallTimeout, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.screen.engine.PutFilter(ctx, kind, value, reason)
	}, func(_ struct{}, err error) {
		m.check()
		if err != nil {
			m.failure.Set(paint.ToneBad, ui.Explain(err).Line())
			ui.ResizeSheet()
			return
		}
		ui.CloseSheet()
		ui.ShowSuccess(ui.Text("filters.saved", words.Args{"Value": kit.Either(kind == filterCategory, m.picker.Picked().Name, value)}))
		if m.screen.visible {
			m.screen.Reload()
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

// containsAny reports whether one of some texts has a folded query in it.
func containsAny(query string, texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(kit.Fold(text), query) {
			return true
		}
	}
	return false
}
