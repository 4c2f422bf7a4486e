package words

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"cuelight/app"
	"cuelight/app/config"
	"cuelight/app/destination"
	"cuelight/app/obslink"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/vault"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/providers"
)

// wantReadable fails where an explanation is not fit for a person.
func wantReadable(t *testing.T, what string, x Explanation) {
	t.Helper()
	if x.What == "" {
		t.Errorf("%s: nothing is said", what)
	}
	for _, text := range []string{x.What, x.Why, x.Do, x.Said} {
		if strings.HasPrefix(text, "error.") || strings.Contains(text, "<no value>") || strings.Contains(text, "{{") {
			t.Errorf("%s: %q", what, text)
		}
	}
}

func kindsOfErrors() map[string]error {
	all := map[string]error{
		"plain": errors.New("x"), "deadline": context.DeadlineExceeded, "canceled": context.Canceled,
		"disk full": syscall.ENOSPC, "permission": &fs.PathError{Op: "open", Path: "x", Err: os.ErrPermission},
		"no account": config.ErrNoAccount, "unknown account": config.ErrUnknownAccount, "busy": task.ErrBusy,
		"on air": app.ErrOnAirUnconfirmed, "no backup": destination.ErrNoBackup, "no secret": providers.ErrNoSecret,
		"interrupted":   fmt.Errorf("%w: %w", task.ErrInterrupted, &providers.Error{Kind: providers.ErrUnreachable}),
		"changed since": &destination.ChangedError{Server: "rtmp://a"}, "changed since, to nowhere": &destination.ChangedError{},
		"locked": destination.ErrLocked, "kept here": destination.ErrKeptHere, "kept elsewhere": &destination.MovedError{},
		"broken": &config.BrokenError{Kept: "config.json.broken", Err: errors.New("x")},
		"memory": &vault.MemoryOnlyError{Err: errors.New("x")}, "memory without cause": &vault.MemoryOnlyError{},
		"memory, permission": &vault.MemoryOnlyError{Err: os.ErrPermission},
		"joined":             errors.Join(errors.New("x"), &providers.Error{Kind: providers.ErrRefused}),
		"conflict":           &state.ConflictError{Fields: []providers.FieldID{providers.FieldTitle, providers.FieldHashtags}},
		"file held":          fmt.Errorf("save: %w: %w", config.ErrHeld, context.DeadlineExceeded),
		"unknown kind":       &providers.Error{Kind: errors.New("new")},
	}
	for _, kind := range []error{
		providers.ErrSignIn, providers.ErrRefused, providers.ErrUnreachable, providers.ErrTooFrequent,
		providers.ErrBadAnswer, providers.ErrUsage, providers.ErrNoSecret,
	} {
		all["bare "+kind.Error()] = &providers.Error{Kind: kind}
		all["full "+kind.Error()] = &providers.Error{
			Kind: kind, Op: "op", Code: "-1", Message: "안 됩니다", Field: "title", Reason: "new.reason", Limit: 3,
			RetryAfter: 1, Err: errors.New("x"),
		}
	}
	for _, known := range obsKeys {
		all["OBS "+known.kind.Error()] = &obs.Error{Kind: known.kind, Op: "op"}
	}
	for _, phase := range []obs.Phase{obs.PhaseAsked, obs.PhaseStarting, obs.PhaseStopped} {
		all["OBS "+string(phase)] = &obs.Error{Kind: obs.ErrNotStarted, Phase: phase, Op: "op"}
	}
	for _, reason := range []discovery.Reason{discovery.NotInstalled, discovery.NeverStarted, discovery.ServerOff, discovery.Unreadable, discovery.Broken} {
		all["OBS "+string(reason)] = &obslink.NotFoundError{Finding: discovery.Finding{Reason: reason}, Err: &obs.Error{Kind: obs.ErrUnreachable}}
	}
	return all
}

func TestEveryKindOfErrorIsExplained(t *testing.T) {
	for _, lang := range Languages {
		w := New(lang)
		for name, err := range kindsOfErrors() {
			wantReadable(t, lang+" "+name, w.Explain(err))
			wantReadable(t, lang+" wrapped "+name, w.Explain(fmt.Errorf("doing it: %w", err)))
		}
	}
	if x := New("en").Explain(nil); x != (Explanation{}) || x.Line() != "" {
		t.Errorf("no error is explained as %+v", x)
	}
}

func TestThePlatformsWordsAreGivenVerbatim(t *testing.T) {
	x := New("ko").Explain(fmt.Errorf("change: %w", &providers.Error{Kind: providers.ErrRefused, Code: "-1320", Message: "금칙어 {{.X}}"}))
	if !strings.Contains(x.Said, "금칙어 {{.X}}") || !strings.Contains(x.Said, "-1320") || !strings.Contains(x.Line(), x.Said) {
		t.Errorf("got %+v", x)
	}
	if y := New("en").Explain(&obs.Error{Kind: obs.ErrRefused, Comment: "No."}); !strings.Contains(y.Said, "No.") {
		t.Errorf("got %+v", y)
	}
}

func TestOBSKindsAllHaveWords(t *testing.T) {
	// Every sentinel declared in obs/errors.go, so that a new one is noticed.
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", "obs", "errors.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, k := range obsKeys {
		known[k.kind.Error()] = true
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return true
		}
		if literal, ok := call.Args[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, _ := strconv.Unquote(literal.Value)
			found++
			// ErrNotStarted is explained by its phase.
			if !known[text] && text != obs.ErrNotStarted.Error() {
				t.Errorf("no words for %q", text)
			}
		}
		return true
	})
	if found < 10 {
		t.Errorf("only %d kinds found", found)
	}
}
