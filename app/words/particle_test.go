package words

import (
	"regexp"
	"strings"
	"testing"
)

func TestParticlesFollowTheFinalConsonant(t *testing.T) {
	for _, c := range []struct{ value, particle, want string }{
		{"제목", "을", "제목을"},
		{"카테고리", "을", "카테고리를"},
		{"카테고리", "를", "카테고리를"},
		{"해시태그", "은", "해시태그는"},
		{"비밀번호", "이", "비밀번호가"},
		{"장면", "와", "장면과"},
		{"서울", "으로", "서울로"},
		{"화면", "로", "화면으로"},
		{"주소", "으로", "주소로"},
		{"ID", "을", "ID를"},
		{"클라이언트 ID", "은", "클라이언트 ID는"},
		{"Redirect URI", "을", "Redirect URI를"},
		{"URL", "을", "URL을"},
		{"HTML", "으로", "HTML로"},
		{"JSON", "으로", "JSON으로"},
		{"VOD", "이", "VOD가"},
		{"SOOP", "이", "SOOP이"},
		{"ON AIR", "이", "ON AIR가"},
		{"OBS", "이", "OBS가"},
		{"AfreecaTV", "을", "AfreecaTV를"},
		{"Kollus Live", "은", "Kollus Live는"},
		{"Tencent", "이", "Tencent가"},
		{"YouTube", "으로", "YouTube로"},
		{"Twitch", "을", "Twitch를"},
		{"Chrome", "을", "Chrome을"},
		{"Google", "으로", "Google로"},
		{"Personal Access Token", "을", "Personal Access Token을"},
		{"Chat", "을", "Chat을"},
		{"Facebook", "은", "Facebook은"},
		{"Slack", "이", "Slack이"},
		{"Cuelight", "은", "Cuelight는"},
		{"Streaming", "을", "Streaming을"},
		{"server", "을", "server를"},
		{"10", "으로", "10으로"},
		{"1", "으로", "1로"},
		{"2", "은", "2는"},
		{"3", "을", "3을"},
		{"7", "이", "7이"},
		{"100", "을", "100을"},
		{"50%", "을", "50%를"},
		{"ㄹ", "으로", "ㄹ로"},
		{"“오늘의 방송”", "을", "“오늘의 방송”을"},
		{"“게임”", "을", "“게임”을"},
		{"안녕!!!", "을", "안녕!!!을"},
		{"본방 ♥", "을", "본방 ♥을"},
		{"계정(soop1234)", "을", "계정(soop1234)을"},
		{"아이디 [a(b)]", "을", "아이디 [a(b)]를"},
		{"(제목)", "을", "(제목)을"},
		{"ㅋㅋ", "을", "ㅋㅋ을"},
		{"ラーメン", "을", "ラーメン을"},
		{"さくら", "을", "さくら를"},
		{"日本", "을", "日本를"},
		{"ＩＤ", "을", "ＩＤ를"},
		{"제목", "을", "제목을"}, // full width, and the syllables in parts
		{"", "을", "를"},
		{"…", "을", "…를"},
		{"제목", "에서", "제목에서"},
	} {
		if got := withParticle(c.value, c.particle); got != c.want {
			t.Errorf("%q and %s: %q, want %q", c.value, c.particle, got, c.want)
		}
	}
}

// typicalValues are what the places of sentences are filled with.
var typicalValues = []string{"ID", "제목", "카테고리", "서울", "SOOP", "Kollus Live", "rtmp://127.0.0.1:1935/app", "30s", "10", "본계정", "오늘도 달린다!"}

var (
	// boundParticle is a particle written right after a value.
	boundParticle = regexp.MustCompile(`}}[”’"'\]]*(을|를|은|는|이|가|과|와|으로|로|이나|나|이라|라)([ .,:;!?…)]|$)`)
	// particleAfterLatin is a word that ends in letters, digits or what closes it, and
	// the particle after it.
	particleAfterLatin = regexp.MustCompile(`([A-Za-z0-9%]+[”’"')\]]*)(을|를|은|는|이|가|과|와|으로|로)(?:[ .,:;!?…)]|$)`)
	// particleAfterHangul are those that hardly a Korean word ends in.
	particleAfterHangul = regexp.MustCompile(`([가-힣])[”’"']*(를|와|으로)(?:[ .,:;!?…)]|$)`)
)

func TestParticlesAreRightInEverySentence(t *testing.T) {
	w := New("ko")
	checked := 0
	for key, m := range messages(t, "ko") {
		for form, text := range m.forms {
			if found := boundParticle.FindString(text); found != "" {
				t.Errorf("%s (%s) has a particle of one form after a value, %q: use with_particle", key, form, found)
			}
			if regexp.MustCompile(`\((을|를|은|는|이|가|과|와|으)\)|으?\(으\)로`).MatchString(text) {
				t.Errorf("%s (%s) has a particle in two forms: %q", key, form, text)
			}
		}
		for _, value := range typicalValues {
			args := Args{"N": 2}
			for _, field := range fieldsOf(m) {
				args[strings.TrimPrefix(field, ".")] = value
			}
			for _, number := range []string{"Month", "Day"} { // printed as numbers
				args[number] = 3
			}
			checked += wantParticles(t, key, w.Say(key, args))
		}
	}
	if checked < 1000 {
		t.Errorf("only %d particles seen: the test looks at the wrong places", checked)
	}
}

// wantParticles fails where a particle in a sentence is not the one that follows the
// word before it, and counts those it looked at.
func wantParticles(t *testing.T, key, sentence string) (checked int) {
	t.Helper()
	if strings.Contains(sentence, "<no value>") {
		t.Errorf("%s: %q", key, sentence)
	}
	for _, found := range particleAfterLatin.FindAllStringSubmatchIndex(sentence, -1) {
		checked++
		before, particle := sentence[:found[3]], sentence[found[4]:found[5]]
		if want := strings.TrimPrefix(withParticle(before, particle), before); want != particle {
			t.Errorf("%s: %q has %s after %q, want %s", key, sentence, particle, sentence[found[2]:found[3]], want)
		}
	}
	for _, found := range particleAfterHangul.FindAllStringSubmatch(sentence, -1) {
		checked++
		if want := strings.TrimPrefix(withParticle(found[1], found[2]), found[1]); want != found[2] {
			t.Errorf("%s: %q has %s after %q, want %s", key, sentence, found[2], found[1], want)
		}
	}
	return checked
}
