package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// replaced is a word that the program does not use, because OBS, the platforms or
// the program's other sentences have another for the same thing.
type replaced struct {
	// word matches the word that is not to be used.
	word string
	// use is the one that is.
	use string
	// except are expressions that the word is right in.
	except []string
}

// koreanReplaced are kept out of everything that is said in Korean.
var koreanReplaced = []replaced{
	// OBS's own Korean.
	{"미리 보기", "미리보기", nil},
	{"새로 고침|다시 읽기", "새로고침", nil},
	{"(인코더|가벼운|빠른) 프리셋", "인코더 사전 설정", nil},
	{"(영상|음성) (비트레이트|인코더)", "비디오, 오디오", nil},
	{"드롭", "손실된 프레임", nil},
	{"고급 모드", "출력 방식 ‘고급’", nil},
	{"계정 연결 해제", "계정 연결 끊기", nil},
	{"송출 지연", "스트림 지연", nil},
	{"활성화", "WebSocket 서버 사용", []string{"사용자 인코더 설정 활성화"}},
	{"접속 정보|연결 정보", "서버 정보 표시", nil},
	{"OBS의? 방송 설정", "OBS 송출 설정", nil},
	{"보조 오디오", "마이크/Aux 오디오", nil},
	{"음소거를 풀", "음소거 해제", nil},
	{"트레이", "시스템 트레이", []string{"시스템 트레이", "비트레이트"}},
	{"프로그램 기록", "프로그램 로그", nil},
	{"연결하는 중|기다리는 중", "연결 중, 연결 대기 중", nil},
	// SOOP's own words.
	{"탐방 거절", "탐방 사절", nil},
	{"목록 숨김|목록에서 숨기기", "방송 숨김", nil},
	{"전체 이용가", "일반 방송", nil},
	{"연령·잠금", "19금·잠금 표시", nil},
	{"최대 시청자", "최대 시청자 수", []string{"최대 시청자 수"}},
	{"걸려 있|비밀번호 걸", "비밀번호 설정", nil},
	{"파트너", "Open API, 제휴", nil},
	{"후원", "선물", nil},
	{"본방|부방", "본계정, 부계정", nil},
	// One word for one thing.
	{"방송(을|이)? ?끝|끝내", "방송 종료", nil},
	{"^방송 전$|방송: +방송 전$", "방송 중 아님", nil},
	{"가리키|가리킵|가리킴", "송출 대상", nil},
	{"비밀 키", "시크릿", nil},
	{"비밀 정보", "로그인 정보", nil},
	{"키링", "시스템 보안 저장소", []string{"보안 저장소(키링)"}},
	{"넣", "추가, 적용, 입력", []string{"붙여넣"}},
	{"바뀐 항목|바뀐 것|바꿀 내용", "변경 사항", nil},
	{"고르|골라|고른|골랐", "선택", nil},
	{"적어 주|적습니다|적지 않|적혀", "입력", nil},
	{"알려 주|알려 드", "입력해 주세요, 확인할 수 없습니다", nil},
	{"찾기|찾아 보", "검색", []string{"즐겨찾기"}},
	{"(맞는|찾는|그런) [^.]*없습니다", "검색 결과가 없습니다", nil},
	{"지우|지웁|지웠", "삭제", nil},
	{"거절", "거부", nil},
	{"받아들이지|모릅니다|이해하지|이해할|포기", "거부, 유효하지 않습니다", nil},
	{"(잠시|초|분|일|시간) 뒤", "후", nil},
	{"쪽 번호|모든 쪽", "페이지", nil},
	{"가로|세로", "너비, 높이", nil},
	{"진짜|가짜", "실제, 내 OBS; 가상", nil},
	{"이곳", "여기", nil},
	{"표지", "커버 이미지", nil},
	{"임베드", "퍼가기", nil},
	{"고치|고쳐|고칠", "수정, 해결", nil},
	{"나열", "목록을 표시합니다", nil},
	{"보여 (주|줍|드)", "표시", nil},
	{"띄우|띄웁", "표시", nil},
	{"무효", "사용할 수 없게 됩니다", nil},
	{"저절로|알아서|스스로", "자동으로", nil},
	{"그런|그것", "the thing's name", nil},
	// One level of politeness, and nouns on buttons.
	{"세요", "-해 주세요", []string{"주세요", "보세요"}},
	{"십시오|드립니다|여쭤", "합니다, -해 주세요", nil},
	{"(해|예|에|어|아)요([ .!]|$)", "합니다", []string{"선물했어요"}}, // what an overlay says of a gift
	{"하기$", "a noun", []string{"OBS 설정하기", "실제 계정으로 시작하기"}},
	{"—", "a sentence of its own", nil},
}

