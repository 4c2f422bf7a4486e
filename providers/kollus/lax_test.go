package kollus

import (
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"testing"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
)

func TestAnswersOfAWrongTypeAreUnderstood(t *testing.T) {
	for body, want := range map[string][]string{
		`["a","b"]`:         {"a", "b"},
		`"a"`:               {"a"},
		`["a",1,null]`:      {"a", "1"},
		`{"0":"a","2":"b"}`: {"a", "b"},
		`null`:              nil,
	} {
		if got := sentences([]byte(body)); !slices.Equal(got, want) {
			t.Errorf("%s says %q", body, got)
		}
	}
	// PHP writes an empty list where there is no hint, and false for no message.
	for _, body := range []string{
		`{"error":"invalid_request","error_description":"The refresh token is invalid.","hint":[],"message":false}`,
		`{"error":"invalid_request","error_description":null,"hint":"The refresh token is revoked","message":[]}`,
	} {
		err := inspectToken(http.StatusBadRequest, []byte(body))
		if e := failure(err); e.Reason != "signin.expired" || !errors.Is(err, providers.ErrSignIn) {
			t.Errorf("%s is %v", body, err)
		}
		if err := checkProbe(httpcall.Response{Op: opToken, Status: http.StatusBadRequest, Body: []byte(body)}); err != nil {
			t.Errorf("%s is no answer to a probe: %v", body, err)
		}
	}
	for _, claims := range []string{`{"exp":1800000000}`, `{"exp":"1800000000"}`, `{"exp":1800000000.5}`} {
		token := secret.New("x." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".y")
		if got := jwtExpiry(token).Unix(); got != 1800000000 {
			t.Errorf("%s ends %d", claims, got)
		}
	}
}
