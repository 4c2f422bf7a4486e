package soop

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// Bounds of broad/info/update (SOOP Open API), in characters, entries, minutes
// and places.
const (
	maxTitle      = 75
	maxHashtags   = 5
	maxEnding     = 40
	minPassword   = 6
	minStandby    = 1
	maxStandby    = 10
	maxWatermark  = 6
	adultGrade    = 19
	minViewers    = 1
	minTitle      = 1
	firstPosition = 1
)

// textLimits are the bounds of texts and of the list of hashtags.
var textLimits = providers.Limits{
	providers.FieldTitle:         {Min: minTitle, Max: maxTitle},
	providers.FieldHashtags:      {Max: maxHashtags},
	providers.FieldEndingMessage: {Max: maxEnding},
}

// Limits implements providers.Editor. The largest number of viewers depends on
// the account (100,000 at first), so none is given.
func (s *session) Limits() providers.Limits {
	limits := providers.Limits{
		providers.FieldCategory:      {},
		providers.FieldViewerLimit:   {Min: minViewers},
		providers.FieldPassword:      {Min: minPassword},
		providers.FieldHidden:        {},
		providers.FieldAgeGrade:      {Max: adultGrade, Options: []string{"0", strconv.Itoa(adultGrade)}},
		providers.FieldStandby:       {Min: minStandby, Max: maxStandby},
		providers.FieldWatermark:     {Min: firstPosition, Max: maxWatermark},
		providers.FieldExploration:   {},
		providers.FieldPaidPromotion: {},
	}
	maps.Copy(limits, textLimits)
	if s.dialect.language {
		limits[providers.FieldLanguage] = providers.Limit{}
	}
	return limits
}

// Check implements providers.Editor: everything wrong with a patch, joined.
func (s *session) Check(p providers.Patch) error {
	return errors.Join(
		checkIfSet(p.Title, checkText(providers.FieldTitle)),
		checkIfSet(p.Category, checkCategory),
		checkIfSet(p.Language, s.checkLanguage),
		checkIfSet(p.ViewerLimit, checkViewers),
		checkIfSet(p.Password, checkPassword),
		checkIfSet(p.AgeGrade, checkGrade),
		checkIfSet(p.Hashtags, checkHashtags),
		checkIfSet(p.EndingMessage, checkText(providers.FieldEndingMessage)),
		checkIfSet(p.StandbyMinutes, checkStandby),
		checkIfSet(p.Watermark, checkWatermark),
		checkIfSet(p.CoverURL, func(string) error { return fieldError(providers.FieldCover, "unsupported", 0) }),
		checkIfSet(p.Activity, func(int) error { return fieldError(providers.FieldActivity, "unsupported", 0) }),
	)
}

// checkIfSet checks a field of a patch where it is set.
func checkIfSet[T any](value *T, check func(T) error) error {
	if value == nil {
		return nil
	}
	return check(*value)
}

// checkText checks a text against its bounds.
func checkText(field providers.FieldID) func(string) error {
	return func(given string) error { return textLimits[field].CheckText(field, given) }
}

// fieldError makes an error with the reason "field.what".
func fieldError(field providers.FieldID, what string, limit int) error {
	return usage(string(field), string(field)+"."+what, limit)
}

func checkCategory(number string) error {
	if _, ok := NormalizeCategory(number); !ok {
		return fieldError(providers.FieldCategory, "unknown", 0)
	}
	return nil
}

func (s *session) checkLanguage(code string) error {
	switch {
	case !s.dialect.language:
		return fieldError(providers.FieldLanguage, "unsupported", 0)
	case strings.TrimSpace(code) == "":
		return fieldError(providers.FieldLanguage, "empty", 0)
	}
	return nil
}

func checkViewers(n int) error {
	if n < minViewers {
		return fieldError(providers.FieldViewerLimit, "too_small", minViewers)
	}
	return nil
}

// checkPassword: "a combination of letters and numbers, at least 6 characters".
// No password switches it off.
func checkPassword(password secret.Text) error {
	if password.Empty() {
		return nil
	}
	letters, digits := 0, 0
	for _, r := range password.Reveal() {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			letters++
		case r >= '0' && r <= '9':
			digits++
		default:
			return fieldError(providers.FieldPassword, "characters", minPassword)
		}
	}
	if letters == 0 || digits == 0 || letters+digits < minPassword {
		return fieldError(providers.FieldPassword, "weak", minPassword)
	}
	return nil
}

func checkGrade(grade int) error {
	if grade != 0 && grade != adultGrade {
		return fieldError(providers.FieldAgeGrade, "unknown", adultGrade)
	}
	return nil
}

func checkHashtags(tags []string) error {
	tags = providers.TidyHashtags(tags)
	err := textLimits[providers.FieldHashtags].CheckEntries(providers.FieldHashtags, tags)
	if !slices.ContainsFunc(tags, func(tag string) bool { return !providers.PlainHashtag(tag) }) {
		return err
	}
	return errors.Join(err, fieldError(providers.FieldHashtags, "characters", 0))
}

func checkStandby(minutes int) error {
	switch {
	case minutes < minStandby:
		return fieldError(providers.FieldStandby, "too_short", minStandby)
	case minutes > maxStandby:
		return fieldError(providers.FieldStandby, "too_long", maxStandby)
	}
	return nil
}

func checkWatermark(place int) error {
	if place < firstPosition || place > maxWatermark {
		return fieldError(providers.FieldWatermark, "unknown", maxWatermark)
	}
	return nil
}
