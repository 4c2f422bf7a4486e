package contract

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox"
)

// patient is how long any operation may take, whatever the service does: a few
// calls of 15 s, and waits for their turns.
const patient = 60 * time.Second

// trouble is a fault that every platform must survive in the same way.
type trouble struct {
	name  string
	fault sandbox.Fault
	kind  error
	// reason is that of the error; empty is any.
	reason string
	retry  time.Duration
}

func troubles() []trouble {
	return []trouble{
		{"time-out", sandbox.Fault{Kind: "slow", DelayMS: 3_600_000}, providers.ErrUnreachable, "", 0},
		{"status 500", sandbox.Fault{Kind: "status", Status: 500}, providers.ErrUnreachable, "platform.fault", 0},
		{"status 503", sandbox.Fault{Kind: "status", Status: 503}, providers.ErrUnreachable, "platform.fault", 0},
		{"HTML", sandbox.Fault{Kind: "html"}, providers.ErrBadAnswer, "", 0},
		{"a firewall's HTML", sandbox.Fault{Kind: "html", Status: 403}, providers.ErrRefused, "platform.blocked", 0},
		{"cut short", sandbox.Fault{Kind: "truncated"}, providers.ErrUnreachable, "answer.cut", 0},
		{"429", sandbox.Fault{Kind: "too_many", RetryAfter: 7}, providers.ErrTooFrequent, "platform.too_frequent", 7 * time.Second},
		{"JSON with a misprint", sandbox.Fault{Kind: "misprint"}, providers.ErrBadAnswer, "", 0},
		{"hung up", sandbox.Fault{Kind: "drop"}, providers.ErrUnreachable, "", 0},
		{"lost answer", sandbox.Fault{Kind: "lost_answer"}, providers.ErrUnreachable, "", 0},
	}
}

// each runs a test for each operation of each platform, in a world of its own.
func each(t *testing.T, test func(w *world, s providers.Session, o operation)) {
	t.Helper()
	for _, p := range platforms() {
		t.Run(p.name, func(t *testing.T) {
			for _, o := range operations() {
				t.Run(o.name, func(t *testing.T) {
					if !slices.Contains(p.capabilities, o.capability) {
						t.Skipf("%s has no %s", p.name, o.capability)
					}
					run(t, p, func(w *world) { test(w, w.signedIn(), o) })
				})
			}
		})
	}
}

// kept is what must survive a fault: every secret but notes of when.
func (w *world) kept() map[string]string {
	kept := map[string]string{}
	for name, value := range w.vault.Values {
		if name != "paced" {
			kept[name] = value.Reveal()
		}
	}
	return kept
}

func TestEveryFaultIsToldInItsKindAndCostsNothing(t *testing.T) {
	each(t, func(w *world, s providers.Session, o operation) {
		if o.local(w.platform) {
			if err := o.run(w.t.Context(), w, s); err != nil {
				w.t.Error(err)
			}
			w.sentNothing(o.name)
			return
		}
		for _, tr := range troubles() {
			w.settle()
			before := w.kept()
			tr.fault.Times = -1
			w.fault(tr.fault)
			w.clear()
			began := time.Now()
			err := o.run(w.t.Context(), w, s)
			took := time.Since(began)
			w.box.Faults().Clear()
			e := failure(err)
			if !errors.Is(err, tr.kind) || e.Op == "" || tr.reason != "" && e.Reason != tr.reason || e.RetryAfter != tr.retry {
				w.t.Errorf("%s: %v (reason %q, retry after %s)", tr.name, err, e.Reason, e.RetryAfter)
			}
			if took > patient {
				w.t.Errorf("%s: it took %s", tr.name, took)
			}
			w.withoutSecrets(tr.name, err)
			if !maps.Equal(before, w.kept()) {
				w.t.Errorf("%s: what the vault holds has changed", tr.name)
			}
			w.pass(10 * time.Second) // what 429 asked for
			if err := o.run(w.t.Context(), w, s); err != nil {
				w.t.Errorf("%s: afterwards: %v", tr.name, err)
			}
		}
	})
}

