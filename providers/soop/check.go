package soop

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

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

// Limits implements providers.Editor. The largest number of viewers depends on
// the account (100,000 at first), so none is given.
func (s *session) Limits() providers.Limits {
	limits := providers.Limits{
		providers.FieldTitle:         {Min: minTitle, Max: maxTitle},
		providers.FieldCategory:      {},
		providers.FieldViewerLimit:   {Min: minViewers},
		providers.FieldPassword:      {Min: minPassword},
		providers.FieldHidden:        {},
		providers.FieldAgeGrade:      {Max: adultGrade, Options: []string{"0", strconv.Itoa(adultGrade)}},
		providers.FieldHashtags:      {Max: maxHashtags},
		providers.FieldEndingMessage: {Max: maxEnding},
		providers.FieldStandby:       {Min: minStandby, Max: maxStandby},
		providers.FieldWatermark:     {Min: firstPosition, Max: maxWatermark},
		providers.FieldExploration:   {},
		providers.FieldPaidPromotion: {},
	}
	if s.dialect.language {
		limits[providers.FieldLanguage] = providers.Limit{}
	}
	return limits
}

// Check implements providers.Editor: everything wrong with a patch, joined.
func (s *session) Check(p providers.Patch) error {
	return errors.Join(
		given(p.Title, checkTitle),
		given(p.Category, checkCategory),
		given(p.Language, s.checkLanguage),
		given(p.ViewerLimit, checkViewers),
		given(p.Password, checkPassword),
		given(p.AgeGrade, checkGrade),
		given(p.Hashtags, checkHashtags),
		given(p.EndingMessage, checkEnding),
		given(p.StandbyMinutes, checkStandby),
		given(p.Watermark, checkWatermark),
		given(p.CoverURL, func(string) error { return wrong(providers.FieldCover, "unsupported", 0) }),
		given(p.Activity, func(int) error { return wrong(providers.FieldActivity, "unsupported", 0) }),
	)
}

// given checks a field of a patch where it is there.
func given[T any](value *T, check func(T) error) error {
	if value == nil {
		return nil
	}
	return check(*value)
}

// wrong makes an error with the reason "field.what".
func wrong(field providers.FieldID, what string, limit int) error {
	return usage(string(field), string(field)+"."+what, limit)
}

// characters counts as the platform is taken to: code points after NFC, so that
// a syllable typed as three letters counts as one.
func characters(s string) int { return utf8.RuneCountInString(norm.NFC.String(s)) }

// line is a text as it is sent.
func line(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }

func checkTitle(title string) error {
	switch n := characters(line(title)); {
	case n == 0:
		return wrong(providers.FieldTitle, "empty", minTitle)
	case n > maxTitle:
		return wrong(providers.FieldTitle, "too_long", maxTitle)
	}
	return nil
}

func checkCategory(number string) error {
	if _, ok := NormalizeCategory(number); !ok {
		return wrong(providers.FieldCategory, "unknown", 0)
	}
	return nil
}

func (s *session) checkLanguage(code string) error {
	switch {
	case !s.dialect.language:
		return wrong(providers.FieldLanguage, "unsupported", 0)
	case strings.TrimSpace(code) == "":
		return wrong(providers.FieldLanguage, "empty", 0)
	}
	return nil
}

func checkViewers(n int) error {
	if n < minViewers {
		return wrong(providers.FieldViewerLimit, "too_small", minViewers)
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
			return wrong(providers.FieldPassword, "characters", minPassword)
		}
	}
	if letters == 0 || digits == 0 || letters+digits < minPassword {
		return wrong(providers.FieldPassword, "weak", minPassword)
	}
	return nil
}

func checkGrade(grade int) error {
	if grade != 0 && grade != adultGrade {
		return wrong(providers.FieldAgeGrade, "unknown", adultGrade)
	}
	return nil
}

func checkHashtags(tags []string) error {
	tags = providers.TidyHashtags(tags)
	var errs []error
	if len(tags) > maxHashtags {
		errs = append(errs, wrong(providers.FieldHashtags, "too_many", maxHashtags))
	}
	for _, tag := range tags {
		if !plainHashtag(tag) {
			errs = append(errs, wrong(providers.FieldHashtags, "characters", 0))
			break
		}
	}
	return errors.Join(errs...)
}

func checkEnding(message string) error {
	if characters(line(message)) > maxEnding {
		return wrong(providers.FieldEndingMessage, "too_long", maxEnding)
	}
	return nil
}

func checkStandby(minutes int) error {
	switch {
	case minutes < minStandby:
		return wrong(providers.FieldStandby, "too_short", minStandby)
	case minutes > maxStandby:
		return wrong(providers.FieldStandby, "too_long", maxStandby)
	}
	return nil
}

func checkWatermark(place int) error {
	if place < firstPosition || place > maxWatermark {
		return wrong(providers.FieldWatermark, "unknown", maxWatermark)
	}
	return nil
}
