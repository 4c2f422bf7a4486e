package app

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rowOfFaults is a row of a table: fault, tests, how, what is seen.
var (
	rowOfFaults = regexp.MustCompile(`(?m)^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$`)
	// seenOn are the releases of OBS that a fault was made on.
	seenOn    = regexp.MustCompile(`^real on (29|30\.2|32\.2)( (29|30\.2|32\.2))*$`)
	namedTest = regexp.MustCompile("`([a-z/]+)\\.((?:Test|Benchmark)[A-Za-z0-9]+)`")
)

func TestReliabilityNamesTestsThatExist(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "RELIABILITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	sources := make(map[string]string)
	rows := 0
	for _, row := range rowOfFaults.FindAllStringSubmatch(string(page), -1) {
		fault, tests, how, seen := row[1], row[2], row[3], row[4]
		if fault == "Fault" {
			continue
		}
		rows++
		named := namedTest.FindAllStringSubmatch(tests, -1)
		if rest := strings.TrimSpace(namedTest.ReplaceAllString(tests, "")); len(named) == 0 || rest != "" {
			t.Errorf("%s: %q names no test", fault, tests)
		}
		for _, test := range named {
			if !strings.Contains(testsOf(t, sources, test[1]), "\nfunc "+test[2]+"(") {
				t.Errorf("%s: %s has no %s", fault, test[1], test[2])
			}
		}
		real := false
		for _, way := range strings.Split(how, ", ") {
			if seenOn.MatchString(way) {
				way = "real"
			}
			real = real || way == "real"
			if way != "real" && way != "practice" && way != "simulated" && way != "machine" {
				t.Errorf("%s: made in a way that is not explained: %q", fault, way)
			}
		}
		if shown := strings.Contains(tests, ".TestReal") || strings.Contains(tests, "app/endtoend.") || strings.Contains(tests, "internal/realparts."); real != shown {
			t.Errorf("%s: real parts %v, by its tests %v", fault, real, shown)
		}
		if seen == "" {
			t.Errorf("%s: what the user sees is not told", fault)
		}
	}
	if rows < 50 {
		t.Errorf("only %d faults were found in the tables", rows)
	}
}

// promisedTest is a test or fuzz target that SECURITY.md names.
var promisedTest = regexp.MustCompile("`([a-z/]+)\\.((?:Test|Fuzz)[A-Za-z0-9]+)`")

func TestSecurityNamesTestsThatExist(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	sources := make(map[string]string)
	named := promisedTest.FindAllStringSubmatch(string(page), -1)
	for _, test := range named {
		if !strings.Contains(testsOf(t, sources, test[1]), "\nfunc "+test[2]+"(") {
			t.Errorf("%s has no %s", test[1], test[2])
		}
	}
	if len(named) < 25 {
		t.Errorf("only %d tests are named", len(named))
	}
}

// testsOf gives the test files of a package as one text.
func testsOf(t *testing.T, known map[string]string, dir string) string {
	t.Helper()
	if text, ok := known[dir]; ok {
		return text
	}
	files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(dir), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	known[dir] = all.String()
	return known[dir]
}
