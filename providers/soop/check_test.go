package soop

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"cuelight/internal/secret"
	"cuelight/providers"
)

func ptr[T any](v T) *T { return &v }

// reasons lists "reason:limit" of every joined error.
func reasons(err error) []string {
	var found []string
	switch e := err.(type) {
	case *providers.Error:
		found = append(found, e.Reason)
		if e.Limit == 0 != slices.Contains([]string{"hashtags.characters", "category.unknown", "language.empty", "language.unsupported", "cover.unsupported", "activity.unsupported"}, e.Reason) {
			found = append(found, "limit of "+e.Reason)
		}
		if !errors.Is(e.Kind, providers.ErrUsage) || !strings.HasPrefix(e.Reason, e.Field+".") {
			found = append(found, "kind or field of "+e.Reason)
		}
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			found = append(found, reasons(one)...)
		}
	}
	slices.Sort(found)
	return found
}

func TestCheck(t *testing.T) {
	decomposed := norm.NFD.String(strings.Repeat("한", 75))
	cases := map[string]struct {
		patch providers.Patch
		want  []string
	}{
		"nothing":                       {providers.Patch{}, nil},
		"title of 75":                   {providers.Patch{Title: ptr(strings.Repeat("가", 75))}, nil},
		"title of 75, letter by letter": {providers.Patch{Title: &decomposed}, nil},
		"title of 76":                   {providers.Patch{Title: ptr(strings.Repeat("a", 76))}, []string{"title.too_long"}},
		"title of spaces":               {providers.Patch{Title: ptr("  ")}, []string{"title.empty"}},
		"five hashtags":                 {providers.Patch{Hashtags: &[]string{"게임", "#lol", "2026", "ㅋㅋ", "한"}}, nil},
		"six hashtags":                  {providers.Patch{Hashtags: &[]string{"a", "b", "c", "d", "e", "f"}}, []string{"hashtags.too_many"}},
		"six, one twice":                {providers.Patch{Hashtags: &[]string{"a", "b", "c", "d", "e", "#A"}}, nil},
		"special characters":            {providers.Patch{Hashtags: &[]string{"a_b"}}, []string{"hashtags.characters"}},
		"a space inside":                {providers.Patch{Hashtags: &[]string{"a b"}}, []string{"hashtags.characters"}},
		"an emoji":                      {providers.Patch{Hashtags: &[]string{"게임🎮"}}, []string{"hashtags.characters"}},
		"no hashtags":                   {providers.Patch{Hashtags: &[]string{}}, nil},
		"ending of 40":                  {providers.Patch{EndingMessage: ptr(strings.Repeat("끝", 40))}, nil},
		"ending of 41":                  {providers.Patch{EndingMessage: ptr(strings.Repeat("끝", 41))}, []string{"ending.too_long"}},
		"no ending":                     {providers.Patch{EndingMessage: ptr("")}, nil},
		"viewers":                       {providers.Patch{ViewerLimit: ptr(0)}, []string{"viewers.too_small"}},
		"many viewers":                  {providers.Patch{ViewerLimit: ptr(500000)}, nil},
		"standby of 1 and 10":           {providers.Patch{StandbyMinutes: ptr(10)}, nil},
		"standby of 0":                  {providers.Patch{StandbyMinutes: ptr(0)}, []string{"standby.too_short"}},
		"standby of 11":                 {providers.Patch{StandbyMinutes: ptr(11)}, []string{"standby.too_long"}},
		"watermark":                     {providers.Patch{Watermark: ptr(6)}, nil},
		"watermark of 0":                {providers.Patch{Watermark: ptr(0)}, []string{"watermark.unknown"}},
		"watermark of 7":                {providers.Patch{Watermark: ptr(7)}, []string{"watermark.unknown"}},
		"grade":                         {providers.Patch{AgeGrade: ptr(19)}, nil},
		"grade of 15":                   {providers.Patch{AgeGrade: ptr(15)}, []string{"grade.unknown"}},
		"password":                      {providers.Patch{Password: ptr(secret.New("pass12"))}, nil},
		"password off":                  {providers.Patch{Password: &secret.Text{}}, nil},
		"password too short":            {providers.Patch{Password: ptr(secret.New("pas12"))}, []string{"password.weak"}},
		"password of letters":           {providers.Patch{Password: ptr(secret.New("password"))}, []string{"password.weak"}},
		"password of digits":            {providers.Patch{Password: ptr(secret.New("123456"))}, []string{"password.weak"}},
		"password with a sign":          {providers.Patch{Password: ptr(secret.New("pass-12"))}, []string{"password.characters"}},
		"category":                      {providers.Patch{Category: ptr("00040066")}, nil},
		"category by name":              {providers.Patch{Category: ptr("게임")}, []string{"category.unknown"}},
		"no category":                   {providers.Patch{Category: ptr("00000000")}, []string{"category.unknown"}},
		"language":                      {providers.Patch{Language: ptr("ko_KR")}, nil},
		"no language":                   {providers.Patch{Language: ptr("")}, []string{"language.empty"}},
		"another platform's":            {providers.Patch{CoverURL: ptr("x"), Activity: ptr(1)}, []string{"activity.unsupported", "cover.unsupported"}},
		"everything wrong is said at once": {
			providers.Patch{Title: ptr(""), Watermark: ptr(9), Hashtags: &[]string{"!", "a", "b", "c", "d", "e"}},
			[]string{"hashtags.characters", "hashtags.too_many", "title.empty", "watermark.unknown"},
		},
	}
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	for name, tc := range cases {
		if got := reasons(s.Check(tc.patch)); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %v, want %v", name, got, tc.want)
		}
	}
	old, _ := open(t, srv, dialectAfreecaTV)
	if got := reasons(old.Check(providers.Patch{Language: ptr("ko_KR")})); !slices.Equal(got, []string{"language.unsupported"}) {
		t.Errorf("AfreecaTV: got %v", got)
	}
}

