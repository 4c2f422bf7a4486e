//go:build linux

package endtoend

import (
	"strings"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
)

// elsewhere is an address that nobody answers at.
const elsewhere = "127.0.0.1:9"

func TestExitCodesTellHowACommandEnded(t *testing.T) {
	p, u, _ := startPlain(t)
	u.obs = elsewhere
	want := func(name string, code int, args ...string) {
		t.Helper()
		if r := u.run(t, args...); r.code != code {
			t.Errorf("%s: exit code %d, want %d\n%s%s", name, r.code, code, r.stdout, r.stderr)
		}
	}
	want("done", 0, "account", "list")
	want("an unknown command", 2, "dance")
	want("an unknown flag", 2, "status", "--loudly")
	want("a title too long", 2, "update", "--title", strings.Repeat("가", 76))
	want("not signed in", 3, "setup")
	want("not signed in, for an edit", 3, "update", "--title", "제목")
	want("a number the platform does not know", 3, "login", "--number", "000000")

	p.byNumber(t, u)
	want("OBS not reachable", 4, "setup")
	want("OBS not reachable, to start", 4, "start")
	want("no such category", 2, "update", "--category", "없는 카테고리")

	p.spoil(t, `{"endpoint":"broad/info/update","kind":"result","result":-1320,"message":"대기시간 오류"}`)
	refused := u.run(t, "update", "--title", "제목")
	if refused.code != 5 || !strings.Contains(refused.stderr, "대기시간 오류") {
		t.Errorf("refused: exit code %d, want 5 and the platform's own words\n%s", refused.code, refused.stderr)
	}
	p.heal(t)
	p.process.Kill()
	want("the platform is gone", 6, "update", "--title", "제목")
}

func TestAWrongPasswordIsRefusedByARealOBS(t *testing.T) {
	realOBS := realobs.ForTest(t, realobs.Options{})
	p, u, _ := startPlain(t)
	p.byNumber(t, u)
	u.obs, u.env = realOBS.Address(), []string{"CUELIGHT_OBS_PASSWORD=not-the-password-5e21"}
	r := u.run(t, "setup").want(t, 4, "setup")
	if !strings.Contains(strings.ToLower(r.stderr), "password") {
		t.Errorf("a wrong password is not called one:\n%s", r.stderr)
	}
	if strings.Contains(r.stderr+r.stdout, "not-the-password-5e21") {
		t.Error("the password tried is printed")
	}
}

func TestARefusedSignInEndsAtOnceAndSaysSo(t *testing.T) {
	p, u, k := startPlain(t)
	before := len(k.Items(t))
	b := realparts.StartBrowser(t, "en")
	login := u.start(t, "login", "--no-browser")
	b.Open(t, openLine(t, login))
	b.Choose(t, streamer)
	began := time.Now()
	b.Refuse(t)
	r := u.end(t, login).want(t, 3, "login")
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("a refusal took %v to end the sign-in", took)
	}
	if r.stderr == "" || !strings.Contains(b.Text(t), "Cuelight") {
		t.Errorf("the terminal says %q, the page %q", r.stderr, b.Text(t))
	}
	if after := len(k.Items(t)); after != before {
		t.Errorf("the keyring went from %d to %d items", before, after)
	}
	if p.calls(t, "GET auth/code") == 0 || p.calls(t, "POST auth/token") != 0 {
		t.Error("a token was asked for after a refusal, or the sign-in page never")
	}
	b.Screenshot(t, picture("landing-refused"))
}

func TestWithJSONThereIsOneObjectWhateverHappens(t *testing.T) {
	p, u, _ := startPlain(t)
	u.obs = elsewhere
	for _, args := range [][]string{
		{"status"}, {"account", "list"}, {"setup"}, {"restore"}, {"doctor"}, {"version"}, {"categories", "배틀"},
	} {
		u.run(t, append(args, "--json")...).object(t)
	}
	p.byNumber(t, u)
	for _, args := range [][]string{
		{"status"},
		{"setup"},
		{"start"},
		{"stop"},
		{"update", "--title", "제목"},
		{"categories", "배틀"},
		{"update", "--title", strings.Repeat("a", 76)},
		{"logout"},
	} {
		r := u.run(t, append(args, "--json")...)
		object := r.object(t)
		if _, failed := object["error"]; failed != (r.code != 0) {
			t.Errorf("cuelight %s --json: exit code %d with %v", strings.Join(args, " "), r.code, object)
		}
	}
}

func TestKoreanIsSpokenWhereTheSystemDoes(t *testing.T) {
	u := newUser(t, realparts.NoSession(t))
	c := u.command("", "account", "list")
	// As the system is set, not as --lang says.
	c.Args = []string{"--config", u.config, "status"}
	c.Env = append(c.Env, "LANG=ko_KR.UTF-8", "LC_ALL=ko_KR.UTF-8", "LC_MESSAGES=ko_KR.UTF-8")
	process := realparts.Run(t, c)
	process.Wait(t, limit)
	said := process.Stdout.Text() + process.Stderr.Text()
	hangul := strings.ContainsFunc(said, func(r rune) bool { return r >= '가' && r <= '힣' })
	if !hangul || strings.Contains(said, "No account") {
		t.Errorf("in Korean it says:\n%s", said)
	}
}
