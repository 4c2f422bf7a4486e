package state

import (
	"slices"

	"cuelight/app/titletemplate"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// field is everything that has to be known of one field of a Broadcast, in one
// place: whether a patch sets it, how it is laid over, compared and taken out
// again. Every list of fields in this package is made from fields.
type field struct {
	id      providers.FieldID
	isSet   func(providers.Patch) bool
	overlay func(*providers.Broadcast, providers.Patch)
	// equal reports whether the broadcast holds what the patch would send.
	equal func(providers.Patch, providers.Broadcast) bool
	take  func(to *providers.Patch, from providers.Patch)
	drop  func(*providers.Patch)
	// from makes the patch that would bring the broadcast's value back; nil
	// where the platform does not give the value out.
	from func(*providers.Patch, providers.Broadcast)
}

// plain makes the field of a value that is one member of Patch and one of
// Broadcast.
func plain[T any](id providers.FieldID, in func(*providers.Patch) **T, of func(*providers.Broadcast) *T, same func(a, b T) bool) field {
	return field{
		id:    id,
		isSet: func(p providers.Patch) bool { return *in(&p) != nil },
		overlay: func(b *providers.Broadcast, p providers.Patch) {
			if v := *in(&p); v != nil {
				*of(b) = *v
			}
		},
		equal: func(p providers.Patch, b providers.Broadcast) bool {
			v := *in(&p)
			return v != nil && same(*v, *of(&b))
		},
		take: func(to *providers.Patch, from providers.Patch) {
			if v := *in(&from); v != nil {
				*in(to) = v
			}
		},
		drop: func(p *providers.Patch) { *in(p) = nil },
		from: func(p *providers.Patch, b providers.Broadcast) {
			v := *of(&b)
			*in(p) = &v
		},
	}
}

func same[T comparable](a, b T) bool { return a == b }

// sameTitle reports whether a title, which may be a template, gives another one
// whatever its placeholders stand for.
func sameTitle(title, other string) bool {
	if title == other {
		return true
	}
	parsed, err := titletemplate.Parse(title)
	return err == nil && parsed.Plain() && parsed.Expand(titletemplate.Values{}) == other
}

type (
	patch     = providers.Patch
	broadcast = providers.Broadcast
)

// fields are all there are. A test holds them to the members of Patch.
var fields = []field{
	plain(providers.FieldTitle, func(p *patch) **string { return &p.Title }, func(b *broadcast) *string { return &b.Title }, sameTitle),
	categoryField(),
	plain(providers.FieldLanguage, func(p *patch) **string { return &p.Language }, func(b *broadcast) *string { return &b.Language }, same),
	plain(providers.FieldViewerLimit, func(p *patch) **int { return &p.ViewerLimit }, func(b *broadcast) *int { return &b.ViewerLimit }, same),
	passwordField(),
	plain(providers.FieldHidden, func(p *patch) **bool { return &p.Hidden }, func(b *broadcast) *bool { return &b.Hidden }, same),
	plain(providers.FieldAgeGrade, func(p *patch) **int { return &p.AgeGrade }, func(b *broadcast) *int { return &b.AgeGrade }, same),
	plain(providers.FieldHashtags, func(p *patch) **[]string { return &p.Hashtags }, func(b *broadcast) *[]string { return &b.Hashtags }, slices.Equal),
	plain(providers.FieldEndingMessage, func(p *patch) **string { return &p.EndingMessage }, func(b *broadcast) *string { return &b.EndingMessage }, same),
	plain(providers.FieldStandby, func(p *patch) **bool { return &p.Standby }, func(b *broadcast) *bool { return &b.Standby }, same),
	plain(fieldStandbyMinutes, func(p *patch) **int { return &p.StandbyMinutes }, func(b *broadcast) *int { return &b.StandbyMinutes }, same),
	plain(providers.FieldWatermark, func(p *patch) **int { return &p.Watermark }, func(b *broadcast) *int { return &b.Watermark }, same),
	plain(providers.FieldExploration, func(p *patch) **bool { return &p.RefuseExploration }, func(b *broadcast) *bool { return &b.RefuseExploration }, same),
	plain(providers.FieldPaidPromotion, func(p *patch) **bool { return &p.PaidPromotion }, func(b *broadcast) *bool { return &b.PaidPromotion }, same),
	plain(providers.FieldCover, func(p *patch) **string { return &p.CoverURL }, func(b *broadcast) *string { return &b.CoverURL }, same),
	plain(providers.FieldActivity, func(p *patch) **int { return &p.Activity }, func(b *broadcast) *int { return &b.Activity }, same),
}

// fieldStandbyMinutes is the second half of FieldStandby: platforms judge and
// limit the two as one.
const fieldStandbyMinutes providers.FieldID = "standby_minutes"

// of gives the field that others know this one as.
func (f field) of() providers.FieldID {
	if f.id == fieldStandbyMinutes {
		return providers.FieldStandby
	}
	return f.id
}

// A category is sent as a number and shown with its name, which belongs to the
// number it was given for.
func categoryField() field {
	f := plain(providers.FieldCategory, func(p *patch) **string { return &p.Category },
		func(b *broadcast) *string { return &b.Category.Number }, same)
	f.overlay = func(b *broadcast, p patch) {
		if p.Category != nil && *p.Category != b.Category.Number {
			b.Category = providers.Category{Number: *p.Category}
		}
	}
	return f
}

// A password goes in and never comes out: only that there is one.
func passwordField() field {
	return field{
		id:    providers.FieldPassword,
		isSet: func(p patch) bool { return p.Password != nil },
		overlay: func(b *broadcast, p patch) {
			if p.Password != nil {
				b.HasPassword = !p.Password.Empty()
			}
		},
		equal: func(p patch, b broadcast) bool {
			return p.Password != nil && p.Password.Empty() && !b.HasPassword
		},
		take: func(to *patch, from patch) {
			if from.Password != nil {
				to.Password = from.Password
			}
		},
		drop: func(p *patch) { p.Password = nil },
		from: func(p *patch, b broadcast) {
			if !b.HasPassword {
				p.Password = &secret.Text{}
			}
		},
	}
}
