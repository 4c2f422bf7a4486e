package fault

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"time"
)

// hugeBody is how much Huge answers with, in bytes.
const hugeBody = 64 << 20

// Middleware records each call and injects the queued faults. endpoint returns the
// platform's own path of a request.
func (s *Set) Middleware(dialect string, endpoint func(*http.Request) string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := Call{Time: time.Now(), Method: r.Method, Dialect: dialect, Endpoint: endpoint(r)}
		call.Fields = fieldNames(r)
		f, spoilt := s.take(call.Method, call.Endpoint)
		call.Fault = f.Kind
		s.note(call)
		if !spoilt {
			next.ServeHTTP(w, r)
			return
		}
		f.serve(w, r, next)
	})
}

// fieldNames reads the names of a request's parameters and restores the body.
func fieldNames(r *http.Request) []string {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		body = nil
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	var names []string
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) == nil {
		names, body = slices.AppendSeq(names, maps.Keys(members)), nil
	}
	for _, part := range []string{r.URL.RawQuery, string(body)} {
		for pair := range strings.SplitSeq(part, "&") {
			name, _, found := strings.Cut(pair, "=")
			if found && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

func (f Fault) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	switch f.Kind {
	case Status:
		http.Error(w, "injected fault", orDefault(f.Status, http.StatusInternalServerError))
	case HTML:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(orDefault(f.Status, http.StatusOK))
		_, _ = io.WriteString(w, "<!doctype html><html><head><title>Access denied</title></head>"+
			"<body><h1>Access denied</h1><p>injected fault</p></body></html>")
	case TooMany:
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
		}
		http.Error(w, "Too Many Requests", http.StatusTooManyRequests)
	case ExpiredToken:
		writeOAuthError(w, http.StatusUnauthorized, f.Kind, "The access token provided has expired")
	case InvalidToken:
		writeOAuthError(w, http.StatusUnauthorized, f.Kind, "The access token provided is invalid")
	case InsufficientScope:
		writeOAuthError(w, http.StatusForbidden, f.Kind, "The request requires higher privileges than provided by the access token")
	case Result:
		writeJSON(w, http.StatusOK, map[string]any{"result": f.Result, "msg": f.Message})
	case Envelope:
		status := orDefault(f.Status, http.StatusBadRequest)
		writeJSON(w, status, map[string]any{"code": status, "message": f.Message})
	case Null:
		writeJSON(w, http.StatusOK, nil)
	case Misprint:
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		_, _ = io.WriteString(w, `{"total_cnt": 1, "broad": [{"paid_promotion : 0, "total_view_cnt": "2232"}]}`)
	case Slow:
		if waitFor(r, time.Duration(f.DelayMS)*time.Millisecond) {
			next.ServeHTTP(w, r)
		}
	case Truncated:
		truncate(w, r, next)
	case Huge:
		writeHuge(w)
	case Drop:
		panic(http.ErrAbortHandler)
	case LostAnswer:
		next.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
}

// waitFor waits; it reports false where the caller goes away before.
func waitFor(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// truncate sends half of the body that next answers, with the length of all of it.
func truncate(w http.ResponseWriter, r *http.Request, next http.Handler) {
	whole := httptest.NewRecorder()
	next.ServeHTTP(whole, r)
	body := whole.Body.Bytes()
	for name, values := range whole.Header() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(body[:len(body)/2])
	if flusher, ok := w.(http.Flusher); ok {
		flusher.Flush()
	}
	panic(http.ErrAbortHandler)
}

func writeHuge(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	_, _ = io.WriteString(w, `{"result":1,"msg":"`)
	filler := bytes.Repeat([]byte("x"), 64<<10)
	for range hugeBody / len(filler) {
		if _, err := w.Write(filler); err != nil {
			return
		}
	}
	_, _ = fmt.Fprint(w, `"}`)
}

func writeOAuthError(w http.ResponseWriter, status int, kind, description string) {
	writeJSON(w, status, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{kind, description})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func orDefault(value, def int) int {
	if value == 0 {
		return def
	}
	return value
}
