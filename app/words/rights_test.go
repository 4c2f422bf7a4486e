package words

import (
	"strings"
	"testing"

	"cuelight/providers"
)

func TestARightThatWasNotGrantedIsNamedWithItsCure(t *testing.T) {
	for lang, want := range map[string][3]string{
		"ko": {"‘스트림 키 재발급’", "권한이 허용되지 않았습니다", "다시 로그인한 뒤"},
		"en": {"“Reset the stream key”", "was not allowed", "Sign in again"},
	} {
		w := New(lang)
		x := w.Explain(&providers.Error{Kind: providers.ErrNotGranted, Reason: "platform.scope", Right: "broad_rtmp_reset"})
		wantReadable(t, lang, x)
		if !strings.Contains(x.What, want[0]) || !strings.Contains(x.What, want[1]) || !strings.Contains(x.Do, want[2]) {
			t.Errorf("%s: %q, %q", lang, x.What, x.Do)
		}
		lost := w.Explain(&providers.Error{Kind: providers.ErrSignIn, Reason: "signin.rejected"})
		if lost.What == x.What || lost.Do == x.Do {
			t.Errorf("%s: the same as a lost sign-in: %q", lang, lost.What)
		}
		// A right that nothing is known of, or none at all, is told in the platform's own words.
		for _, right := range []string{"broad_of_tomorrow", ""} {
			unknown := w.Explain(&providers.Error{Kind: providers.ErrNotGranted, Reason: "platform.scope", Right: right})
			wantReadable(t, lang, unknown)
			if !strings.Contains(unknown.What, right) {
				t.Errorf("%s: %q is not named in %q", lang, right, unknown.What)
			}
		}
	}
}
