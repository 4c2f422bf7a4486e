package providers_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"cuelight/providers"
)

// named is a platform that is only a name.
type named string

func (n named) Describe() providers.Description { return providers.Description{ID: string(n)} }

func (named) Open(providers.Account, providers.Environment) (providers.Session, error) {
	return nil, errors.New("only a name")
}

func TestRegistryFindsByID(t *testing.T) {
	r := providers.Registry{named("soop"), named("kollus")}
	for _, id := range []string{"soop", "SOOP", "Kollus"} {
		if p, err := r.Find(id); err != nil || !strings.EqualFold(p.Describe().ID, id) {
			t.Errorf("%s: %v, %v", id, p, err)
		}
	}
	for _, id := range []string{"", "soo", "soop "} {
		_, err := r.Find(id)
		if !errors.Is(err, providers.ErrUsage) || !strings.Contains(err.Error(), "soop, kollus") {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestErrorSaysKindAndCause(t *testing.T) {
	cause := errors.New("cause")
	e := &providers.Error{
		Kind: providers.ErrRefused, Op: "broad/rtmp", Code: "-1320", Message: "안 됩니다", Reason: "a.b",
		RetryAfter: time.Second, Err: cause,
	}
	if want := `broad/rtmp: refused by the platform (a.b): "안 됩니다" [-1320]: cause`; e.Error() != want {
		t.Errorf("got %s", e)
	}
	if bare := (&providers.Error{Kind: providers.ErrUsage}).Error(); bare != "platform: not usable as given" {
		t.Errorf("got %s", bare)
	}
	if !errors.Is(e, providers.ErrRefused) || !errors.Is(e, cause) || errors.Is(e, providers.ErrSignIn) {
		t.Error("kind and cause, and nothing else")
	}
}

func TestParseHashtags(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		want        []string
	}{
		{"nothing", " , ,# ,", []string{}},
		{"commas and spaces", "게임, 소통 먹방,,노래", []string{"게임", "소통", "먹방", "노래"}},
		{"full-width signs", "＃게임，소통、먹방", []string{"게임", "소통", "먹방"}},
		{"leading signs", "#게임 ##소통", []string{"게임", "소통"}},
		{"a sign inside stays for the check to judge", "c#", []string{"c#"}},
		{"Hangul in pieces", norm.NFD.String("게임") + " 게임", []string{"게임"}},
		{"upper and lower case alike, as first typed", "FPS fps Fps", []string{"FPS"}},
		{"full-width and ideographic space", "게임\u3000소통\n먹방", []string{"게임", "소통", "먹방"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := providers.ParseHashtags(c.typed)
			if got == nil || !slices.Equal(got, c.want) {
				t.Errorf("got %q", got)
			}
			if again := providers.TidyHashtags(got); !slices.Equal(again, got) {
				t.Errorf("tidied again: %q", again)
			}
		})
	}
}

func TestAnAccountsSettingOrItsDefault(t *testing.T) {
	a := providers.Account{Settings: map[string]string{"set": "x", "empty": ""}}
	for key, want := range map[string]string{"set": "x", "empty": "def", "none": "def"} {
		if got := a.Setting(key, "def"); got != want {
			t.Errorf("%s is %q", key, got)
		}
	}
}

func TestAPatchIsEmptyUntilSomethingIsSet(t *testing.T) {
	if !(providers.Patch{}).Empty() {
		t.Error("nothing is set")
	}
	title, none := "", []string{}
	if (providers.Patch{Title: &title}).Empty() || (providers.Patch{Hashtags: &none}).Empty() {
		t.Error("setting a field to nothing is a change")
	}
}