func TestWhatIsWrongIsNotSent(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	if err := s.Update(ctx, providers.Patch{Title: ptr("")}); !errors.Is(err, providers.ErrUsage) {
		t.Errorf("got %v", err)
	}
	if err := s.Update(ctx, providers.Patch{}); err != nil {
		t.Errorf("nothing to send: %v", err)
	}
	if len(srv.seen) != 0 {
		t.Errorf("asked %+v", srv.seen)
	}
}

func TestUpdateSendsEveryFieldInThePlatformsTerms(t *testing.T) {
	patch := providers.Patch{
		Title: ptr(norm.NFD.String(" 제목 ")), Category: ptr("00040066"), Language: ptr("ko_KR"), ViewerLimit: ptr(300),
		Password: ptr(secret.New("pass12")), Hidden: ptr(true), AgeGrade: ptr(19), Hashtags: &[]string{"#게임", "배그", "게임"},
		EndingMessage: ptr(""), Standby: ptr(true), StandbyMinutes: ptr(7), Watermark: ptr(4),
		RefuseExploration: ptr(true), PaidPromotion: ptr(false),
	}
	want := map[string]string{
		"access_token": testToken, "title": "제목", "category": "40066", "language": "ko_KR", "allowed_view_cnt": "300",
		"broad_pwd_chk": "1", "broad_pwd": "pass12", "broad_hidden": "1", "broad_grade": "19", "hashtags": "게임,배그",
		"broad_ending_msg": "", "is_wait": "1", "waiting_time": "7", "water_mark": "4", "broad_tune_out": "1", "paid_promotion": "0",
	}
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		srv.on("broad/info/update", says(200, `{"result":1}`))
		p := patch
		if dialect == dialectAfreecaTV {
			p.Language = nil
		}
		if err := s.Update(ctx, p); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for name, values := range srv.asked("broad/info/update")[0].form {
			got[name] = strings.Join(values, "|")
		}
		expected := map[string]string{}
		for name, value := range want {
			if name != "language" || dialect == dialectSOOP {
				expected[name] = value
			}
		}
		if !reflect.DeepEqual(got, expected) {
			t.Errorf("got  %v\nwant %v", got, expected)
		}
	})
}

