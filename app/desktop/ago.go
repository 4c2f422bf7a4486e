package desktop

import (
	"strings"
	"time"

	"cuelight/app/words"
)

// args is one value of a sentence.
func args(name string, value any) words.Args { return words.Args{name: value} }

// dotted joins what there is with a dot between.
func dotted(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// ago says how long ago something was, in its largest unit.
func (f *face) ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return f.say("ago.now")
	case d < time.Hour:
		return f.count("ago.minutes", int(d/time.Minute))
	case d < 24*time.Hour:
		return f.count("ago.hours", int(d/time.Hour))
	}
	return f.count("ago.days", int(d/(24*time.Hour)))
}

// lasting says how long something has been going on, in its largest unit.
func (f *face) lasting(d time.Duration) string {
	switch {
	case d < time.Hour:
		return f.count("lasting.minutes", max(0, int(d/time.Minute)))
	case d < 24*time.Hour:
		return f.count("lasting.hours", int(d/time.Hour))
	}
	return f.count("lasting.days", int(d/(24*time.Hour)))
}
