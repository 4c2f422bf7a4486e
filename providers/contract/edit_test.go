package contract

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// same compares what a platform gives back.
func same(a, b providers.Broadcast) bool {
	if len(a.Hashtags)+len(b.Hashtags) == 0 {
		a.Hashtags, b.Hashtags = nil, nil
	}
	return reflect.DeepEqual(a, b)
}

// values are two valid values of each field, as patches.
func (w *world) values(field providers.FieldID) [2]providers.Patch {
	w.t.Helper()
	switch field {
	case providers.FieldTitle:
		return [2]providers.Patch{{Title: ptr("오늘도 배그")}, {Title: ptr("Second title, 두 번째")}}
	case providers.FieldCategory:
		return [2]providers.Patch{{Category: &w.platform.category[0]}, {Category: &w.platform.category[1]}}
	case providers.FieldLanguage:
		return [2]providers.Patch{{Language: ptr("en_US")}, {Language: ptr("th_TH")}}
	case providers.FieldViewerLimit:
		return [2]providers.Patch{{ViewerLimit: ptr(500)}, {ViewerLimit: ptr(1)}}
	case providers.FieldPassword:
		return [2]providers.Patch{{Password: ptr(secret.New("pass12"))}, {Password: &secret.Text{}}}
	case providers.FieldHidden:
		return [2]providers.Patch{{Hidden: ptr(true)}, {Hidden: ptr(false)}}
	case providers.FieldAgeGrade:
		return [2]providers.Patch{{AgeGrade: ptr(19)}, {AgeGrade: ptr(0)}}
	case providers.FieldHashtags:
		return [2]providers.Patch{{Hashtags: &[]string{"게임", "배그"}}, {Hashtags: &[]string{}}}
	case providers.FieldEndingMessage:
		return [2]providers.Patch{{EndingMessage: ptr("안녕")}, {EndingMessage: ptr("")}}
	case providers.FieldStandby:
		return [2]providers.Patch{{Standby: ptr(true), StandbyMinutes: ptr(3)}, {Standby: ptr(false), StandbyMinutes: ptr(10)}}
	case providers.FieldWatermark:
		return [2]providers.Patch{{Watermark: ptr(5)}, {Watermark: ptr(2)}}
	case providers.FieldExploration:
		return [2]providers.Patch{{RefuseExploration: ptr(false)}, {RefuseExploration: ptr(true)}}
	case providers.FieldPaidPromotion:
		return [2]providers.Patch{{PaidPromotion: ptr(true)}, {PaidPromotion: ptr(false)}}
	case providers.FieldCover:
		return [2]providers.Patch{{CoverURL: ptr("https://img.example/1.png")}, {CoverURL: ptr("")}}
	case providers.FieldActivity:
		return [2]providers.Patch{{Activity: ptr(5)}, {Activity: ptr(0)}}
	}
	w.t.Fatalf("the contract has no values for the field %q", field)
	return [2]providers.Patch{}
}

// apply is what a broadcast should be after a patch.
func apply(b providers.Broadcast, p providers.Patch) providers.Broadcast {
	set(&b.Title, p.Title)
	if p.Category != nil {
		b.Category.Number = *p.Category
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

func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}

func (w *world) broadcast(s providers.Editor) providers.Broadcast {
	w.t.Helper()
	w.settle()
	b, err := s.Broadcast(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	b.Category.Name = "" // platforms make it up from the number
	return b
}

func TestEditorSendsOnlyWhatAPatchHolds(t *testing.T) {
	with(t, func(w *world, s providers.Editor) {
		ctx := w.t.Context()
		other := w.open().(providers.Editor) // another Cuelight
		for field := range s.Limits() {
			// The session has seen the first state; then everything is changed
			// elsewhere, and only this field here.
			_ = w.broadcast(s)
			for each := range other.Limits() {
				if err := other.Update(ctx, w.values(each)[0]); err != nil {
					w.t.Fatalf("%s: %v", each, err)
				}
			}
			before := w.broadcast(other)
			patch := w.values(field)[1]
			if err := s.Update(ctx, patch); err != nil {
				w.t.Fatalf("%s: %v", field, err)
			}
			if got, want := w.broadcast(s), apply(before, patch); !same(got, want) {
				w.t.Errorf("%s alone was changed:\n%+v, want\n%+v", field, got, want)
			}
		}
		w.clear()
		if err := s.Update(ctx, providers.Patch{}); err != nil {
			w.t.Errorf("an empty patch: %v", err)
		}
		w.sentNothing("an empty patch")
	})
}

func TestEditorRefusesUnknownValuesBeforeAnythingIsSent(t *testing.T) {
	with(t, func(w *world, s providers.Editor) {
		before := w.broadcast(s)
		w.clear()
		for reason, p := range w.platform.unknown {
			for what, err := range map[string]error{"check": s.Check(p), "update": s.Update(w.t.Context(), p)} {
				e := w.usage(what+" "+reason, err)
				if e.Reason != reason || !slices.Contains(p.Fields(), providers.FieldID(e.Field)) {
					w.t.Errorf("%s %s: %v about %q", what, reason, err, e.Field)
				}
			}
		}
		// Everything wrong is told at once.
		all := providers.Patch{}
		for _, p := range w.platform.unknown {
			merge(&all, p)
		}
		wrong := len(all.Fields()) - 1 // the title is fine
		joined, _ := s.Check(all).(interface{ Unwrap() []error })
		if joined == nil || len(joined.Unwrap()) < wrong {
			w.t.Errorf("of %d fields only %v", wrong, s.Check(all))
		}
		w.sentNothing("checks")
		if after := w.broadcast(s); !same(before, after) {
			w.t.Errorf("%+v became %+v", before, after)
		}
	})
}

// merge takes what a patch holds into another.
func merge(to *providers.Patch, from providers.Patch) {
	t, f := reflect.ValueOf(to).Elem(), reflect.ValueOf(from)
	for i := range f.NumField() {
		if !f.Field(i).IsNil() {
			t.Field(i).Set(f.Field(i))
		}
	}
}

func TestARefusedUpdateChangesNothing(t *testing.T) {
	with(t, func(w *world, s providers.Editor) {
		before := w.broadcast(s)
		p := w.platform.refused
		if err := s.Check(p); err != nil {
			w.t.Fatalf("it was to be the platform's no: %v", err)
		}
		err := s.Update(w.t.Context(), p)
		e := failure(err)
		if !errors.Is(err, providers.ErrRefused) || e.Message == "" || e.Op == "" {
			w.t.Errorf("%v", err)
		}
		if after := w.broadcast(s); !same(before, after) {
			w.t.Errorf("%+v became %+v", before, after)
		}
	})
}
