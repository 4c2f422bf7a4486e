package words

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// message is one entry of a file: a sentence, or its plural forms.
type message struct {
	file  string
	forms map[string]string
}

// messages reads all files of a language.
func messages(t *testing.T, lang string) map[string]message {
	t.Helper()
	entries, err := fs.ReadDir(files, lang)
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]message)
	for _, entry := range entries {
		data, err := files.ReadFile(path.Join(lang, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(data, &raw); err != nil {
			t.Fatalf("%s/%s: %v", lang, entry.Name(), err)
		}
		for key, value := range raw {
			if other, twice := all[key]; twice {
				t.Errorf("%s: %s is in %s and %s", lang, key, other.file, entry.Name())
			}
			m := message{file: entry.Name(), forms: map[string]string{}}
			var one string
			if json.Unmarshal(value, &one) == nil {
				m.forms["other"] = one
			} else if err := json.Unmarshal(value, &m.forms); err != nil {
				t.Errorf("%s: %s is neither a sentence nor plural forms: %v", lang, key, err)
			}
			all[key] = m
		}
	}
	return all
}

var templateField = regexp.MustCompile(`\.[A-Z][A-Za-z]*`)

// fieldsOf gives the values a message has places for.
func fieldsOf(m message) []string {
	var found []string
	for form, text := range m.forms {
		if form == "description" {
			continue
		}
		for _, action := range regexp.MustCompile(`{{[^}]*}}`).FindAllString(text, -1) {
			found = append(found, templateField.FindAllString(action, -1)...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	en, ko := messages(t, "en"), messages(t, "ko")
	for key, m := range en {
		other, ok := ko[key]
		switch {
		case !ok:
			t.Errorf("no Korean for %s", key)
		case other.file != m.file:
			t.Errorf("%s is in %s and %s", key, m.file, other.file)
		case !slices.Equal(fieldsOf(m), fieldsOf(other)):
			t.Errorf("%s has places for %v in English and %v in Korean", key, fieldsOf(m), fieldsOf(other))
		}
	}
	for key := range ko {
		if _, ok := en[key]; !ok {
			t.Errorf("no English for %s", key)
		}
	}
	if len(en) < 100 {
		t.Errorf("only %d messages: the test reads the wrong files", len(en))
	}
}

func TestNoMessageIsEmptyOrUnfinished(t *testing.T) {
	for _, lang := range Languages {
		for key, m := range messages(t, lang) {
			if len(m.forms) > 1 && (m.forms["one"] == "" || m.forms["other"] == "") {
				t.Errorf("%s: %s needs the forms one and other", lang, key)
			}
			for form, text := range m.forms {
				if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
					t.Errorf("%s: %s (%s) is %q", lang, key, form, text)
				}
				if strings.Count(text, "{{") != strings.Count(text, "}}") {
					t.Errorf("%s: %s has a broken place: %q", lang, key, text)
				}
			}
		}
	}
}

var hangul = regexp.MustCompile(`[가-힣]`)

func TestKoreanIsKoreanAndEnglishIsNot(t *testing.T) {
	for key, m := range messages(t, "en") {
		for _, text := range m.forms {
			if hangul.MatchString(text) {
				t.Errorf("en: %s is %q", key, text)
			}
		}
	}
	en := messages(t, "en")
	for key, m := range messages(t, "ko") {
		bare := regexp.MustCompile(`{{[^}]*}}|\S+://\S*`).ReplaceAllString(m.forms["other"], "")
		// Names are the same in both; three common words are a sentence.
		long := len(regexp.MustCompile(`\b[a-z]{2,}\b`).FindAllString(bare, -1)) > 2
		if long && !hangul.MatchString(bare) && m.forms["other"] == en[key].forms["other"] {
			t.Errorf("ko: %s is still English: %q", key, m.forms["other"])
		}
	}
}

func TestTheLanguageAskedForIsSpoken(t *testing.T) {
	for lang, want := range map[string]string{"ko": "ko", "KO": "ko", "en": "en"} {
		if got := New(lang).Lang(); got != want {
			t.Errorf("%q speaks %q", lang, got)
		}
	}
	if got := New("").Lang(); !slices.Contains(Languages, got) {
		t.Errorf("the system's language became %q", got)
	}
	if New("ko").Say("command.true") == New("en").Say("command.true") {
		t.Error("both languages say the same")
	}
	if got := New("en").Say("there.is.no.such.key"); got != "there.is.no.such.key" {
		t.Errorf("a key without words is %q", got)
	}
}
