package soopsim

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// maxBody bounds what is read of a request, in bytes.
const maxBody = 1 << 20

// params are a request's parameters. The documents' examples send them as a
// form, in the address, as JSON under a form's content type, and with GET and
// DELETE in a body; all of these are read.
type params map[string]string

func readParams(r *http.Request) (params, error) {
	p := params{}
	if err := p.addForm(r.URL.RawQuery); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		return nil, fmt.Errorf("read the parameters: %w", err)
	}
	text := strings.TrimSpace(string(body))
	if strings.HasPrefix(text, "{") {
		return p, p.addJSON(text)
	}
	return p, p.addForm(text)
}

func (p params) addForm(text string) error {
	values, err := url.ParseQuery(text)
	if err != nil {
		return fmt.Errorf("read the parameters: not a form")
	}
	for name, list := range values {
		if !utf8.ValidString(list[0]) {
			return fmt.Errorf("read the parameters: %s is not UTF-8", name)
		}
		p[name] = list[0]
	}
	return nil
}

func (p params) addJSON(text string) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var values map[string]any
	if err := decoder.Decode(&values); err != nil {
		return fmt.Errorf("read the parameters: %w", err)
	}
	for name, value := range values {
		if value != nil {
			p[name] = fmt.Sprint(value)
		}
	}
	return nil
}
