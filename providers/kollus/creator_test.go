package kollus

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// creatorsSay answers with a channel and the creators in list.
func creatorsSay(list *string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/creators") {
			_, _ = io.WriteString(w, `{"data":[`+*list+`]}`)
			return
		}
		_, _ = io.WriteString(w, `{"data":{"key":"c","application_link":"rtmp://live.example/app/"}}`)
	}
}

const (
	haneul  = `{"name":"김하늘","stream_key":"key-1"}`
	seojun  = `{"key":"cr-2","name":"이서준","stream_key":"key-2"}`
	keyless = `{"name":"박지유"}`
)

func TestTheUserChoosesWhoseStreamKeyIsUsed(t *testing.T) {
	for name, c := range map[string]struct {
		creators, use, reason, key string
	}{
		"one":                                    {haneul, "", "", "key-1"},
		"one, listed twice":                      {haneul + "," + haneul, "", "", "key-1"},
		"none has a key":                         {keyless, "", ReasonNoKey, ""},
		"one of two has a key":                   {keyless + "," + seojun, "", "", "key-2"},
		"two, and nobody chosen":                 {haneul + "," + seojun, "", "creator.choose", ""},
		"the second, by name":                    {haneul + "," + seojun, " 이서준 ", "", "key-2"},
		"the second, by key":                     {haneul + "," + seojun, "cr-2", "", "key-2"},
		"a name typed in pieces":                 {haneul + "," + seojun, "\u1100\u1175\u11b7\u1112\u1161\u1102\u1173\u11af", "", "key-1"},
		"the chosen one has no key":              {haneul + "," + seojun + "," + keyless, "박지유", ReasonNoKey, ""},
		"a list that is none counts as no words": {"", "", ReasonNoKey, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, _ := service(t, "c", creatorsSay(&c.creators))
				if c.use != "" {
					if err := s.UseCreator(t.Context(), c.use); err != nil {
						t.Fatal(err)
					}
				}
				got, err := s.Ingest(t.Context())
				if failure(err).Reason != c.reason || got.Key.Reveal() != c.key {
					t.Errorf("got %q, %v", got.Key.Reveal(), err)
				}
				all, err := s.Creators(t.Context())
				chosen := 0
				for _, one := range all {
					if one.Chosen {
						chosen++
					}
				}
				if err != nil || (chosen == 1) != (c.key != "" || c.use != "") {
					t.Errorf("listed %+v, %v", all, err)
				}
			})
		})
	}
}

func TestAChosenCreatorIsRememberedAndMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		list := haneul + "," + seojun
		s, _ := service(t, "c", creatorsSay(&list))
		ctx := t.Context()
		if err := s.UseCreator(ctx, "없는 사람"); failure(err).Reason != "creator.unknown" || !errors.Is(err, providers.ErrUsage) ||
			!strings.Contains(failure(err).Err.Error(), "김하늘, 이서준") {
			t.Errorf("nobody of that name: %v", err)
		}
		if err := s.UseCreator(ctx, "이서준"); err != nil {
			t.Fatal(err)
		}
		// A key that the user gave has the last word, and forgetting it leaves the choice.
		if err := s.KeepIngest(ctx, providers.Ingest{Key: secret.New("typed")}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Ingest(ctx); err != nil || got.Key.Reveal() != "typed" {
			t.Errorf("a key by hand: %v", err)
		}
		if err := s.KeepIngest(ctx, providers.Ingest{}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Ingest(ctx); err != nil || got.Key.Reveal() != "key-2" {
			t.Errorf("after forgetting it: %q, %v", got.Key.Reveal(), err)
		}
		list = haneul + "," + `{"key":"cr-2","name":"이서준 (새 이름)","stream_key":"key-2b"}`
		s.clearCache()
		if got, err := s.Ingest(ctx); err != nil || got.Key.Reveal() != "key-2b" {
			t.Errorf("under a new name: %q, %v", got.Key.Reveal(), err)
		}
		list = haneul
		s.clearCache()
		if got, err := s.Ingest(ctx); failure(err).Reason != "creator.gone" || failure(err).Err.Error() != "이서준" {
			t.Errorf("gone: %q, %v", got.Key.Reveal(), err)
		}
	})
}
