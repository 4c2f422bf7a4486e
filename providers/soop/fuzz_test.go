package soop

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
)

// documented are the documents' answers, as seeds.
func documented(f *testing.F) {
	f.Helper()
	for _, name := range []string{
		"auth_token.json", "broad_rtmp.json", "broad_info_update_refused.json", "broad_list.jsonp", "broad_list_misprinted.jsonp",
		"aqua_component_get.json", "filter_category.json", "broad_category_list.json", "oembed_embedinfo.json", "user_stationinfo.json",
	} {
		f.Add(example(f, dialectSOOP, name))
	}
	for _, odd := range []string{"", "null", "[]", "[{}]", "{", `{"result":"-1"}`, `{"error":{"code":1}}`, "<html>", `{"data":[[]],"broad":{"0":{}}}`, "\xff\xfe{}"} {
		f.Add(odd)
	}
}

func FuzzAnswer(f *testing.F) {
	documented(f)
	f.Fuzz(func(t *testing.T, body string) {
		token := secret.New("sent-token")
		for _, status := range []int{200, 400, 401, 403, 503} {
			x := response{withToken: true, Response: httpcall.Response{
				Op: "op", Status: status, Header: http.Header{}, Body: []byte(body), Secrets: []secret.Text{token}, Received: time.Now(),
			}}
			a, err := x.check()
			if err != nil {
				e, ok := errors.AsType[*providers.Error](err)
				if !ok || e.Kind == nil || strings.Contains(err.Error(), "sent-token") {
					t.Fatalf("status %d: %v", status, err)
				}
				continue
			}
			if status != 200 {
				t.Fatalf("status %d passed", status)
			}
			var result lenient.Number
			_ = result.UnmarshalJSON(a["result"])
			if result.Set && result.Value <= 0 {
				t.Fatalf("result %g passed", result.Value)
			}
			readEverything(a)
		}
	})
}

// readEverything puts an answer through every reader of a member.
func readEverything(a members) {
	d := dialects[dialectSOOP]
	for _, r := range listOf(a).Items {
		_ = d.liveEntry(r)
	}
	_ = pageOf(a)
	var tree lenient.List[categoryNode]
	_ = tree.UnmarshalJSON(a["broad_category"])
	all := categoryReader{seen: make(map[string]bool)}
	all.add(tree.Items, "", 0)
	var entries lenient.List[filterEntry]
	_ = entries.UnmarshalJSON(a["filter_list"])
	for _, e := range entries.Items {
		_ = e.filter("cate_no")
	}
	var data lenient.Record[rtmpData]
	_ = data.UnmarshalJSON(a["data"])
	_ = data.Value.Info.Value.broadcast(d)
	_ = data.Value.Data.Value.broadcast(d)
	var status lenient.Record[statusData]
	_ = status.UnmarshalJSON(a["data"])
	_ = parseTime(status.Value.Start)
}

func FuzzJSONP(f *testing.F) {
	for _, seed := range []string{`callback({"a":1});`, `cb( [1] ) ; `, `/**/a.b$c({})`, `{"a":"b(c)"}`, "f(", "f()", "f)(", "", "a" + strings.Repeat("b", 200) + "({})"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		inner := string(unwrapJSONP([]byte(body)))
		if !strings.Contains(body, inner) {
			t.Fatalf("%q is not inside %q", inner, body)
		}
		if json.Valid([]byte(body)) && inner != body {
			t.Fatalf("JSON was taken for JSONP: %q", body)
		}
		if json.Valid([]byte(inner)) {
			if again := string(unwrapJSONP([]byte("callback(" + inner + ");"))); again != strings.TrimSpace(inner) {
				t.Fatalf("%q wrapped and unwrapped is %q", inner, again)
			}
		}
	})
}

func FuzzHashtags(f *testing.F) {
	for _, seed := range []string{"", "게임, 배그", "#a #A", "##", "한글,한글", "a\u200db", "\xff", "İ i̇", "＃전각"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		tags := providers.ParseHashtags(typed)
		seen := map[string]bool{}
		for _, tag := range tags {
			if tag == "" || strings.HasPrefix(tag, "#") || strings.ContainsRune(tag, ',') || strings.IndexFunc(tag, unicode.IsSpace) >= 0 {
				t.Fatalf("tag %q of %q", tag, typed)
			}
			if !norm.NFC.IsNormalString(tag) || seen[strings.ToLower(tag)] {
				t.Fatalf("tag %q of %q is not normal, or there twice", tag, typed)
			}
			seen[strings.ToLower(tag)] = true
		}
		again := providers.ParseHashtags(strings.Join(tags, ","))
		if strings.Join(again, ",") != strings.Join(tags, ",") {
			t.Fatalf("%q read again is %q", tags, again)
		}
	})
}

func FuzzVOD(f *testing.F) {
	for _, seed := range []string{
		"https://vod.sooplive.co.kr/player/71021072", "v.afree.ca/ST/71021072?x=1#y", "//vod.afreecatv.com/player/1/embed",
		"https://vod.sooplive.co.kr@evil/player/1", "http://[::1]/player/1", "%zz", "vod.sooplive.co.kr/player/1%2f..", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := ParseVOD(typed)
		if err != nil {
			if !errors.Is(err, providers.ErrUsage) || got != (VOD{}) {
				t.Fatalf("%q: %+v, %v", typed, got, err)
			}
			return
		}
		u, err := url.Parse(got.URL)
		if err != nil || u.Scheme != "https" || !vodHosts[u.Host] || u.RawQuery != "" || !strings.HasSuffix(u.Path, "/"+got.Number) {
			t.Fatalf("%q: %+v", typed, got)
		}
		if again, err := ParseVOD(got.URL); err != nil || again != got {
			t.Fatalf("%q read again: %+v, %v", got.URL, again, err)
		}
	})
}

func FuzzClock(f *testing.F) {
	for _, seed := range []string{"2020-01-15 15:26:31", "2024-01-01 00:00", "0000-00-00 00:00:00", "1586326329", "2026-01-02T03:04:05+09:00", "내일", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if at := parseTime(lenient.Text(s)); !at.IsZero() && at.Location() != time.UTC {
			t.Fatalf("%q: %v", s, at)
		}
	})
}
