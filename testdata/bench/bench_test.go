//go:build linux

// Package bench measures the built program from outside, each number beside
// its bare counterpart taken in the same run. It reports and never judges.
package bench

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
)

// rounds is how often each thing is measured; the median counts.
const rounds = 7

func built(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "build", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("build it first (make bench does): %v", err)
	}
	return path
}

func median[T int | time.Duration](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

// TestWindow measures until the window is painted, and what it holds idle.
func TestWindow(t *testing.T) {
	keyring := realparts.StartKeyring(t)
	screen := realparts.StartScreen(t, keyring.Session)
	env := append(keyring.Env(), screen.Env()...)
	commands := map[string]realparts.Command{
		"cuelight": {
			Name: built(t, "cuelight"), Env: env,
			Args: []string{"--config", filepath.Join(keyring.Home, "cuelight"), "--obs", "127.0.0.1:9"},
		},
		"bare": {Name: built(t, "barewindow"), Env: env},
	}
	painted, memory := map[string][]time.Duration{}, map[string][]int{}
	for round := range rounds + 1 {
		for name, command := range commands {
			waitScreen(t, screen, false)
			began := time.Now()
			p := realparts.Run(t, command)
			waitScreen(t, screen, true)
			took := time.Since(began)
			time.Sleep(2 * time.Second) // idle from here on
			if round > 0 {              // the first fills the caches
				painted[name] = append(painted[name], took)
				memory[name] = append(memory[name], resident(t, p.Pid()))
			}
			p.Kill()
		}
	}
	report("window painted", median(painted["cuelight"]).Seconds()*1000, median(painted["bare"]).Seconds()*1000, "ms", "bare Fyne window", 1.5)
	report("idle memory", float64(median(memory["cuelight"]))/1024, float64(median(memory["bare"]))/1024, "MB", "bare Fyne window", 1.3)
}

func report(what string, ours, theirs float64, unit, other string, goal float64) {
	fmt.Printf("%-16s %8.1f %s   %s %8.1f %s   ratio %.2f (goal: at most %.1f)\n", what, ours, unit, other, theirs, unit, ours/theirs, goal)
}

// resident is the memory of a process in kB.
func resident(t *testing.T, pid int) int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kb
}

// waitScreen waits until the middle of the screen is painted, or is black as it
// is without a window.
func waitScreen(t *testing.T, screen *realparts.Screen, painted bool) {
	t.Helper()
	file, err := os.Open(screen.Framebuffer)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	header := make([]byte, 100)
	if _, err := file.ReadAt(header, 0); err != nil {
		t.Fatal(err)
	}
	field := func(i int) int64 { return int64(binary.BigEndian.Uint32(header[4*i:])) }
	// XWD file format: header size first, bytes per line 13th, colours 20th.
	start, line := field(0)+12*field(19), field(12)
	row := make([]byte, line)
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		lit := 0
		for y := int64(200); y < 600; y += 20 {
			if _, err := file.ReadAt(row, start+y*line); err != nil {
				t.Fatal(err)
			}
			for x := 300; x < 980; x += 20 {
				if row[4*x] != 0 || row[4*x+1] != 0 || row[4*x+2] != 0 {
					lit++
				}
			}
		}
		// The pointer is in the middle, and never black.
		if all := 20 * 34; painted && lit > all/2 || !painted && lit < all/20 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("the screen did not change in time")
}

// TestSetUpOfARealOBS measures the whole process of `cuelight setup` beside scripts that
// only write OBS's setting.
func TestSetUpOfARealOBS(t *testing.T) {
	realOBS := realobs.ForTest(t, realobs.Options{})
	keyring := realparts.StartKeyring(t)
	program := built(t, "cuelight")
	ours := func(stdin string, args ...string) realparts.Command {
		return realparts.Command{
			Name: program, Stdin: stdin,
			Args: append([]string{"--config", filepath.Join(keyring.Home, "cuelight"), "--obs", realOBS.Address()}, args...),
			Env:  append(keyring.Env(), "CUELIGHT_OBS_PASSWORD="+realOBS.Password),
		}
	}
	must := func(c realparts.Command) time.Duration {
		began := time.Now()
		p := realparts.Run(t, c)
		if code := p.Wait(t, time.Minute); code != 0 {
			t.Fatalf("%s: exit code %d\n%s%s", c.Name, code, p.Stdout.Text(), p.Stderr.Text())
		}
		return time.Since(began)
	}
	platform := realparts.Run(t, realparts.Command{
		Name: program, Env: keyring.Env(), Args: []string{"--config", filepath.Join(keyring.Home, "sandbox"), "sandbox", "--json"},
	})
	platform.Stdout.Find(t, "]", 20*time.Second)
	var place struct {
		SOOP         string `json:"soop"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		RedirectURI  string `json:"redirect_uri"`
	}
	if err := json.NewDecoder(strings.NewReader(platform.Stdout.Text() + "}")).Decode(&place); err != nil {
		t.Fatal(err)
	}
	must(ours(place.ClientSecret+"\n", "account", "add", "soop", "--client-id", place.ClientID,
		"--base-url", place.SOOP, "--redirect-uri", place.RedirectURI))
	must(ours("", "login", "--number", "111111"))

	behind := realparts.DialOBS(t, realOBS.Address(), realOBS.Password)
	socket := "ws://" + realOBS.Address()
	script := func(name string, args ...string) realparts.Command {
		return realparts.Command{
			Name: name, Args: append(args, socket, "rtmp://127.0.0.1:9/app"),
			Env: append(keyring.Env(), "OBS_PASSWORD="+realOBS.Password),
		}
	}
	commands := map[string]realparts.Command{
		"cuelight setup": ours("", "setup"), "Python script": script("/usr/bin/python3", "setobs.py"),
		"Node script": script("node", "--experimental-websocket", "--no-warnings", "setobs.mjs"),
	}
	took := map[string][]time.Duration{}
	for range rounds {
		for name, command := range commands {
			behind.SetService(t, "rtmp://127.0.0.1:9/other", "another-key") // so that there is something to write
			took[name] = append(took[name], must(command))
		}
	}
	mine := median(took["cuelight setup"]).Seconds() * 1000
	for _, name := range []string{"Python script", "Node script"} {
		report("cuelight setup", mine, median(took[name]).Seconds()*1000, "ms", name, 1)
	}
}
