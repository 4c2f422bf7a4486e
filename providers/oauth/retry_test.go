package oauth

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// tokenList is a TokenSource that gives one token after the other.
type tokenList struct {
	tokens   []string
	replaced []string
	err      error
}

func (l *tokenList) Token(context.Context) (secret.Text, error) {
	return secret.New(l.tokens[0]), l.err
}

func (l *tokenList) Replace(_ context.Context, used secret.Text) (secret.Text, error) {
	l.replaced = append(l.replaced, used.Reveal())
	if len(l.tokens) == 1 {
		return secret.Text{}, signInNeeded("signin.expired")
	}
	l.tokens = l.tokens[1:]
	return secret.New(l.tokens[0]), nil
}

// platformOf accepts some tokens only, and notes those it sees.
func platformOf(seen *[]string, accepted ...string) func(secret.Text) error {
	return func(token secret.Text) error {
		*seen = append(*seen, token.Reveal())
		if slices.Contains(accepted, token.Reveal()) {
			return nil
		}
		return &providers.Error{Kind: providers.ErrSignIn, Op: "op", Reason: "rejected " + token.Reveal()}
	}
}

func TestACallIsRepeatedOnceWithAnotherToken(t *testing.T) {
	var r Retrier
	var seen []string
	source := &tokenList{tokens: []string{"old", "new"}}
	if err := r.Do(t.Context(), source, "op", platformOf(&seen, "new")); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(seen, []string{"old", "new"}) || !slices.Equal(source.replaced, []string{"old"}) {
		t.Errorf("calls with %q, replaced %q", seen, source.replaced)
	}
	seen = nil
	if err := r.Do(t.Context(), source, "op", platformOf(&seen, "new")); err != nil || len(seen) != 1 {
		t.Errorf("the next: %v, calls with %q", err, seen)
	}
}

func TestOtherErrorsAreNotRepeated(t *testing.T) {
	var r Retrier
	refused := &providers.Error{Kind: providers.ErrRefused, Op: "op"}
	calls := 0
	source := &tokenList{tokens: []string{"old", "new"}}
	err := r.Do(t.Context(), source, "op", func(secret.Text) error {
		calls++
		return refused
	})
	if !errors.Is(err, refused) || calls != 1 || len(source.replaced) != 0 {
		t.Errorf("%v after %d calls, replaced %q", err, calls, source.replaced)
	}
	source.err = signInNeeded("signin.none")
	err = r.Do(t.Context(), source, "op", func(secret.Text) error {
		calls++
		return nil
	})
	if reason(err) != "signin.none" || calls != 1 {
		t.Errorf("without a token: %v after %d calls", err, calls)
	}
}

func TestATokenThatCannotBeReplacedGivesTheReason(t *testing.T) {
	var r Retrier
	var seen []string
	source := &tokenList{tokens: []string{"only"}}
	err := r.Do(t.Context(), source, "op", platformOf(&seen))
	if reason(err) != "signin.expired" || len(seen) != 1 {
		t.Errorf("%v, calls with %q", err, seen)
	}
}

func TestANewTokenThatIsRejectedTooIsNotReplacedAgainAndAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r Retrier
		var seen []string
		source := &tokenList{tokens: []string{"1", "2", "3", "4"}}
		nobody := platformOf(&seen)
		do := func(op string) error { return r.Do(t.Context(), source, op, nobody) }
		for range 3 {
			if err := do("op"); reason(err) != "rejected 2" {
				t.Errorf("%v", err)
			}
		}
		if !slices.Equal(source.replaced, []string{"1"}) || !slices.Equal(seen, []string{"1", "2", "2", "2"}) {
			t.Errorf("replaced %q, calls with %q", source.replaced, seen)
		}
		time.Sleep(rejectedTokenTTL)
		if err := do("op"); reason(err) != "rejected 2" || len(source.replaced) != 1 {
			t.Errorf("at the end of the time: %v, replaced %q", err, source.replaced)
		}
		time.Sleep(time.Nanosecond)
		if err := do("op"); reason(err) != "rejected 3" || len(source.replaced) != 2 {
			t.Errorf("after it: %v, replaced %q", err, source.replaced)
		}
		// Another call may need another scope: it is replaced for it once more.
		if err := do("other"); reason(err) != "rejected 4" || len(source.replaced) != 3 {
			t.Errorf("another call: %v, replaced %q", err, source.replaced)
		}
	})
}

func TestAfterSigningInAgainEveryTokenMayBeReplaced(t *testing.T) {
	var r Retrier
	var seen []string
	source := &tokenList{tokens: []string{"1", "2", "3"}}
	for range 2 {
		_ = r.Do(t.Context(), source, "op", platformOf(&seen))
	}
	r.Reset()
	if err := r.Do(t.Context(), source, "op", platformOf(&seen, "3")); err != nil || len(source.replaced) != 2 {
		t.Errorf("%v, replaced %q", err, source.replaced)
	}
}
