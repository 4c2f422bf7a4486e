package command_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"sync"
	"testing"

	"cuelight/app/command"
	"cuelight/providers"
	"cuelight/providers/soop"
)

// watching is a `watch` under way.
type watching struct {
	t     *testing.T
	lines *bufio.Scanner
	stop  func() int
}

// watch starts `watch` beside the terminal's other commands.
func (c *terminal) watch(args ...string) *watching {
	c.t.Helper()
	ctx, interrupt := context.WithCancel(c.t.Context())
	out, write := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		var errs bytes.Buffer
		_, code := command.Main(ctx, command.Program{
			Registry: providers.Registry{soop.New()}, Keyring: c.ring, Stdout: write, Stderr: &errs,
		}, append([]string{"--config", c.dir, "--sandbox", "watch"}, args...))
		_ = write.Close()
		ended <- code
	}()
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	w := &watching{t: c.t, lines: lines}
	w.stop = sync.OnceValue(func() int {
		interrupt()
		_, _ = io.Copy(io.Discard, out)
		return <-ended
	})
	c.t.Cleanup(func() { w.stop() })
	return w
}

// line is the next one, as an object.
func (w *watching) line() map[string]any {
	w.t.Helper()
	if !w.lines.Scan() {
		w.t.Fatalf("no more lines: %v", w.lines.Err())
	}
	var object map[string]any
	if err := json.Unmarshal(w.lines.Bytes(), &object); err != nil {
		w.t.Fatalf("%v in %q", err, w.lines.Text())
	}
	return object
}

// until gives the first line that satisfies; each line must be whole.
func (w *watching) until(satisfied func(map[string]any) bool) map[string]any {
	w.t.Helper()
	for {
		line := w.line()
		for _, member := range []string{"time", "event", "account", "obs", "broadcast", "live"} {
			if _, there := line[member]; !there {
				w.t.Fatalf("no %s in %v", member, line)
			}
		}
		if satisfied(line) {
			return line
		}
	}
}

func TestWatchTellsEachChangeAndTheHealthEverySecond(t *testing.T) {
	c := signedIn(t)
	w := c.watch("--json")
	if first := w.line(); first["event"] != "start" {
		t.Errorf("begins with %v", first)
	}
	w.until(func(l map[string]any) bool {
		return l["event"] == "obs" && l["obs"].(map[string]any)["connected"] == true
	})
	c.must("setup") // another process, so to speak
	c.must("start", "--anyway")
	w.until(func(l map[string]any) bool {
		return l["event"] == "stream" && l["obs"].(map[string]any)["state"] == "on"
	})
	for range 2 {
		line := w.until(func(l map[string]any) bool { return l["event"] == "health" })
		health, _ := line["health"].(map[string]any)
		for _, member := range []string{"bitrate_kbps", "dropped_percent", "congestion", "fps", "cpu_percent"} {
			if _, there := health[member].(float64); !there {
				t.Errorf("no %s in %v", member, health)
			}
		}
	}
	c.must("stop")
	off := w.until(func(l map[string]any) bool {
		return l["event"] == "stream" && l["obs"].(map[string]any)["state"] == "off"
	})
	if off["obs"].(map[string]any)["streaming"] != false {
		t.Errorf("after the end: %v", off["obs"])
	}
	if code := w.stop(); code != command.ExitDone {
		t.Errorf("interrupting it ended with %d", code)
	}
}

func TestWatchSpeaksToPeopleToo(t *testing.T) {
	c := signedIn(t)
	w := c.watch()
	if !w.lines.Scan() || len(w.lines.Text()) < 20 || w.lines.Text()[0] == '{' {
		t.Errorf("said %q", w.lines.Text())
	}
	if code := w.stop(); code != command.ExitDone {
		t.Errorf("interrupting it ended with %d", code)
	}
}

func TestPreflightGivesEachCheckWithItsCure(t *testing.T) {
	c := signedIn(t)
	o := c.must("preflight", "--json")
	checks, _ := o.object(t)["checks"].([]any)
	if len(checks) < 10 {
		t.Fatalf("only %d checks: %s", len(checks), o.out)
	}
	for _, x := range checks {
		check := x.(map[string]any)
		if check["ok"] == false && (check["why"] == "" || check["cure"] == "") || check["name"] == "" {
			t.Errorf("told as %v", check)
		}
	}
	c.must("logout")
	blocked := c.sandbox("--json", "preflight")
	if blocked.code != command.ExitSignIn {
		t.Errorf("without a sign-in ended with %d", blocked.code)
	}
	if checks, _ := blocked.object(t)["checks"].([]any); len(checks) == 0 {
		t.Errorf("no checks in %s", blocked.out)
	}
}