// englishReplaced are kept out of the English catalogue.
var englishReplaced = []replaced{
	{`\b[Mm]end`, "fix", nil},
	{`(does|did) not tell\b|told nothing`, "say", nil},
	{`^Tell `, "Show, Print, Report", nil},
	{`[Ee]xploration`, "“No unannounced visits” notice", nil},
	{`[Pp]artners?\b`, "Open API", []string{"Partner name", "partner name"}},
	{`Disconnect account`, "Disconnect Account", nil},
	{`Network drop`, "Dropped frames", nil},
	{`kbps video`, "Bitrate (kbps)", nil},
	{`\bpoints? (at|here|somewhere)\b`, "OBS is set to, OBS sends to", nil},
	{`has run out|its time is over|token ends`, "expired, expires", nil},
	{`awaited`, "could not be confirmed", nil},
	{`[Ww]orking (on|in)\b`, "selected", nil},
}

// wantNone fails where a text has a word that is replaced by another.
func wantNone(t *testing.T, where, text string, all []replaced) {
	t.Helper()
	for _, r := range all {
		rest := text
		for _, right := range r.except {
			rest = strings.ReplaceAll(rest, right, "")
		}
		if found := regexp.MustCompile(r.word).FindString(rest); found != "" {
			t.Errorf("%s says %q in %q: the word here is %s", where, found, text, r.use)
		}
	}
}

func TestOneWordForOneThing(t *testing.T) {
	for lang, all := range map[string][]replaced{"ko": koreanReplaced, "en": englishReplaced} {
		for key, m := range messages(t, lang) {
			for _, text := range m.forms {
				wantNone(t, lang+": "+key, text, all)
			}
		}
	}
}

func TestPagesAndToolkitUseTheSameWords(t *testing.T) {
	pages := filepath.Join("..", "..", "providers", "sandbox", "page", "words.go")
	file, err := parser.ParseFile(token.NewFileSet(), pages, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if text, _ := strconv.Unquote(literal.Value); hangul.MatchString(text) {
			seen++
			wantNone(t, "a page of the sandbox", text, koreanReplaced)
			wantParticles(t, "a page of the sandbox", text)
		}
		return true
	})
	for _, path := range []string{filepath.Join("..", "desktop", "toolkit", "ko.json"), filepath.Join("..", "..", "README.md")} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for text := range strings.Lines(string(data)) {
			for _, part := range regexp.MustCompile(`[^"*`+"`"+`|\n]*[가-힣][^"*`+"`"+`|\n]*`).FindAllString(text, -1) {
				seen++
				wantNone(t, path, part, koreanReplaced)
			}
		}
	}
	if seen < 60 {
		t.Errorf("only %d texts seen", seen)
	}
}

// typedCommand is how a sentence names what is typed at a terminal.
var typedCommand = regexp.MustCompile(`cuelight [a-z]|--[a-z]`)

func TestOnlyTheTerminalNamesCommands(t *testing.T) {
	for _, lang := range Languages {
		atTerminal := 0
		for key, m := range messages(t, lang) {
			for _, text := range m.forms {
				names := typedCommand.MatchString(text)
				switch {
				case strings.HasSuffix(key, ".do.terminal") && names:
					atTerminal++
				case names && !strings.HasPrefix(key, "command."):
					t.Errorf("%s: %s reaches the window and says %q", lang, key, text)
				}
			}
		}
		if atTerminal < 5 {
			t.Errorf("%s: only %d cures of the terminal", lang, atTerminal)
		}
		w := New(lang)
		for name, err := range kindsOfErrors() {
			if line := w.Explain(err).Line(); typedCommand.MatchString(line) {
				t.Errorf("%s: %s is explained in the window as %q", lang, name, line)
			}
			wantReadable(t, lang+" at a terminal "+name, w.ForTerminal().Explain(err))
		}
	}
	err := kindsOfErrors()["no account"]
	for _, lang := range Languages {
		w := New(lang)
		window, terminal := w.Explain(err).Do, w.ForTerminal().Explain(err).Do
		if window == "" || !strings.Contains(terminal, "cuelight account add") {
			t.Errorf("%s: the cure is %q in the window and %q at a terminal", lang, window, terminal)
		}
	}
}
