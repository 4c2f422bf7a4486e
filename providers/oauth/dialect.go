package oauth

import (
	"bytes"
	"io"
	"net/http"
	"net/url"

	"golang.org/x/oauth2"

	"cuelight/providers"
)

// The values of grant_type (RFC 6749, 4.1.3 and 6).
const (
	GrantCode    = "authorization_code"
	GrantRefresh = "refresh_token"
)

// Dialect is how a platform's token calls differ on the wire from RFC 6749's,
// which are a form and plain members of JSON.
type Dialect struct {
	// ContentType is that of the bodies that Encode makes.
	ContentType string
	// Encode makes the body of a call out of its parameters, by their names in
	// RFC 6749. A code comes with "state", that of the request that it answers.
	Encode func(parameters url.Values) ([]byte, error)
	// Decode turns the JSON of an answer with a status below 500 into the members
	// of RFC 6749 (5.1, 5.2), or gives the *providers.Error that it stands for.
	// grant is the call's grant_type.
	Decode func(grant string, status int, body []byte) ([]byte, error)
}

// codeOptions are what an exchange sends beyond the standard's parameters.
func (d *Dialect) codeOptions(request providers.SignInRequest) []oauth2.AuthCodeOption {
	if d == nil {
		return nil
	}
	return []oauth2.AuthCodeOption{oauth2.SetAuthURLParam("state", request.State)}
}

// encode replaces the form of a request, and gives its grant_type.
func (d *Dialect) encode(req *http.Request) (grant string, err error) {
	if d == nil {
		return "", nil
	}
	form, err := io.ReadAll(req.Body)
	_ = req.Body.Close()
	if err != nil {
		return "", err
	}
	parameters, err := url.ParseQuery(string(form))
	if err != nil {
		return "", err
	}
	body, err := d.Encode(parameters)
	if err != nil {
		return "", err
	}
	req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	// A token call is never sent twice: what it carries works once.
	req.GetBody = nil
	req.Header.Set("Content-Type", d.ContentType)
	return parameters.Get("grant_type"), nil
}

// decode turns an answer into the standard's members.
func (d *Dialect) decode(grant string, status int, body []byte) ([]byte, error) {
	if d == nil {
		return body, nil
	}
	return d.Decode(grant, status, normalizeJSON(body))
}
