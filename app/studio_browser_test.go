package app

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// browse plays the user's browser: it opens the address, fills the login form
// in and goes where it is sent.
func (s *studio) browse(address, user, decision string) error {
	landed, err := s.decide(address, user, decision)
	if err != nil {
		return err
	}
	answer, err := s.get(landed)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return errors.Join(err, answer.Body.Close())
}

func (s *studio) get(address string) (*http.Response, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	return client.Get(address)
}

// decide gives where the login page sends the browser to.
func (s *studio) decide(address, user, decision string) (landed string, err error) {
	browser := http.Client{
		Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second,
		CheckRedirect: func(r *http.Request, _ []*http.Request) error {
			if !strings.HasPrefix(r.URL.String(), s.platform.URL()) {
				landed = r.URL.String()
				return http.ErrUseLastResponse
			}
			return nil
		},
	}
	answer, err := browser.Get(address)
	if err != nil {
		return "", err
	}
	page, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil {
		return "", err
	}
	form := url.Values{"user": {user}, "decision": {decision}}
	for _, field := range strings.Split(string(page), `<input type="hidden" name="`)[1:] {
		name, rest, _ := strings.Cut(field, `" value="`)
		value, _, _ := strings.Cut(rest, `"`)
		form.Set(name, value)
	}
	answer, err = browser.PostForm(s.platform.URL()+"/soop/auth/login", form)
	if err != nil {
		return "", err
	}
	if landed == "" {
		err = fmt.Errorf("HTTP %d and nowhere to go", answer.StatusCode)
	}
	return landed, errors.Join(err, answer.Body.Close())
}