func TestAnExpiredTokenIsNoticedOnlyWhereItCannotBeReplaced(t *testing.T) {
	for _, p := range platforms() {
		t.Run(p.name, func(t *testing.T) {
			run(t, p, func(w *world) {
				s := w.signedIn()
				before := w.kept()
				w.platform.expire(w)
				err := ask(w.t.Context(), s)
				w.withoutSecrets("an expired token", err)
				if p.expired == nil {
					if err != nil {
						w.t.Errorf("it was not replaced: %v", err)
					}
					return
				}
				if !errors.Is(err, p.expired) {
					w.t.Errorf("%v", err)
				}
				if !maps.Equal(before, w.kept()) {
					w.t.Error("a token that the platform has rejected once is forgotten")
				}
			})
		})
	}
}

func TestAChangeWhoseAnswerIsLostIsNotSentAgain(t *testing.T) {
	each(t, func(w *world, s providers.Session, o operation) {
		if o.write == "" {
			return
		}
		method := o.method(w.platform)
		w.fault(sandbox.Fault{Method: method, Kind: "lost_answer"})
		w.settle()
		err := o.run(w.t.Context(), w, s)
		if !errors.Is(err, providers.ErrUnreachable) {
			w.t.Errorf("%v", err)
		}
		calls, _ := w.sent()
		changes := slices.DeleteFunc(calls, func(c call) bool { return c.method != method })
		if len(changes) != 1 {
			w.t.Errorf("the change was sent %d times", len(changes))
		}
		w.settle()
		if o.name != "update" {
			return
		}
		// The platform took it: the next look shows it.
		b, err := s.(providers.Editor).Broadcast(w.t.Context())
		if err != nil || b.Title != *w.values(providers.FieldTitle)[1].Title {
			w.t.Errorf("it has %q, %v", b.Title, err)
		}
	})
}

func TestACancelledContextEndsEveryOperationAtOnce(t *testing.T) {
	each(t, func(w *world, s providers.Session, o operation) {
		gone, cancel := context.WithCancel(w.t.Context())
		cancel()
		began := time.Now()
		err := o.run(gone, w, s)
		if o.local(w.platform) {
			return
		}
		if !errors.Is(err, context.Canceled) || !errors.Is(err, providers.ErrUnreachable) || time.Since(began) > 0 {
			w.t.Errorf("before: %v after %s", err, time.Since(began))
		}
		before := w.kept()
		w.fault(sandbox.Fault{Kind: "slow", DelayMS: 3_600_000, Times: -1})
		w.settle()
		ctx, cancel := context.WithTimeout(w.t.Context(), 3*time.Second)
		defer cancel()
		began = time.Now()
		err = o.run(ctx, w, s)
		if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, providers.ErrUnreachable) || took > 3*time.Second {
			w.t.Errorf("within: %v after %s", err, took)
		}
		w.withoutSecrets("a cancelled call", err)
		w.box.Faults().Clear()
		if !maps.Equal(before, w.kept()) {
			w.t.Error("what the vault holds has changed")
		}
		w.settle()
		if err := o.run(w.t.Context(), w, s); err != nil {
			w.t.Errorf("afterwards: %v", err)
		}
	})
}

func TestThePlatformsOwnNoIsKeptWordForWordWithoutSecrets(t *testing.T) {
	each(t, func(w *world, s providers.Session, o operation) {
		if o.local(w.platform) {
			return
		}
		const words = "지금은 바꿀 수 없습니다"
		var want string
		w.replyWith(func(r *http.Request) *http.Response {
			// Some platforms repeat what they were sent.
			want = words
			if len(secretsIn(r)) == 0 {
				return w.platform.refusal(words)
			}
			want += " " + secret.Mask
			return w.platform.refusal(words + " " + secretsIn(r)[0])
		})
		err := o.run(w.t.Context(), w, s)
		e := failure(err)
		if !errors.Is(err, providers.ErrRefused) || e.Code == "" || e.Op == "" || e.Message != want {
			w.t.Errorf("%v (%q, not %q)", err, e.Message, want)
		}
		w.withoutSecrets("a no that repeats a secret", err)
		w.replyWith(nil)
	})
}

// secretsIn gives the secrets that a request carries.
func secretsIn(r *http.Request) (found []string) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	form, _ := url.ParseQuery(string(body))
	for _, values := range []url.Values{form, r.URL.Query()} {
		for _, name := range []string{"access_token", "client_secret", "usersig"} {
			if values.Has(name) {
				found = append(found, values.Get(name))
			}
		}
	}
	if client := r.Header.Get("Client-Secret"); client != "" {
		found = append(found, client)
	}
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		found = append(found, bearer)
	}
	return found
}
