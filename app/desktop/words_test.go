package desktop

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"

	"cuelight/app/state"
	"cuelight/app/words"
)

// said finds the keys that the source says something under.
var said = regexp.MustCompile(`\b(?:Text|Count|button)\((?:ui, )?"([a-z_0-9.]*[a-z0-9])"`)

func TestThereAreWordsForEverythingSaid(t *testing.T) {
	keys := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	below, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, below...)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range said.FindAllStringSubmatch(string(source), -1) {
			keys[strings.TrimPrefix(found[1], "desktop.")] = true
		}
	}
	for _, place := range places() {
		keys["screen."+string(place.id)] = true
	}
	for _, action := range []state.Action{
		state.ActionAddAccount, state.ActionSignIn, state.ActionOBSHelp, state.ActionOBSPassword, state.ActionOBSRetry,
		state.ActionSetUp, state.ActionEdit, state.ActionStart, state.ActionStop,
	} {
		keys["action."+string(action)] = true
	}
	for _, check := range []string{
		"signin.pending", "signin.running", "signin.done", "signin.failed", "obs.running", "obs.done", "obs.warned", "obs.failed",
		"service.pending", "service.running", "service.done", "service.failed",
		"details.pending", "details.running", "details.done", "details.warned", "details.failed",
		"send.pending", "send.running", "send.done", "send.warned", "send.failed",
		"title.pending", "title.running", "title.done", "title.warned", "title.failed",
		"onair.pending", "onair.running", "onair.done", "onair.warned",
	} {
		keys["check."+check] = true
	}
	if len(keys) < 150 {
		t.Fatalf("only %d keys found: the search is broken", len(keys))
	}
	for _, language := range words.Languages {
		w := words.New(language)
		for key := range keys {
			if !w.Has("desktop." + key) {
				t.Errorf("%s: nothing is said under desktop.%s", language, key)
			}
		}
	}
}

func TestTheToolkitSpeaksTheLanguageChosen(t *testing.T) {
	t.Cleanup(func() { setToolkitLanguage("en") })
	for language, want := range map[string]string{"ko": "복사", "en": "Copy"} {
		setToolkitLanguage(language)
		if got := lang.L("Copy"); got != want {
			t.Errorf("in %s the toolkit says %q", language, got)
		}
	}
}
