package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuelight/app/command"
)

// presetNames are those of `preset list --json`, in order.
func (c *terminal) presetNames() []string {
	c.t.Helper()
	names := []string{}
	for _, p := range c.must("preset", "list", "--json").object(c.t)["presets"].([]any) {
		names = append(names, p.(map[string]any)["name"].(string))
	}
	return names
}

func (c *terminal) title() any {
	c.t.Helper()
	return c.must("status", "--json").object(c.t)["broadcast"].(map[string]any)["title"]
}

func TestPresetsFromTheTerminal(t *testing.T) {
	c := signedIn(t)
	if got := c.presetNames(); len(got) != 0 {
		t.Errorf("at first %q", got)
	}
	c.must("update", "--title", "처음 제목", "--hashtags", "처음")
	saved := c.must("preset", "save", "배그 솔로", "--title", "한 판 더", "--category", "스타크래프트", "--json").object(t)
	p := saved["saved"].(map[string]any)
	if saved["added"] != true || p["platform"] != "soop" || p["title"] != "한 판 더" || p["category"].(map[string]any)["name"] != "스타크래프트" || p["hashtags"] != nil {
		t.Errorf("saved %v", saved)
	}
	if c.title() != "처음 제목" {
		t.Error("saving has sent something")
	}
	c.must("preset", "배그 솔로")
	status := c.must("status", "--json").object(t)["broadcast"].(map[string]any)
	if status["title"] != "한 판 더" || status["category"].(map[string]any)["number"] != "00040001" || len(status["hashtags"].([]any)) != 1 {
		t.Errorf("applied: %v", status)
	}
	c.must("preset", "save", "list", "--title", "목록")
	if o := c.must("preset", "list", "--json"); len(o.object(t)["presets"].([]any)) != 2 {
		t.Errorf("list said %s", o.out)
	}
	c.must("preset", "apply", "list")
	if c.title() != "목록" {
		t.Errorf("a preset called list: %v", c.title())
	}
	c.must("preset", "rename", "list", "소통")
	c.must("preset", "move", "소통", "1")
	if got := c.presetNames(); got[0] != "소통" || got[1] != "배그 솔로" {
		t.Errorf("in order %q", got)
	}
	if shown := c.must("preset", "show", "소통", "--json").object(t); shown["title"] != "목록" || shown["name"] != "소통" {
		t.Errorf("shown %v", shown)
	}
	file := filepath.Join(t.TempDir(), "out.json")
	c.must("preset", "export", file)
	c.must("preset", "remove", "소통")
	if got := c.must("preset", "import", file, "--json").object(t)["imported"].([]any); len(got) != 1 || got[0] != "소통" {
		t.Errorf("imported %v", got)
	}
}

