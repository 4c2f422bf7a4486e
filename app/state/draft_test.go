package state

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// sample gives a value of a Patch field that differs from the zero value, and
// from the sample of another n.
func sample(t *testing.T, typ reflect.Type, n int) reflect.Value {
	t.Helper()
	v := reflect.New(typ.Elem())
	switch p := v.Interface().(type) {
	case *string:
		*p = fmt.Sprintf("text %d", n)
	case *int:
		*p = n
	case *bool:
		*p = n%2 == 1
	case *[]string:
		*p = []string{fmt.Sprintf("tag%d", n)}
	case *secret.Text:
		*p = secret.New(fmt.Sprintf("pass%d", n))
	default:
		t.Fatalf("a Patch field of type %v: teach this test, overlay, withoutEqual and merge about it", typ)
	}
	return v
}

// eachField runs a test for every field a Patch has, with a patch that sets
// only that field, so that a new field cannot be forgotten anywhere.
func eachField(t *testing.T, test func(t *testing.T, field int, patch providers.Patch)) {
	t.Helper()
	typ := reflect.TypeFor[providers.Patch]()
	for i := range typ.NumField() {
		t.Run(typ.Field(i).Name, func(t *testing.T) {
			var p providers.Patch
			reflect.ValueOf(&p).Elem().Field(i).Set(sample(t, typ.Field(i).Type, 1))
			test(t, i, p)
		})
	}
}

func TestOverlayTakesEachFieldThatAPatchSets(t *testing.T) {
	eachField(t, func(t *testing.T, i int, p providers.Patch) {
		name := reflect.TypeFor[providers.Patch]().Field(i).Name
		got := overlay(providers.Broadcast{}, p)
		if reflect.DeepEqual(got, providers.Broadcast{}) {
			t.Fatal("the field is lost")
		}
		// Only the field of that name may have changed.
		target := map[string]string{"Password": "HasPassword"}[name]
		if target == "" {
			target = name
		}
		v := reflect.ValueOf(&got).Elem()
		set := v.FieldByName(target)
		if !set.IsValid() || set.IsZero() {
			t.Fatalf("Broadcast.%s is not set", target)
		}
		set.SetZero()
		if !reflect.DeepEqual(got, providers.Broadcast{}) {
			t.Errorf("something else was set as well: %+v", got)
		}
	})
}

func TestOverlayOfNothingChangesNothing(t *testing.T) {
	b := providers.Broadcast{Title: "a", Hashtags: []string{"x"}, ViewerLimit: 3, HasPassword: true}
	if got := overlay(b, providers.Patch{}); !reflect.DeepEqual(got, b) {
		t.Errorf("got %+v", got)
	}
}

func TestMergeTakesEachFieldOfTheChange(t *testing.T) {
	eachField(t, func(t *testing.T, i int, p providers.Patch) {
		if got := Merge(providers.Patch{}, p); !reflect.DeepEqual(got, p) {
			t.Errorf("onto an empty draft: %+v", got)
		}
		if got := Merge(p, providers.Patch{}); !reflect.DeepEqual(got, p) {
			t.Errorf("an empty change took something: %+v", got)
		}
		var next providers.Patch
		field := reflect.ValueOf(&next).Elem().Field(i)
		field.Set(sample(t, field.Type(), 2))
		if got := Merge(p, next); !reflect.DeepEqual(got, next) {
			t.Errorf("the later value does not win: %+v", got)
		}
	})
}

func TestWithoutEqualDropsWhatThePlatformHolds(t *testing.T) {
	eachField(t, func(t *testing.T, i int, p providers.Patch) {
		name := reflect.TypeFor[providers.Patch]().Field(i).Name
		if got := WithoutEqual(p, providers.Broadcast{}); !reflect.DeepEqual(got, p) {
			t.Errorf("a change was dropped: %+v", got)
		}
		got := WithoutEqual(p, overlay(providers.Broadcast{}, p))
		if name == "Password" {
			// The platform does not give a password back: setting one is always
			// a change.
			if got.Empty() {
				t.Error("a new password was taken for the one there is")
			}
			return
		}
		if !got.Empty() {
			t.Errorf("what is confirmed stays a draft: %+v", got)
		}
	})
}

func TestSwitchingOffAPasswordThatIsNotThereIsNoChange(t *testing.T) {
	none := secret.Text{}
	off := providers.Patch{Password: &none}
	if got := WithoutEqual(off, providers.Broadcast{}); !got.Empty() {
		t.Error("there is none to switch off")
	}
	if got := WithoutEqual(off, providers.Broadcast{HasPassword: true}); got.Empty() {
		t.Error("switching it off was dropped")
	}
}

func TestEmptyHashtagsRemoveAndAreNoChangeWhereThereAreNone(t *testing.T) {
	empty := []string{}
	p := providers.Patch{Hashtags: &empty}
	if got := WithoutEqual(p, providers.Broadcast{}); !got.Empty() {
		t.Error("none is none, nil or not")
	}
	if got := WithoutEqual(p, providers.Broadcast{Hashtags: []string{"a"}}); got.Empty() {
		t.Error("removing all was dropped")
	}
}

func TestOverlayKeepsTheNameOfTheSameCategoryAndDropsThatOfAnother(t *testing.T) {
	b := providers.Broadcast{Category: providers.Category{Number: "00040066", Name: "FC"}}
	same, other := "00040066", "00040001"
	if got := overlay(b, providers.Patch{Category: &same}).Category; got.Name != "FC" {
		t.Errorf("the same category lost its name: %+v", got)
	}
	if got := overlay(b, providers.Patch{Category: &other}).Category; got != (providers.Category{Number: other}) {
		t.Errorf("another category has %+v", got)
	}
}

func TestProblemsSortsJoinedErrorsByField(t *testing.T) {
	bad := func(field, reason string) error {
		return &providers.Error{Kind: providers.ErrUsage, Field: field, Reason: reason}
	}
	err := fmt.Errorf("check: %w", errors.Join(bad("title", "title.too_long"),
		errors.Join(bad("hashtags", "hashtags.too_many"), bad("hashtags", "hashtags.characters"))))
	got := Problems(err)
	if len(got) != 2 {
		t.Fatalf("got %v", got)
	}
	var first *providers.Error
	if !errors.As(got[providers.FieldHashtags], &first) || first.Reason != "hashtags.too_many" {
		t.Errorf("the first problem of a field is kept, got %v", got[providers.FieldHashtags])
	}
	if Problems(nil) != nil {
		t.Error("no error, no problems")
	}
}
