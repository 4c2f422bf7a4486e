package soopsim

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cuelight/providers/sandbox/soopsim/catalog"

	"golang.org/x/text/unicode/norm"
)

// Limits of broad/info/update, from both documents.
const (
	maxTitle    = 75
	maxEnding   = 40
	maxHashtags = 5
	minPassword = 6
	maxViewers  = 100000
	maxStandby  = 10
)

// fieldRefusal is a field that the platform does not take. Of its codes only
// -1320 is documented.
type fieldRefusal struct {
	result int
	field  string
}

func (r *fieldRefusal) Error() string { return r.field + " is not accepted" }

func reject(field string) error { return &fieldRefusal{resultRefused, field} }

// update is POST broad/info/update. One bad field rejects the whole call.
func (h channel) update(w http.ResponseWriter, c *call) {
	user := h.authenticate(w, c)
	if user == "" {
		return
	}
	err := h.State.Update(c.Context(), func(st *State) error {
		return c.apply(&st.Streamers[user].Settings)
	})
	if r, ok := err.(*fieldRefusal); ok {
		if r.result == resultWaiting {
			c.refuse(w, resultWaiting, msgWaiting, "")
			return
		}
		c.refuse(w, r.result, msgRefused, r.field)
		return
	}
	if err != nil {
		h.internalError(w, err)
		return
	}
	writeJSON(w, result{resultOK, c.message(msgUpdated)})
}

// setters take one parameter each into the settings.
var setters = map[string]func(*Settings, string) error{
	"title":            func(s *Settings, v string) error { return setText(&s.Title, v, "title", 1, maxTitle) },
	"broad_ending_msg": func(s *Settings, v string) error { return setText(&s.Ending, v, "broad_ending_msg", 0, maxEnding) },
	"category":         setCategory,
	"allowed_view_cnt": func(s *Settings, v string) error {
		return setNumber(&s.ViewerLimit, v, "allowed_view_cnt", 1, maxViewers)
	},
	"broad_hidden":   func(s *Settings, v string) error { return setFlag(&s.Hidden, v, "broad_hidden") },
	"broad_tune_out": func(s *Settings, v string) error { return setFlag(&s.TuneOut, v, "broad_tune_out") },
	"paid_promotion": func(s *Settings, v string) error { return setFlag(&s.Paid, v, "paid_promotion") },
	"water_mark":     func(s *Settings, v string) error { return setNumber(&s.Watermark, v, "water_mark", 1, 6) },
	"hashtags":       setHashtags,
	"broad_grade": func(s *Settings, v string) error {
		if v != "0" && v != "19" {
			return reject("broad_grade")
		}
		s.Grade, _ = strconv.Atoi(v)
		return nil
	},
	"is_wait": func(s *Settings, v string) error {
		s.StandbyAsText = true
		return setFlag(&s.Standby, v, "is_wait")
	},
	"waiting_time": func(s *Settings, v string) error {
		if setNumber(&s.StandbyMinutes, v, "waiting_time", 1, maxStandby) != nil {
			return &fieldRefusal{resultWaiting, "waiting_time"}
		}
		return nil
	},
}

func (c *call) apply(set *Settings) error {
	for field, value := range c.params {
		if setter := setters[field]; setter != nil {
			if err := setter(set, value); err != nil {
				return err
			}
		}
	}
	if language, sent := c.params["language"]; sent && c.d.hasLanguage {
		set.Language = language
	}
	return c.applyPassword(set)
}

// applyPassword reads broad_pwd_chk and broad_pwd together. The password
// itself is not kept.
func (c *call) applyPassword(set *Settings) error {
	flag, sent := c.params["broad_pwd_chk"]
	if !sent {
		return nil
	}
	var on bool
	if err := setFlag(&on, flag, "broad_pwd_chk"); err != nil {
		return err
	}
	if on && !validPassword(c.params["broad_pwd"]) {
		return reject("broad_pwd")
	}
	set.HasPassword = on
	return nil
}

// validPassword holds the documented rule: letters and numbers, six at least.
func validPassword(p string) bool {
	letters, digits := 0, 0
	for _, r := range p {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			letters++
		case r >= '0' && r <= '9':
			digits++
		default:
			return false
		}
	}
	return letters > 0 && digits > 0 && letters+digits >= minPassword
}

// setText counts characters as people do who type Korean: after composition.
func setText(to *string, v, field string, least, most int) error {
	v = norm.NFC.String(v)
	if n := utf8.RuneCountInString(v); n < least || n > most {
		return reject(field)
	}
	*to = v
	return nil
}

func setNumber(to *int, v, field string, least, most int) error {
	n, err := strconv.Atoi(strings.TrimSpace(v))
	if err != nil || n < least || n > most {
		return reject(field)
	}
	*to = n
	return nil
}

func setFlag(to *bool, v, field string) error {
	if v != "0" && v != "1" {
		return reject(field)
	}
	*to = v == "1"
	return nil
}

// setCategory takes "40066" and "00040066" alike: updates send a number, lists
// hold text of eight digits. Groups that have children cannot be chosen.
func setCategory(set *Settings, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return reject("category")
	}
	full := fmt.Sprintf("%08d", n)
	found := func(group catalog.Category) bool {
		if group.Number == full {
			return len(group.Children) == 0
		}
		return slices.ContainsFunc(group.Children, func(child catalog.Category) bool { return child.Number == full })
	}
	if n != 0 && !slices.ContainsFunc(catalog.Tree(), found) {
		return reject("category")
	}
	set.Category = full
	return nil
}

// setHashtags splits at commas and spaces, as documented, and joins with ",".
func setHashtags(set *Settings, v string) error {
	tags := strings.FieldsFunc(norm.NFC.String(v), func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	special := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for _, tag := range tags {
		if strings.ContainsFunc(tag, special) {
			return reject("hashtags")
		}
	}
	if len(tags) > maxHashtags {
		return reject("hashtags")
	}
	set.Hashtags = strings.Join(tags, ",")
	return nil
}