func TestTheCurrentSettingsBecomeAPreset(t *testing.T) {
	c := signedIn(t)
	c.must("update", "--title", "지금 {{제목}} {date}", "--hashtags", "게임, 소통", "--category", "스타크래프트", "--grade", "19")
	if o := c.with("secret123\n", "--sandbox", "update", "--password-stdin"); o.code != 0 {
		t.Fatal(o.err)
	}
	now := c.title()
	o := c.must("preset", "save", "지금", "--json")
	saved := o.object(t)["saved"].(map[string]any)
	if saved["category"].(map[string]any)["number"] != "00040001" || saved["grade"] != 19.0 || len(saved["hashtags"].([]any)) != 2 {
		t.Errorf("saved %v", saved)
	}
	if left := o.object(t)["left_out"].([]any); len(left) != 1 || left[0] != "password" || !strings.Contains(o.err, "password") {
		t.Errorf("the password was left out: %v, said %q", left, o.err)
	}
	c.must("update", "--title", "anders", "--hashtags", "", "--grade", "0")
	c.must("preset", "지금")
	if c.title() != now {
		t.Errorf("brought back %v, want %v", c.title(), now)
	}
	found, err := filepath.Glob(filepath.Join(c.dir, "*", "presets.json"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if data, err := os.ReadFile(found[0]); err != nil || strings.Contains(string(data), "secret123") {
		t.Errorf("the file: %v %s", err, data)
	}
}

func TestAPresetsTitleIsATemplate(t *testing.T) {
	c := signedIn(t)
	c.must("preset", "save", "시즌", "--title", "{{시즌}} {회차}화 {카테고리}", "--category", "스타크래프트")
	if got := c.must("preset", "show", "시즌", "--json").object(t)["title"]; got != "{{시즌}} {episode}화 {category}" {
		t.Errorf("kept as %v", got)
	}
	c.must("preset", "시즌")
	if c.title() != "{시즌} 1화 스타크래프트" {
		t.Errorf("sent %v", c.title())
	}
	c.must("preset", "apply", "시즌", "--episode", "13")
	if c.title() != "{시즌} 13화 스타크래프트" {
		t.Errorf("from 13: %v", c.title())
	}
	long := strings.Repeat("가", 60) + "{episode}{episode}{episode}" // 87 as it is written, 63 as it is sent
	c.must("preset", "save", "긴", "--title", long)
	for _, title := range []string{strings.Repeat("가", 75) + "{episode}", "{모름}", "{"} {
		if o := c.sandbox("preset", "save", "x", "--title", title); o.code != command.ExitUsage {
			t.Errorf("%q: %d", title, o.code)
		}
	}
}

func TestWhatAPresetCannotBeIsAUsageError(t *testing.T) {
	c := signedIn(t)
	c.must("preset", "save", "a", "--title", "a")
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte(`{"presets":[{"name":"b","platform":"soop","title":"b"},{"name":`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"preset", "없음"},
		{"preset", "apply", "없음"},
		{"preset", "save", "b", "--title", strings.Repeat("가", 76)},
		{"preset", "save", "b", "--hashtags", "1,2,3,4,5,6"},
		{"preset", "save", "b", "--category", "없는 카테고리"},
		{"preset", "save", "", "--title", "b"},
		{"preset", "rename", "a", "\u200b"},
		{"preset", "import", broken},
		{"preset", "import", broken + ".none"},
		{"preset", "remove", "없음"},
		{"rule", "add", "--scene", "x", "--preset", "없음"},
		{"rule", "add", "--preset", "a"},
		{"rule", "add", "--scene", "x", "--collection", "y", "--preset", "a"},
		{"rule", "remove", "1"},
		{"rule", "on", "1"},
		{"rule", "quiet", "1s"},
	} {
		o := c.sandbox(append(args, "--json")...)
		if o.code != command.ExitUsage || o.object(t)["error"] == nil {
			t.Errorf("%q: %d %s", args, o.code, o.err)
		}
	}
	if got := c.presetNames(); len(got) != 1 {
		t.Errorf("left are %q", got)
	}
}

func TestARefusedImportNamesThePreset(t *testing.T) {
	c := signedIn(t)
	file := filepath.Join(t.TempDir(), "long.json")
	long := `{"presets":[{"name":"b","platform":"soop","title":"b"},{"name":"긴 것","platform":"soop","title":"` + strings.Repeat("가", 76) + `"}]}`
	if err := os.WriteFile(file, []byte(long), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"preset", "import", file}, {"preset", "import", file, "--json"}} {
		if o := c.sandbox(args...); o.code != command.ExitUsage || !strings.Contains(o.err+o.out, "긴 것") || len(c.presetNames()) != 0 {
			t.Errorf("%q: %d %s%s", args, o.code, o.err, o.out)
		}
	}
}

func TestACategoryThatIsGoneIsSaidInTheTerminal(t *testing.T) {
	c := signedIn(t)
	file := filepath.Join(t.TempDir(), "old.json")
	old := `{"presets":[{"name":"옛것","platform":"soop","title":"옛 제목","category":{"number":"99999999","name":"사라진 게임"}}]}`
	if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	c.must("preset", "import", file)
	o := c.must("preset", "옛것", "--json")
	if left := o.object(t)["left_out"].([]any); len(left) != 1 || left[0] != "category" || !strings.Contains(o.err, "사라진 게임") {
		t.Errorf("left out %v, said %q", left, o.err)
	}
	if c.title() != "옛 제목" {
		t.Errorf("the rest: %v", c.title())
	}
}

func TestABrokenFileOfPresetsIsSaid(t *testing.T) {
	c := signedIn(t)
	c.must("preset", "save", "a", "--title", "a")
	found, err := filepath.Glob(filepath.Join(c.dir, "*", "presets.json"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if err := os.WriteFile(found[0], []byte(`{"presets":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if o := c.must("preset", "list"); !strings.Contains(o.err, "presets.json.broken-") {
		t.Errorf("said %q", o.err)
	}
}

func TestRulesFromTheTerminal(t *testing.T) {
	c := signedIn(t)
	c.must("preset", "save", "배그", "--title", "게임 방송")
	set := c.must("rule", "list", "--json").object(t)
	if set["on"] != false || set["quiet_seconds"] != 60.0 || len(set["rules"].([]any)) != 0 {
		t.Errorf("at first %v", set)
	}
	added := c.must("rule", "add", "--scene", "게임", "--preset", "배그", "--json")
	if o := added.object(t); o["id"] != "1" || o["scene"] != "게임" || o["preset"] != "배그" || !strings.Contains(added.err, "rule on 1") {
		t.Errorf("added %v, said %q", o, added.err)
	}
	c.must("rule", "on", "1")
	c.must("rule", "quiet", "10s")
	c.must("preset", "rename", "배그", "배그 솔로")
	set = c.must("rule", "list", "--json").object(t)
	if rule := set["rules"].([]any)[0].(map[string]any); set["on"] != true || set["quiet_seconds"] != 10.0 || rule["preset"] != "배그 솔로" || rule["on"] != true {
		t.Errorf("then %v", set)
	}
	c.must("rule", "off", "1")
	c.must("rule", "off")
	c.must("rule", "remove", "1")
	if set = c.must("rule", "list", "--json").object(t); set["on"] != false || len(set["rules"].([]any)) != 0 {
		t.Errorf("at last %v", set)
	}
}
