package kit

import (
	"os"
	"strings"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/app/vault"
	"cuelight/app/words"
	"cuelight/providers"
)

// textsOf are a window's texts for an account in use.
func textsOf(lang string, a state.AccountState) *Texts {
	return &Texts{words: words.New(lang), account: func() state.AccountState { return a }}
}

func TestErrorsNameThePlatform(t *testing.T) {
	soop := state.AccountState{Platform: "soop", PlatformName: "SOOP"}
	tencent := state.AccountState{Platform: "tencent", PlatformName: "Tencent live rooms"}
	refused := &providers.Error{Kind: providers.ErrRefused}
	for _, c := range []struct {
		lang    string
		account state.AccountState
		want    string
	}{
		{"ko", soop, "SOOP이 요청을 거부했습니다."},
		{"ko", tencent, "Tencent 라이브 룸이 요청을 거부했습니다."},
		{"ko", state.AccountState{}, "플랫폼이 요청을 거부했습니다."},
		{"en", soop, "SOOP refused."},
		{"en", state.AccountState{}, "The platform refused."},
	} {
		if got := textsOf(c.lang, c.account).Explain(refused).What; got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
	said := textsOf("ko", soop).Explain(&providers.Error{Kind: providers.ErrRefused, Message: "안 됩니다"}).Said
	if said != "SOOP의 안내: “안 됩니다”" {
		t.Errorf("its own words are introduced as %q", said)
	}
	check := state.Preflight{ID: state.PreCodec, Reason: "not_taken"}
	if got := textsOf("ko", soop).ExplainCheck(check).Why; got != "SOOP에서 H.264만 지원합니다." {
		t.Errorf("a check says %q", got)
	}
}

func TestPracticeAccountsAreNamedInTheUsersLanguage(t *testing.T) {
	for _, c := range []struct {
		lang    string
		sandbox bool
		name    string
		want    string
	}{
		{"ko", true, "practice", "연습용"},
		{"ko", true, "practice-kollus", "연습용 Kollus Live"},
		{"en", true, "practice", "Practice"},
		{"ko", true, "내 계정", "내 계정"},
		{"ko", false, "practice", "practice"}, // the user's own name for it
	} {
		if got := textsOf(c.lang, state.AccountState{}).AccountName(state.State{Sandbox: c.sandbox}, c.name); got != c.want {
			t.Errorf("%s: %q is called %q, want %q", c.lang, c.name, got, c.want)
		}
	}
}

func TestDaysAreWrittenAsPeopleWriteThem(t *testing.T) {
	at := time.Date(2026, 1, 3, 19, 5, 0, 0, time.Local)
	ko, en := textsOf("ko", state.AccountState{}), textsOf("en", state.AccountState{})
	for got, want := range map[string]string{
		ko.Day(at): "2026년 1월 3일", ko.Moment(at): "2026년 1월 3일 19:05", ko.MomentOfYear(at): "1월 3일 19:05",
		en.Day(at): "2026-01-03", en.MomentOfYear(at): "01-03 19:05",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAnUnusableKeyringIsExplainedInTheUsersLanguage(t *testing.T) {
	why := textsOf("ko", state.AccountState{}).Explain(&vault.MemoryOnlyError{Err: os.ErrPermission}).Why
	if !strings.Contains(why, "파일에 접근할 권한이 없습니다") || strings.Contains(why, os.ErrPermission.Error()) {
		t.Errorf("says %q", why)
	}
}
