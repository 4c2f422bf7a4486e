package contract

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"

	"cuelight/providers"
	"cuelight/providers/oauth"
)

// jsonSecrets are the names of secrets in a body of JSON.
var jsonSecrets = []string{"clientSecret", "refreshToken", "code", "token"}

// secrets are all that must not be printed: what the vault holds, the tokens in
// it, and what was sent as a secret.
func (w *world) secrets() []string {
	var all []string
	add := func(s string) {
		if len(s) >= 6 {
			all = append(all, s)
		}
	}
	for name, value := range w.vault.Values {
		if name == "paced" || name == "personal_token_added" || name == "ingest" {
			continue // a time, a note of when, a list of channels
		}
		add(value.Reveal())
		if token, err := oauth.DecodeToken(value); err == nil {
			add(token.Access.Reveal())
			add(token.Refresh.Reveal())
		}
		var ingest struct{ Key string }
		if json.Unmarshal([]byte(value.Reveal()), &ingest) == nil {
			add(ingest.Key)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.calls {
		for _, part := range []string{c.query, c.body} {
			var members map[string]any
			if json.Unmarshal([]byte(part), &members) == nil {
				for _, name := range jsonSecrets {
					value, _ := members[name].(string)
					add(value)
				}
				continue
			}
			values, err := url.ParseQuery(part)
			if err != nil {
				continue
			}
			for _, name := range []string{"access_token", "refresh_token", "client_secret", "code", "usersig"} {
				add(values.Get(name))
			}
		}
	}
	return all
}

// withoutSecrets fails where a value prints a secret in any way.
func (w *world) withoutSecrets(what string, value any) {
	w.t.Helper()
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "value", value)
	encoded, _ := json.Marshal(value)
	text := fmt.Sprintf("%v %+v %#v %q %s", value, value, value, value, log.String()+string(encoded))
	if err, ok := value.(error); ok {
		for ; err != nil; err = errors.Unwrap(err) {
			text += fmt.Sprintf(" %v %+v %#v", err, err, err)
		}
	}
	for _, s := range w.secrets() {
		if strings.Contains(text, s) || strings.Contains(text, url.QueryEscape(s)) {
			w.t.Errorf("%s prints a secret: %s", what, strings.ReplaceAll(text, s, "‹secret›"))
		}
	}
}

// usage fails where an error is not one of usage, or something was sent.
func (w *world) usage(what string, err error) *providers.Error {
	w.t.Helper()
	e, ok := errors.AsType[*providers.Error](err)
	if !ok || !errors.Is(err, providers.ErrUsage) || e.Reason == "" {
		w.t.Errorf("%s: %v is no error of usage with a reason", what, err)
		return &providers.Error{}
	}
	w.sentNothing(what)
	return e
}

func failure(err error) *providers.Error {
	if e, ok := errors.AsType[*providers.Error](err); ok {
		return e
	}
	return &providers.Error{}
}
