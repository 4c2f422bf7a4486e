package oauth

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"html/template"
	"net/http"
)

// Page is the words of one page: a heading and a sentence.
type Page struct{ Title, Text string }

// Landing is what the browser shows after the redirect, in the user's language.
type Landing struct {
	// Lang is the language of the words, for the page's lang attribute: "ko".
	Lang string
	// Success is shown where a code came, Refused where the platform or the user
	// refused, Failed where the request does not belong to this sign-in.
	Success, Refused, Failed Page
}

// withDefaults fills in English texts where there are none.
func (l Landing) withDefaults() Landing {
	english := Landing{
		Lang:    "en",
		Success: Page{"You can go back to Cuelight", "Cuelight has the answer and goes on by itself. This page can be closed."},
		Refused: Page{"Not signed in", "The sign-in was refused. Cuelight says why; you can try again from there."},
		Failed:  Page{"This was not the answer we wait for", "It is too old, or belongs to another sign-in. Please start the sign-in in Cuelight again."},
	}
	if l.Success == (Page{}) && l.Refused == (Page{}) && l.Failed == (Page{}) {
		return english
	}
	for _, p := range []struct {
		page *Page
		def  Page
	}{{&l.Success, english.Success}, {&l.Refused, english.Refused}, {&l.Failed, english.Failed}} {
		if *p.page == (Page{}) {
			*p.page = p.def
		}
	}
	return l
}

// tone selects the colour and symbol of a page.
type tone string

const (
	toneSuccess tone = "good"
	toneRefused tone = "warning"
	toneFailed  tone = "bad"
)

//go:embed landing.html
var landingHTML string

// landingTemplate is parsed once; it is never changed.
var landingTemplate = template.Must(template.New("landing").Parse(landingHTML))

// page writes one page. It loads nothing: its only style is inline, allowed by a
// nonce, and it runs no script.
func (p *Pending) page(w http.ResponseWriter, status int, t tone, words Page) {
	nonce := rand.Text()
	var b bytes.Buffer
	err := landingTemplate.Execute(&b, struct {
		Lang, Nonce string
		Tone        tone
		Page        Page
	}{p.landing.Lang, nonce, t, words})
	if err != nil {
		http.Error(w, words.Title, http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+nonce+
		"'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}
