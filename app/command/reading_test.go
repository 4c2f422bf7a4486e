package command_test

import (
	"strings"
	"testing"

	"cuelight/app/command"
	"cuelight/providers"
	"cuelight/providers/kollus"
	"cuelight/providers/soop"
	"cuelight/providers/tencent"
)

func listOf(t *testing.T, o outcome, member string) []any {
	t.Helper()
	list, ok := o.object(t)[member].([]any)
	if !ok {
		t.Fatalf("no %s in %s", member, o.out)
	}
	return list
}

func TestLiveGivesPagesAndAllOfThemJoined(t *testing.T) {
	c := signedIn(t)
	page := c.must("live", "--json")
	first := listOf(t, page, "broadcasts")
	total := int(page.object(t)["total"].(float64))
	if len(first) == 0 || total <= len(first) {
		t.Fatalf("%d of %d on the first page", len(first), total)
	}
	one := first[0].(map[string]any)
	for _, member := range []string{"id", "user_id", "nick", "title", "category", "viewers", "watch_url", "embed_url"} {
		if value, ok := one[member]; !ok || value == "" {
			t.Errorf("no %s in %v", member, one)
		}
	}
	second := listOf(t, c.must("live", "--json", "--page", "2"), "broadcasts")
	if len(second) == 0 || second[0].(map[string]any)["id"] == one["id"] {
		t.Error("the second page is the first")
	}
	all := listOf(t, c.must("live", "--json", "--all"), "broadcasts")
	seen := map[any]bool{}
	for _, b := range all {
		id := b.(map[string]any)["id"]
		if seen[id] {
			t.Errorf("%v twice", id)
		}
		seen[id] = true
	}
	if len(all) != total {
		t.Errorf("all are %d of %d", len(all), total)
	}
	most := all[0].(map[string]any)["viewers"].(float64)
	for _, b := range all[1:] {
		if now := b.(map[string]any)["viewers"].(float64); now > most {
			t.Fatalf("%v viewers after %v", now, most)
		}
	}
	for _, args := range [][]string{{"--page", "0"}, {"--page", "1", "--all"}, {"--order", "odd"}, {"--category", "1", "--language", "ko"}} {
		if o := c.sandbox(append([]string{"live"}, args...)...); o.code != command.ExitUsage {
			t.Errorf("%v ended with %d", args, o.code)
		}
	}
}

func TestFiltersAreAddedListedAndRemoved(t *testing.T) {
	c := signedIn(t)
	for _, x := range [][2]string{{"keyword", "도박"}, {"streamer", "baekhogu"}, {"category", "스타크래프트"}} {
		added := c.must("filter", "add", x[0], x[1], "--reason", "이유", "--json").object(t)
		value, _ := added["value"].(string)
		if value == "" || added["reason"] != "이유" {
			t.Errorf("%v: added %v", x, added)
		}
		found := false
		for _, f := range listOf(t, c.must("filter", "list", x[0], "--json"), "filters") {
			entry := f.(map[string]any)
			found = found || entry["value"] == value && entry["reason"] == "이유" && entry["removable"] == true
		}
		if !found {
			t.Errorf("%v is not in the list", x)
		}
		c.must("filter", "remove", x[0], x[1])
		for _, f := range listOf(t, c.must("filter", "list", x[0], "--json"), "filters") {
			if f.(map[string]any)["value"] == value {
				t.Errorf("%v is still in the list", x)
			}
		}
	}
	if o := c.sandbox("filter", "add", "keyword", "x"); o.code != command.ExitUsage {
		t.Errorf("without a reason ended with %d", o.code)
	}
	if o := c.sandbox("filter", "list", "nonsense"); o.code != command.ExitUsage {
		t.Errorf("of no kind ended with %d", o.code)
	}
}

