package app

import (
	"errors"
	"slices"

	"cuelight/providers"
)

// overlay gives b with the fields that p sets. A password is not kept: only
// that there is one.
func overlay(b providers.Broadcast, p providers.Patch) providers.Broadcast {
	set(&b.Title, p.Title)
	if p.Category != nil && *p.Category != b.Category.Number {
		b.Category = providers.Category{Number: *p.Category}
	}
	set(&b.Language, p.Language)
	set(&b.ViewerLimit, p.ViewerLimit)
	if p.Password != nil {
		b.HasPassword = !p.Password.Empty()
	}
	set(&b.Hidden, p.Hidden)
	set(&b.AgeGrade, p.AgeGrade)
	set(&b.Hashtags, p.Hashtags)
	set(&b.EndingMessage, p.EndingMessage)
	set(&b.Standby, p.Standby)
	set(&b.StandbyMinutes, p.StandbyMinutes)
	set(&b.Watermark, p.Watermark)
	set(&b.RefuseExploration, p.RefuseExploration)
	set(&b.PaidPromotion, p.PaidPromotion)
	set(&b.CoverURL, p.CoverURL)
	set(&b.Activity, p.Activity)
	return b
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// withoutEqual drops the fields of p that b holds already. A password is never
// equal: the platform does not give it back.
func withoutEqual(p providers.Patch, b providers.Broadcast) providers.Patch {
	p.Title = unlessEqual(p.Title, b.Title)
	p.Category = unlessEqual(p.Category, b.Category.Number)
	p.Language = unlessEqual(p.Language, b.Language)
	p.ViewerLimit = unlessEqual(p.ViewerLimit, b.ViewerLimit)
	if p.Password != nil && p.Password.Empty() && !b.HasPassword {
		p.Password = nil
	}
	p.Hidden = unlessEqual(p.Hidden, b.Hidden)
	p.AgeGrade = unlessEqual(p.AgeGrade, b.AgeGrade)
	if p.Hashtags != nil && slices.Equal(*p.Hashtags, b.Hashtags) {
		p.Hashtags = nil
	}
	p.EndingMessage = unlessEqual(p.EndingMessage, b.EndingMessage)
	p.Standby = unlessEqual(p.Standby, b.Standby)
	p.StandbyMinutes = unlessEqual(p.StandbyMinutes, b.StandbyMinutes)
	p.Watermark = unlessEqual(p.Watermark, b.Watermark)
	p.RefuseExploration = unlessEqual(p.RefuseExploration, b.RefuseExploration)
	p.PaidPromotion = unlessEqual(p.PaidPromotion, b.PaidPromotion)
	p.CoverURL = unlessEqual(p.CoverURL, b.CoverURL)
	p.Activity = unlessEqual(p.Activity, b.Activity)
	return p
}

func unlessEqual[T comparable](p *T, v T) *T {
	if p != nil && *p == v {
		return nil
	}
	return p
}

// merge lays change over draft; a field that change does not set stays.
func merge(draft, change providers.Patch) providers.Patch {
	take(&draft.Title, change.Title)
	take(&draft.Category, change.Category)
	take(&draft.Language, change.Language)
	take(&draft.ViewerLimit, change.ViewerLimit)
	take(&draft.Password, change.Password)
	take(&draft.Hidden, change.Hidden)
	take(&draft.AgeGrade, change.AgeGrade)
	take(&draft.Hashtags, change.Hashtags)
	take(&draft.EndingMessage, change.EndingMessage)
	take(&draft.Standby, change.Standby)
	take(&draft.StandbyMinutes, change.StandbyMinutes)
	take(&draft.Watermark, change.Watermark)
	take(&draft.RefuseExploration, change.RefuseExploration)
	take(&draft.PaidPromotion, change.PaidPromotion)
	take(&draft.CoverURL, change.CoverURL)
	take(&draft.Activity, change.Activity)
	return draft
}

func take[T any](to **T, from *T) {
	if from != nil {
		*to = from
	}
}

// withoutSent drops from draft what was sent, unless it was changed again
// meanwhile.
func withoutSent(draft, sent providers.Patch) providers.Patch {
	if draft.Password != nil && sent.Password != nil && draft.Password.Equal(*sent.Password) {
		draft.Password = nil
	}
	return draft
}

// problems sorts the joined errors of a check by the field they are about.
func problems(err error) map[providers.FieldID]error {
	if err == nil {
		return nil
	}
	found := make(map[providers.FieldID]error)
	var walk func(error)
	walk = func(err error) {
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, one := range many.Unwrap() {
				walk(one)
			}
			return
		}
		var e *providers.Error
		if errors.As(err, &e) {
			if field := providers.FieldID(e.Field); found[field] == nil {
				found[field] = e
			}
		}
	}
	walk(err)
	return found
}