func TestPasswordOffSendsNoPassword(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("broad/info/update", says(200, `{"result":1}`))
	if err := s.Update(ctx, providers.Patch{Password: &secret.Text{}}); err != nil {
		t.Fatal(err)
	}
	if f := srv.asked("broad/info/update")[0].form; f.Get("broad_pwd_chk") != "0" || f.Has("broad_pwd") || len(f) != 2 {
		t.Errorf("form %v", f)
	}
}

func TestLimitsNameWhatTheDialectHas(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	old, _ := open(t, srv, dialectAfreecaTV)
	limits := s.Limits()
	if limits[providers.FieldTitle].Max != 75 || limits[providers.FieldHashtags].Max != 5 || limits[providers.FieldEndingMessage].Max != 40 ||
		!reflect.DeepEqual(limits[providers.FieldStandby], providers.Limit{Min: 1, Max: 10}) {
		t.Errorf("limits %+v", limits)
	}
	if _, has := limits[providers.FieldLanguage]; !has || len(limits) != 13 {
		t.Errorf("SOOP: %d fields", len(limits))
	}
	if _, has := old.Limits()[providers.FieldLanguage]; has {
		t.Error("AfreecaTV has no language")
	}
}

func TestParseHashtags(t *testing.T) {
	cases := map[string][]string{
		"":                            {},
		" , # ,":                      {},
		"게임, 배틀그라운드, 배그":              {"게임", "배틀그라운드", "배그"},
		"#lol #LOL lol":               {"lol"},
		"##a,b  c\td\ne":              {"a", "b", "c", "d", "e"},
		norm.NFD.String("한글") + ",한글": {"한글"},
		"＃전각，쉼표、둘":                    {"전각", "쉼표", "둘"},
	}
	for typed, want := range cases {
		if got := providers.ParseHashtags(typed); !slices.Equal(got, want) {
			t.Errorf("%q: got %q", typed, got)
		}
	}
}

func TestNormalizeCategory(t *testing.T) {
	for typed, want := range map[string]string{
		"40066": "00040066", "00040066": "00040066", " 00130000 ": "00130000", "000000040066": "00040066",
		"0": "", "00000000": "", "": "", "-1": "", "4e4": "", "100000000": "", "게임": "",
	} {
		if got, ok := NormalizeCategory(typed); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v", typed, got, ok)
		}
	}
	if got := shortCategory("00040066"); got != "40066" {
		t.Errorf("short %q", got)
	}
}

func TestParseVOD(t *testing.T) {
	for typed, want := range map[string]string{
		"https://vod.sooplive.co.kr/player/71021072":                "https://vod.sooplive.co.kr/player/71021072",
		"https://vod.sooplive.co.kr/ST/71021072":                    "https://vod.sooplive.co.kr/ST/71021072",
		"https://vod.afreecatv.com/player/71021072":                 "https://vod.afreecatv.com/player/71021072",
		"https://vod.afreecatv.com/ST/71021072":                     "https://vod.afreecatv.com/ST/71021072",
		"https://v.afree.ca/ST/71021072":                            "https://v.afree.ca/ST/71021072",
		" http://VOD.sooplive.co.kr/PLAYER/71021072/embed?a=b#t=1 ": "https://vod.sooplive.co.kr/player/71021072",
		"\ufeffhttps://vod.sooplive.com/player/1\u200b":             "https://vod.sooplive.com/player/1",
		"//vod.sooplive.com/st/1":                                   "https://vod.sooplive.com/ST/1",
		"vod.sooplive.co.kr/player/1":                               "https://vod.sooplive.co.kr/player/1",
		"https://play.sooplive.co.kr/afid/1":                        "",
		"https://vod.sooplive.co.kr.evil.kr/player/1":               "",
		"https://vod.sooplive.co.kr@evil.kr/player/1":               "",
		"https://user@vod.sooplive.co.kr/player/1":                  "",
		"https://vod.sooplive.co.kr:444/player/1":                   "",
		"javascript://vod.sooplive.co.kr/player/1":                  "",
		"https://vod.sooplive.co.kr/player/abc":                     "",
		"71021072":                                                  "", "": "",
	} {
		got, err := ParseVOD(typed)
		if got.URL != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %+v, %v", typed, got, err)
		}
	}
}
