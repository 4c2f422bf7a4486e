// Package page draws the sandbox's web pages: the login page that a person
// clicks through, the index that says what the sandbox is, the practice
// overlays. They work without scripts (the overlays excepted), follow the
// system's light or dark setting and speak Korean and English.
package page

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed templates/*.html templates/*.css
var files embed.FS

var languages = language.NewMatcher([]language.Tag{language.Korean, language.English})

// Set is the pages, ready to be drawn.
type Set struct {
	all *template.Template
	css template.CSS
	log *slog.Logger
}

// New reads the pages; it fails only when one of them is misspelt.
func New(log *slog.Logger) (*Set, error) {
	css, err := files.ReadFile("templates/look.css")
	if err != nil {
		return nil, fmt.Errorf("read the pages' look: %w", err)
	}
	all, err := template.New("").ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	return &Set{all: all, css: template.CSS(css), log: log}, nil
}

// Person is one simulated streamer to sign in as.
type Person struct {
	ID, Nick, Station, Picture string
	Loyal                      int
	// Number is the simulated certification number, for the index.
	Number string
}

// Login is the login page.
type Login struct {
	Platform, Action, App string
	// Scopes are what the application asks for, as keys of the words; none
	// means SOOP's three.
	Scopes []string
	// Rights are asked for one by one instead, in the platform's own terms; the
	// person may withhold each, with a field of that name behind Withhold.
	Rights []string
	Hidden map[string]string
	People []Person
}

// Withhold begins the name of the field that withholds a right.
const Withhold = "withhold-"

// Index is the page at the root.
type Index struct {
	// Addresses are what to enter where.
	Addresses []Address
	People    []Person
	ClientID  string
	Redirect  string
}

// Address is one address, under a key of the words.
type Address struct{ Key, URL string }

// Overlay is a simulated overlay.
type Overlay struct{ Kind, Device, Nick string }

// Message keys of Set.Message.
const (
	UnknownClient = "unknown_client"
	NotFound      = "not_found"
)

// view is what every template gets.
type view struct {
	Lang string
	CSS  template.CSS
	words
	Page any
}

// Word returns the words under a key, in the view's language; a key without any is
// a platform's own word.
func (v view) Word(key string) string { return cmp.Or(v.words[key], key) }

// Say fills a name into the words under a key.
func (v view) Say(key, name string) string { return fmt.Sprintf(v.words[key], name) }

// Count writes a number with separators.
func (v view) Count(n int) string { return message.NewPrinter(language.Make(v.Lang)).Sprint(n) }

func (s *Set) draw(w http.ResponseWriter, r *http.Request, status int, name string, content any) {
	lang := Language(r)
	var out bytes.Buffer
	v := view{Lang: lang, CSS: s.css, words: texts[lang], Page: content}
	if err := s.all.ExecuteTemplate(&out, name, v); err != nil {
		s.log.Error("sandbox page cannot be drawn", "page", name, "error", err)
		http.Error(w, "sandbox page cannot be drawn", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Language")
	if name != "overlay.html" {
		// No form-action: browsers hold it against the redirect that follows a
		// form, and that one leads to another port.
		h.Set("Content-Security-Policy",
			"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'")
	}
	w.WriteHeader(status)
	_, _ = out.WriteTo(w)
}

// Language returns "ko" or "en", by Accept-Language: Korean where it says nothing,
// English where it asks for neither.
func Language(r *http.Request) string {
	wanted := r.Header.Get("Accept-Language")
	if wanted == "" {
		return "ko"
	}
	tags, _, err := language.ParseAcceptLanguage(wanted)
	if err != nil {
		return "ko"
	}
	if tag, _, sure := languages.Match(tags...); sure != language.No {
		base, _ := tag.Base()
		return base.String()
	}
	return "en"
}

// Login draws the login page.
func (s *Set) Login(w http.ResponseWriter, r *http.Request, l Login) {
	if l.Scopes == nil {
		l.Scopes = []string{"login_scope_settings", "login_scope_key", "login_scope_live"}
	}
	s.draw(w, r, http.StatusOK, "login.html", l)
}

// Index draws the page at the root.
func (s *Set) Index(w http.ResponseWriter, r *http.Request, i Index) {
	s.draw(w, r, http.StatusOK, "index.html", i)
}

// Overlay draws a simulated overlay, on a clear ground.
func (s *Set) Overlay(w http.ResponseWriter, r *http.Request, o Overlay) {
	s.draw(w, r, http.StatusOK, "overlay.html", o)
}

// Message draws a page that only says something.
func (s *Set) Message(w http.ResponseWriter, r *http.Request, status int, key string) {
	s.draw(w, r, status, "message.html", key)
}
