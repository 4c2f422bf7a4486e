package titletemplate

import (
	"strconv"
	"strings"
	"time"

	"cuelight/internal/text"
)

// Values are what placeholders stand for.
type Values struct {
	// Now gives date, time and weekday, in the zone that it is in.
	Now time.Time
	// Lang is how those are written: "ko", else English.
	Lang string
	// Episode is the number of the broadcast.
	Episode int
	// Category and Scene are names.
	Category, Scene string
}

// Expand gives the exact title.
func (t Template) Expand(v Values) string {
	var b strings.Builder
	for _, p := range t.parts {
		if p.name != "" {
			b.WriteString(v.Of(p.name))
			continue
		}
		b.WriteString(p.literal)
	}
	return b.String()
}

// Of gives what one placeholder stands for.
func (v Values) Of(name Name) string {
	format := english
	if v.Lang == "ko" {
		format = hangul
	}
	switch name {
	case Date:
		return format.date(v.Now)
	case Time:
		return format.time(v.Now)
	case Weekday:
		return format.weekdays[v.Now.Weekday()]
	case Episode:
		return strconv.Itoa(v.Episode)
	case Category:
		return text.Line(v.Category)
	case Scene:
		return text.Line(v.Scene)
	}
	return ""
}

// format is how a language writes dates: the short forms of Unicode's CLDR
// (MMMd, jm and EEEE).
type format struct {
	dateLayout     string
	morning, after string
	// dayPeriodFirst: before the hours and not after the minutes.
	dayPeriodFirst bool
	weekdays       [7]string // from Sunday
}

var (
	english = format{
		dateLayout: "Jan 2", morning: "AM", after: "PM",
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	}
	hangul = format{
		dateLayout: "1월 2일", morning: "오전", after: "오후", dayPeriodFirst: true,
		weekdays: [7]string{"일요일", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일"},
	}
)

func (f format) date(at time.Time) string { return at.Format(f.dateLayout) }

func (f format) time(at time.Time) string {
	period := f.morning
	if at.Hour() >= 12 {
		period = f.after
	}
	if f.dayPeriodFirst {
		return period + " " + at.Format("3:04")
	}
	return at.Format("3:04") + " " + period
}
