package titletemplate

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cuelight/providers"
)

// evening is a Wednesday.
var evening = time.Date(2026, time.November, 25, 18, 4, 0, 0, time.FixedZone("KST", 9*3600))

func TestEachPlaceholderInBothLanguages(t *testing.T) {
	values := Values{Now: evening, Episode: 12, Category: "배틀그라운드", Scene: "게임"}
	for _, c := range []struct{ title, ko, en string }{
		{"{date}", "11월 25일", "Nov 25"},
		{"{time}", "오후 6:04", "6:04 PM"},
		{"{weekday} 저녁", "수요일 저녁", "Wednesday 저녁"},
		{"시즌 {episode}화", "시즌 12화", "시즌 12화"},
		{"{category}!", "배틀그라운드!", "배틀그라운드!"},
		{"[{scene}]", "[게임]", "[게임]"},
		{"{날짜} {시간} {요일}", "11월 25일 오후 6:04 수요일", "Nov 25 6:04 PM Wednesday"},
		{"{회차}/{카테고리}/{장면}", "12/배틀그라운드/게임", "12/배틀그라운드/게임"},
		{"{ Episode }{episode}", "1212", "1212"},
		{"{{episode}}", "{episode}", "{episode}"},
		{"{{{episode}}}", "{12}", "{12}"},
		{"}}{{", "}{", "}{"},
		{"", "", ""},
	} {
		parsed, err := Parse(c.title)
		if err != nil {
			t.Errorf("%q: %v", c.title, err)
			continue
		}
		values.Lang = "ko"
		if got := parsed.Expand(values); got != c.ko {
			t.Errorf("%q in Korean: %q, want %q", c.title, got, c.ko)
		}
		values.Lang = "en"
		if got := parsed.Expand(values); got != c.en {
			t.Errorf("%q in English: %q, want %q", c.title, got, c.en)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	for hour, want := range map[int][2]string{
		0: {"오전 12:04", "12:04 AM"}, 9: {"오전 9:04", "9:04 AM"}, 12: {"오후 12:04", "12:04 PM"}, 23: {"오후 11:04", "11:04 PM"},
	} {
		at := time.Date(2026, 1, 2, hour, 4, 0, 0, time.UTC)
		for i, lang := range []string{"ko", "en"} {
			if got := (Values{Now: at, Lang: lang}).Of(Time); got != want[i] {
				t.Errorf("%d o'clock in %s: %q, want %q", hour, lang, got, want[i])
			}
		}
	}
}

func TestWhatIsNoPlaceholderIsRefused(t *testing.T) {
	for _, c := range []struct{ title, reason, says string }{
		{"{foo}", "template.unknown", "{foo}"},
		{"{}", "template.unknown", "{}"},
		{"시즌 {에피소드}화", "template.unknown", "{에피소드}"},
		{"{" + strings.Repeat("x", 500) + "}", "template.unknown", "…"},
		{"{\x1b[31mred}", "template.unknown", "{red}"},
		{"a {episode", "template.brace", "{"},
		{"episode} b", "template.brace", "}"},
		{":}", "template.brace", "}"},
	} {
		_, err := Parse(c.title)
		var usage *providers.Error
		if !errors.Is(err, providers.ErrUsage) || !errors.As(err, &usage) || usage.Reason != c.reason || usage.Field != "title" {
			t.Errorf("%q: %v, want %s", c.title, err, c.reason)
			continue
		}
		if !strings.Contains(usage.Err.Error(), c.says) || strings.ContainsRune(usage.Err.Error(), '\x1b') || len(usage.Err.Error()) > 60 {
			t.Errorf("%q: says %q, want %q", c.title, usage.Err, c.says)
		}
	}
}

func TestOneTemplateHasOneForm(t *testing.T) {
	for title, want := range map[string][2]string{
		"{회차}화 {{x}}":        {"{회차}화 {{x}}", "{episode}화 {{x}}"},
		"{ EPISODE }화 {{x}}": {"{회차}화 {{x}}", "{episode}화 {{x}}"},
		"plain":              {"plain", "plain"},
	} {
		parsed, err := Parse(title)
		if err != nil {
			t.Fatal(err)
		}
		if parsed.In("ko") != want[0] || parsed.String() != want[1] {
			t.Errorf("%q: %q and %q", title, parsed.In("ko"), parsed)
		}
		if parsed.Plain() != (title == "plain") || parsed.Uses(Episode) == parsed.Plain() || parsed.Uses(Scene) {
			t.Errorf("%q: plain %v, episode %v", title, parsed.Plain(), parsed.Uses(Episode))
		}
	}
}

// Any text, made a template, stands for itself and keeps its form.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "{", "}}", "{episode}", "{{{", "ㅂㅅ {회차}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := Parse(Escape(text))
		if err != nil || !parsed.Plain() || parsed.Expand(Values{}) != text {
			t.Fatalf("%q became %q, %v", text, parsed.Expand(Values{}), err)
		}
		if typed, err := Parse(text); err == nil {
			again, err := Parse(typed.In("ko"))
			if err != nil || again.String() != typed.String() {
				t.Fatalf("%q is %q and again %q, %v", text, typed, again, err)
			}
		}
	})
}