func TestOverlaysAreTheirAddressOrASourceInOBS(t *testing.T) {
	c := signedIn(t)
	seen := map[string]bool{}
	for _, kind := range []string{"chat", "notice", "goal"} {
		address := c.must("overlay", kind, "--json").object(t)["url"].(string)
		if !strings.HasPrefix(address, "http") || seen[address] {
			t.Errorf("%s is at %s", kind, address)
		}
		seen[address] = true
	}
	added := c.must("overlay", "chat", "--add", "--json").object(t)
	if added["added"] != true || added["source"] == "" {
		t.Errorf("added %v", added)
	}
	again := c.must("overlay", "chat", "--add", "--scene", "Break", "--json").object(t)
	if again["source"] != added["source"] {
		t.Errorf("the second time %v", again)
	}
	c.must("overlay", "chat", "--add", "--scene", "\u200bBreak", "--json")
	if o := c.sandbox("overlay", "chat", "--scene", "Break"); o.code != command.ExitUsage {
		t.Errorf("a scene without --add ended with %d", o.code)
	}
	if o := c.sandbox("overlay", "chat", "--add", "--scene", "none"); o.code != command.ExitOBS {
		t.Errorf("a scene that is not there ended with %d", o.code)
	}
}

func TestAVideoBecomesHTMLAndAStationItsFacts(t *testing.T) {
	c := signedIn(t)
	embed := c.must("vod", "https://vod.sooplive.co.kr/player/12345678", "--json").object(t)
	if html, _ := embed["html"].(string); !strings.Contains(html, "<iframe") {
		t.Errorf("got %v", embed)
	}
	if o := c.sandbox("vod", "nonsense"); o.code != command.ExitUsage {
		t.Errorf("an address that is none ended with %d", o.code)
	}
	station := c.must("station", "--json").object(t)
	if station["nick"] != "자러가자" || station["name"] == "" {
		t.Errorf("got %v", station)
	}
}

// every is a terminal that knows every platform.
func (c *terminal) every(stdin string, args ...string) outcome {
	c.t.Helper()
	var out, errs strings.Builder
	_, code := command.Main(c.t.Context(), command.Program{
		Registry: providers.Registry{soop.New(), kollus.New(), tencent.New()}, Keyring: c.ring,
		Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs,
	}, append([]string{"--config", c.dir, "--sandbox"}, args...))
	return outcome{code, out.String(), errs.String()}
}

func TestRoomsAreListedAndStatisticsOnlyWhereThereAreSome(t *testing.T) {
	c := newTerminal(t)
	rooms := c.every("", "--account", "practice-tencent", "--json", "rooms", "--all")
	if rooms.code != 0 {
		t.Fatalf("ended with %d: %s", rooms.code, rooms.err)
	}
	list := listOf(t, rooms, "rooms")
	if len(list) == 0 {
		t.Fatal("no rooms")
	}
	room := list[0].(map[string]any)
	if room["id"] == "" || room["name"] == "" || room["owner"] == "" {
		t.Errorf("a room is %v", room)
	}
	if o := c.every("", "--account", "practice-tencent", "stats", "--room", room["id"].(string)); o.code != command.ExitUsage {
		t.Errorf("numbers that the platform does not have ended with %d: %s", o.code, o.err)
	}
	if o := c.every("", "--account", "practice-kollus", "stats", "--channel", "x"); o.code != command.ExitSignIn {
		t.Errorf("not signed in ended with %d: %s", o.code, o.err)
	}
	if o := c.every("", "--account", "practice-tencent", "stats", "--room", "x", "--channel", "y"); o.code != command.ExitUsage {
		t.Errorf("a room and a channel ended with %d", o.code)
	}
	if o := c.every("", "stats", "--channel", "x"); o.code != command.ExitUsage {
		t.Errorf("a platform without channels ended with %d", o.code)
	}
}

func TestChannelsAreListedByNameAndPage(t *testing.T) {
	c := newTerminal(t)
	if o := c.every("", "--account", "practice-kollus", "channels"); o.code != command.ExitSignIn {
		t.Errorf("not signed in ended with %d: %s", o.code, o.err)
	}
	if o := c.every("", "--account", "practice-kollus", "channels", "--page", "0"); o.code != command.ExitUsage {
		t.Errorf("page 0 ended with %d: %s", o.code, o.err)
	}
	if o := c.every("", "channels"); o.code != command.ExitUsage {
		t.Errorf("a platform without channels ended with %d", o.code)
	}
}
