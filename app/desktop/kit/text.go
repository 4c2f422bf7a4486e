package kit

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/internal/text"
)

// Unknown stands where a number is not known.
const Unknown = "–"

// Texts are the window's sentences in the user's language.
type Texts struct {
	words *words.Words
	// account is the account in use.
	account func() state.AccountState
}

// Words are the sentences of the whole program.
func (t *Texts) Words() *words.Words { return t.words }

// SetWords changes the language; whatever shows words has to be made anew.
func (t *Texts) SetWords(w *words.Words) { t.words = w }

// Text gives one of the window's own sentences.
func (t *Texts) Text(key string, args ...words.Args) string {
	return t.words.Say(t.named("desktop."+key), args...)
}

// Count is Text for a number of things; the sentence finds it as {{.N}}, and in
// groups of three as {{.Number}}.
func (t *Texts) Count(key string, n int) string {
	return t.words.Count(t.named("desktop."+key), n, words.Args{"Number": Thousands(n)})
}

// HasText reports whether there is a sentence under a key.
func (t *Texts) HasText(key string) bool { return t.words.Has("desktop." + key) }

// Explain says what went wrong, why and what to do.
func (t *Texts) Explain(err error) words.Explanation { return t.aboutPlatform().Explain(err) }

// ExplainCheck is Explain for a check before going live.
func (t *Texts) ExplainCheck(c state.Preflight) words.Explanation {
	return t.aboutPlatform().ExplainCheck(c)
}

// aboutPlatform are the words that name the platform of the account in use.
func (t *Texts) aboutPlatform() *words.Words { return t.words.About(t.Platform(t.account())) }

// named is the key of a sentence about channels at a platform that calls them
// rooms.
func (t *Texts) named(key string) string {
	if t.account().Rooms && t.words.Has(key+".room") {
		return key + ".room"
	}
	return key
}

// Arg is one value of a sentence.
func Arg(name string, value any) words.Args { return words.Args{name: value} }

// JoinSentences joins what there is with a space between.
func JoinSentences(parts ...string) string { return joinWith(" ", parts) }

// JoinDots joins what there is with a dot between.
func JoinDots(parts ...string) string { return joinWith(" · ", parts) }

func joinWith(separator string, parts []string) string {
	var present []string
	for _, p := range parts {
		if p != "" {
			present = append(present, p)
		}
	}
	return strings.Join(present, separator)
}

// Either is a choice between two texts.
func Either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// OrUnknown is a text, or the sign of not being known in place of an empty one.
func OrUnknown(text string) string { return Either(text != "", text, Unknown) }

// Fold makes texts comparable: composed, in lower case, without space around.
func Fold(s string) string { return strings.ToLower(norm.NFC.String(strings.TrimSpace(s))) }

// Thousands writes a number in groups of three, as both languages do.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Percent writes a share, of which small ones matter.
func Percent(p float64) string {
	if p >= 10 {
		return fmt.Sprintf("%.1f%%", p)
	}
	return fmt.Sprintf("%.2f%%", p)
}

// Digits is a number as a person types it, without everything else; at most
// nine of them.
func Digits(typed string) string {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９': // typed with a Korean or Japanese keyboard
			return r - '０' + '0'
		}
		return -1
	}, typed)
	return digits[:min(len(digits), 9)]
}

// ParseNumber reads a whole number, in full-width digits as well; anything else
// is 0.
func ParseNumber(typed string) int {
	n, err := strconv.Atoi(text.Digits(typed))
	if err != nil {
		return 0
	}
	return n
}

// ClockTime is a running time as people read it on a clock: 01:24:07.
func ClockTime(d time.Duration) string {
	seconds := int(d / time.Second)
	return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}

// ShortTime is what is left of a few minutes: 2:41.
func ShortTime(d time.Duration) string {
	seconds := int((d + time.Second - 1) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// Ago says how long ago something was, in its largest unit.
func (t *Texts) Ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return t.Text("ago.now")
	case d < time.Hour:
		return t.Count("ago.minutes", int(d/time.Minute))
	case d < 24*time.Hour:
		return t.Count("ago.hours", int(d/time.Hour))
	}
	return t.Count("ago.days", int(d/(24*time.Hour)))
}

// Lasting says how long something has been going on, in its largest unit.
func (t *Texts) Lasting(d time.Duration) string {
	switch {
	case d < time.Hour:
		return t.Count("lasting.minutes", max(0, int(d/time.Minute)))
	case d < 24*time.Hour:
		return t.Count("lasting.hours", int(d/time.Hour))
	}
	return t.Count("lasting.days", int(d/(24*time.Hour)))
}

// Moment is a day and a time of day as people write them, in local time.
func (t *Texts) Moment(at time.Time) string {
	return t.Day(at) + " " + at.Local().Format("15:04")
}

// Day is a day as people write it, in local time.
func (t *Texts) Day(at time.Time) string {
	at = at.Local()
	return t.Text("day", words.Args{
		"Year": at.Year(), "Month": int(at.Month()), "Day": at.Day(),
	})
}

// MomentOfYear is a day and a time of day of this year, in local time.
func (t *Texts) MomentOfYear(at time.Time) string {
	at = at.Local()
	return t.Text("day_of_year", words.Args{"Month": int(at.Month()), "Day": at.Day()}) + " " + at.Format("15:04")
}

// AgeGrade says from which age on a broadcast may be watched; 0 is everybody.
func (t *Texts) AgeGrade(age int) string {
	if age == 0 {
		return t.Text("grade.all")
	}
	return t.Text("grade.from", words.Args{"Age": age})
}
