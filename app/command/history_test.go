package command_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"cuelight/app/command"
)

// entries reads `history --json`.
func (c *terminal) entries() []map[string]any {
	c.t.Helper()
	var all []map[string]any
	for _, one := range c.must("history", "--json").object(c.t)["history"].([]any) {
		all = append(all, one.(map[string]any))
	}
	return all
}

func TestWhatIsAppliedIsRememberedAndUsedAgain(t *testing.T) {
	c := signedIn(t)
	if got := c.must("history", "--json").object(t)["history"].([]any); len(got) != 0 {
		t.Fatalf("at first: %v", got)
	}
	if o := c.must("history"); !strings.Contains(o.out, "Nothing has been applied yet.") {
		t.Errorf("said %q", o.out)
	}
	c.must("update", "--title", "한 판만 더", "--category", "스타크래프트", "--hashtags", "게임")
	c.must("update", "--viewers", "70") // nothing to remember
	c.must("update", "--title", "노래방송", "--category", "음악")
	c.must("update", "--title", "한 판만 더", "--category", "스타크래프트")
	all := c.entries()
	if len(all) != 2 {
		t.Fatalf("remembered %v", all)
	}
	if last, err := time.Parse(time.RFC3339Nano, fmt.Sprint(all[0]["last"])); err != nil || time.Since(last) > time.Minute {
		t.Errorf("last is %v, %v", all[0]["last"], err)
	}
	delete(all[0], "last")
	got, _ := json.Marshal(all[0])
	want := `{"category":{"name":"스타크래프트","number":"00040001"},"favorite":false,"hashtags":["게임"],"id":"1","platform":"soop","title":"한 판만 더","uses":2}`
	if string(got) != want {
		t.Errorf("the first is\n%s, want\n%s", got, want)
	}
	c.must("history", "star", "2")
	used := c.must("history", "use", "2", "--json").object(t)
	if used["title"] != "노래방송" || used["used"].(map[string]any)["favorite"] != true {
		t.Errorf("used %v", used)
	}
	broadcast := c.must("status", "--json").object(t)["broadcast"].(map[string]any)
	if broadcast["title"] != "노래방송" {
		t.Errorf("the broadcast is %v", broadcast)
	}
	if all := c.entries(); all[0]["id"] != "2" || all[0]["uses"] != float64(2) {
		t.Errorf("after that: %v", all)
	}
	c.must("history", "unstar", "2")
	c.must("history", "remove", "1")
	if all := c.entries(); len(all) != 1 || all[0]["favorite"] != false {
		t.Errorf("left is %v", all)
	}
	for _, args := range [][]string{{"use", "1"}, {"star", "1"}, {"unstar", "1"}, {"remove", "1"}} {
		if o := c.sandbox(append([]string{"history"}, args...)...); o.code != command.ExitUsage || !strings.Contains(o.err, "no entry with the ID 1") {
			t.Errorf("%v of what is not there ended with %d: %s", args, o.code, o.err)
		}
	}
}

func TestPlaceholdersOfATitleAreSentAsText(t *testing.T) {
	c := signedIn(t)
	const template = "{{생}} {회차}화 {category}"
	preview := c.must("update", "--title", template, "--category", "스타크래프트", "--preview", "--json").object(t)
	if preview["title"] != "{생} 1화 스타크래프트" || preview["length"] != float64(13) || preview["limit"] != float64(75) {
		t.Errorf("the preview is %v", preview)
	}
	if o := c.must("update", "--title", template, "--category", "스타크래프트", "--preview"); o.out != "{생} 1화 스타크래프트\n13 / 75 characters\n" {
		t.Errorf("the preview is %q", o.out)
	}
	if len(c.entries()) != 0 {
		t.Error("a preview was remembered")
	}
	changed := c.must("update", "--title", template, "--category", "스타크래프트", "--json").object(t)["changed"].(map[string]any)
	if changed["title"] != "{생} 1화 스타크래프트" {
		t.Errorf("changed %v", changed)
	}
	if got := c.must("status", "--json").object(t)["broadcast"].(map[string]any)["title"]; got != "{생} 1화 스타크래프트" {
		t.Errorf("the title is %q", got)
	}
	if got := c.entries()[0]["title"]; got != "{{생}} {episode}화 {category}" {
		t.Errorf("remembered %q", got)
	}
	long := strings.Repeat("가", 70) + "{category}" // 76 with the name
	if o := c.sandbox("update", "--title", long, "--category", "스타크래프트"); o.code != command.ExitUsage || !strings.Contains(o.err, "at most 75") {
		t.Errorf("a title too long once filled in ended with %d: %s", o.code, o.err)
	}
	if o := c.sandbox("update", "--viewers", "9", "--preview"); o.code != command.ExitUsage || !strings.Contains(o.err, "--title") {
		t.Errorf("a preview of nothing ended with %d: %s", o.code, o.err)
	}
}

func TestAnUnknownPlaceholderNamesThoseThereAre(t *testing.T) {
	c := signedIn(t)
	for title, says := range map[string]string{"{foo}": "{foo}", "a {": "a brace"} {
		o := c.sandbox("update", "--title", title)
		if o.code != command.ExitUsage || !strings.Contains(o.err, says) || !strings.Contains(o.err, "{{ and }}") {
			t.Errorf("%q ended with %d: %s", title, o.code, o.err)
		}
	}
	o := c.sandbox("update", "--title", "{foo}")
	for _, name := range []string{"{date}", "{time}", "{weekday}", "{episode}", "{category}", "{scene}"} {
		if !strings.Contains(o.err, name) {
			t.Errorf("%s is not named: %s", name, o.err)
		}
	}
}

func TestAnEpisodeIsABroadcast(t *testing.T) {
	c := signedIn(t)
	title := func() any {
		c.t.Helper()
		return c.must("status", "--json").object(t)["broadcast"].(map[string]any)["title"]
	}
	broadcast := func() {
		c.t.Helper()
		c.must("start", "--anyway")
		c.must("update", "--title", "{episode}화")
		c.must("update", "--title", "{회차}화", "--hashtags", "시참")
	}
	c.must("setup")
	c.must("update", "--title", "{episode}화")
	for _, want := range []string{"1화", "2화"} {
		broadcast()
		if got := title(); got != want {
			t.Errorf("on air it is %q, want %q", got, want)
		}
		c.must("stop")
		c.must("update", "--viewers", "9")
	}
	c.must("update", "--title", "{episode}화", "--episode", "41")
	if got := title(); got != "41화" {
		t.Errorf("set to 41 it is %q", got)
	}
	broadcast()
	if got := title(); got != "41화" {
		t.Errorf("prepared as 41 it is %q", got)
	}
	c.must("stop")
	c.must("history", "use", c.entries()[0]["id"].(string))
	if got := title(); got != "42화" {
		t.Errorf("the next one is %q", got)
	}
}

func TestAScenesNameIsAskedOfOBS(t *testing.T) {
	c := signedIn(t)
	scene := c.must("update", "--title", "[{scene}] 방송", "--preview", "--json").object(t)["title"].(string)
	if !strings.HasSuffix(scene, "] 방송") || scene == "[] 방송" || strings.Contains(scene, "{") {
		t.Errorf("the preview is %q", scene)
	}
	if o := c.with("", "--sandbox", "--obs", "127.0.0.1:1", "update", "--title", "{scene}"); o.code != command.ExitOBS {
		t.Errorf("without OBS it ended with %d: %s", o.code, o.err)
	}
}
