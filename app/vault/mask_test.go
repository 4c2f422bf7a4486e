package vault

import (
	"testing"

	"cuelight/internal/secret"
)

func TestMaskingLeavesTimesAndAddressesReadable(t *testing.T) {
	v := newVault(newRing())
	value := `{"access":"tok3n-abcdefgh","server":"rtmp://127.0.0.1:36829/app/","until":"2026-11-22T05:42:06Z"}`
	if err := v.Set(t.Context(), "a", secret.New(value)); err != nil {
		t.Fatal(err)
	}
	got := v.Masker().Replace("2026-11-22T05:42:07Z ingest=rtmp://127.0.0.1:36829/app/ tok3n-abcdefgh")
	if want := "2026-11-22T05:42:07Z ingest=rtmp://127.0.0.1:36829/app/ " + secret.Mask; got != want {
		t.Errorf("got %q", got)
	}
}

func TestAPartOfASecretDoesNotUncoverTheRest(t *testing.T) {
	for range 20 { // items are in no order
		v := newVault(newRing())
		for name, value := range map[string]string{"whole": "abc12345:readable", "part": "abc12345", "short": "1234"} {
			if err := v.Set(t.Context(), name, secret.New(value)); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := v.Masker().Replace("x abc12345:readable 1234"), "x "+secret.Mask+" 1234"; got != want {
			t.Fatalf("got %q", got)
		}
	}
}

func TestEveryPlaceOfASecretIsMasked(t *testing.T) {
	for _, c := range []struct{ name, stored, text, want string }{
		{"alone", "s3cret-value", "a s3cret-value b", "a " + secret.Mask + " b"},
		{"as lines", "first1\nsecond2", "second2, first1", secret.Mask + ", " + secret.Mask},
		{"a part behind a colon", "user:pass9word", "pass9word", secret.Mask},
		{"five bytes", "abcd1", "abcd1", secret.Mask},
		{"five letters", "abcde", "abcde", secret.Mask},
		{"four bytes stay, as ordinary words do", "abc1", "abc1", "abc1"},
		{"words of a JSON object that are no secrets stay", `{"access":"t0ken"}`, "access t0ken", "access " + secret.Mask},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := newVault(newRing())
			if err := v.Set(t.Context(), "n", secret.New(c.stored)); err != nil {
				t.Fatal(err)
			}
			if got := v.Masker().Replace(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatIsNotKeptIsMaskedWhereThatIsAskedFor(t *testing.T) {
	v := newVault(newRing())
	v.Conceal(secret.New("a-stream-k3y"))
	v.Conceal(secret.Text{})
	if got, want := v.Masker().Replace("key=a-stream-k3y."), "key="+secret.Mask+"."; got != want {
		t.Errorf("got %q", got)
	}
}
