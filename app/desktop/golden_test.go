package desktop

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/obslink"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

var narrow = fyne.NewSize(720, 480)

// shots are the states of the screens that are held as pictures.
var shots = []struct {
	name        string
	dress, lang string
	size        fyne.Size
	state       func() state.State
	then        func(*rig)
}{
	{"home-ready", "light", "ko", windowSize, toMend, nil},
	{"home-live", "dark", "ko", windowSize, onAir, nil},
	{"home-live", "light", "en", windowSize, onAir, nil},
	{"home-loading", "dark", "ko", windowSize, loading, nil},
	{"home-failing", "dark", "en", windowSize, failing, nil},
	{"home-failing", "light", "ko", windowSize, failing, nil},
	{"home-reconnecting", "dark", "ko", windowSize, reconnecting, nil},
	{"home-long", "dark", "ko", windowSize, long, nil},
	{"home-long-narrow", "light", "ko", narrow, long, nil},
	{"home-narrow", "dark", "ko", narrow, toMend, nil},
	{"home-end", "dark", "ko", windowSize, onAir, func(r *rig) { r.stop() }},
	{"welcome-empty", "dark", "ko", windowSize, none, nil},
	{"welcome-empty", "light", "en", windowSize, none, nil},
	{"welcome-narrow", "dark", "en", narrow, none, nil},
	{"welcome-signin", "dark", "ko", windowSize, signingIn, func(r *rig) { r.welcome.signIn.fold(true); r.render() }},
	{"welcome-whose", "dark", "ko", windowSize, signingIn, func(r *rig) {
		r.welcome.signIn.asked = true
		r.fake.set(func(s *state.State) { *s = full() })
		r.render()
	}},
	{"accounts", "dark", "ko", windowSize, several, func(r *rig) { r.shell.open(screenAccounts) }},
	{"settings", "light", "ko", windowSize, full, func(r *rig) { r.shell.open(screenSettings) }},
	{"settings-memory", "dark", "en", fyne.NewSize(1120, 1000), memoryOnly, func(r *rig) { r.shell.open(screenSettings) }},
	{"obs-help", "dark", "ko", windowSize, noOBS, func(r *rig) { r.helpOBS() }},
	{"obs-password", "light", "en", windowSize, wrongPassword, func(r *rig) { r.askOBSPassword() }},
	{"sandbox", "dark", "en", windowSize, practising, nil},
}

func none() state.State {
	return state.State{OBS: state.OBSState{Link: state.LinkUp, Version: "29.0.2"}}
}

func loading() state.State {
	s := full()
	s.Account.SignedIn, s.Account.Nick, s.Account.UserID = state.SignInUnknown, "", ""
	s.Broadcast.Known, s.Broadcast.Confirmed = false, providers.Broadcast{}
	s.OBS = state.OBSState{Link: state.LinkConnecting}
	return s
}

func toMend() state.State {
	s := full()
	s.OBS.Matches, s.OBS.Server, s.OBS.CanRestore = state.MatchNo, "rtmp://live.twitch.tv/app", true
	title := "[생] 자러 가기 전 딱 한 판만 더"
	s.Broadcast.Draft = providers.Patch{Title: &title}
	return s
}

func failing() state.State {
	s := full()
	down := &providers.Error{Kind: providers.ErrUnreachable, Op: "broad/rtmp", Code: "HTTP 503"}
	s.Broadcast.Known, s.Broadcast.Err = false, down
	s.OBS = state.OBSState{Link: state.LinkWaiting, Err: &obslink.NotFoundError{
		Finding: discovery.Finding{Reason: discovery.ServerOff}, Err: &obs.Error{Kind: obs.ErrUnreachable, Op: "connect"},
	}}
	return s
}

func reconnecting() state.State {
	s := onAir()
	s.OBS.Stream = state.StreamReconnecting
	refused := &providers.Error{
		Kind: providers.ErrRefused, Op: "broad/info/update", Code: "-1320", Message: "방송 대기 시간이 올바르지 않습니다.",
	}
	title := "새 제목"
	s.Broadcast.Draft = providers.Patch{Title: &title}
	s.Tasks = map[state.Task]state.TaskState{state.TaskApply: {Err: refused}}
	return s
}

func long() state.State {
	s := onAir()
	s.Account.Nick = strings.Repeat("닉네임이아주아주긴사람입니다", 4)
	s.Broadcast.Confirmed.Title = strings.Repeat("아주 긴 제목을 그대로 보여 주는 방송 ", 6)
	s.Broadcast.Confirmed.Category.Name = strings.Repeat("카테고리이름", 12)
	s.Broadcast.Confirmed.Hashtags = []string{strings.Repeat("해시태그", 9), "둘", strings.Repeat("셋", 30), "넷", "다섯"}
	s.OBS.Server = "rtmp://" + strings.Repeat("stream.sooplive.co.kr.", 6) + "/app/"
	return s
}

func signingIn() state.State {
	s := full()
	s.Account.SignedIn, s.Account.Nick, s.Account.UserID = state.SigningIn, "", ""
	s.Account.SignInURL = "https://openapi.sooplive.co.kr/auth/code?client_id=0123456789abcdef0123456789abcdef&state=aaaaaaaa"
	s.Account.SignInUntil = fakeclock.New().Now().Add(161 * time.Second)
	s.Tasks = map[state.Task]state.TaskState{state.TaskSignIn: {Running: true}}
	return s
}

func several() state.State {
	s := full()
	s.Accounts = append(s.Accounts, providers.Account{Name: "부방", Platform: "soop"},
		providers.Account{Name: strings.Repeat("이름이 아주 긴 계정 ", 10), Platform: "soop"})
	return s
}

func memoryOnly() state.State {
	s := full()
	s.Keyring = state.KeyringState{Known: true, Err: errors.New("the name org.freedesktop.secrets was not provided by any .service files")}
	return s
}

func noOBS() state.State {
	s := full()
	s.OBS = failing().OBS
	return s
}

func wrongPassword() state.State {
	s := full()
	s.OBS = state.OBSState{Link: state.LinkPassword, Err: &obs.Error{Kind: obs.ErrPassword, Op: "connect"}}
	return s
}

func practising() state.State {
	s := full()
	s.Sandbox, s.OBS.Practice = true, true
	return s
}

func TestScreensLookAsTheyShould(t *testing.T) {
	for _, shot := range shots {
		name := shot.name + "-" + shot.dress + "-" + shot.lang
		t.Run(name, func(t *testing.T) {
			r := newRig(t, shot.state(), shot.dress, shot.lang)
			r.win.Resize(shot.size)
			r.render()
			if shot.then != nil {
				shot.then(r)
			}
			r.render()
			assertPicture(t, r.win.Canvas().Capture(), name)
		})
	}
}

func assertPicture(t *testing.T, got image.Image, name string) {
	t.Helper()
	path := filepath.Join("..", "..", "testdata", "desktop", name+".png")
	var data bytes.Buffer
	if err := png.Encode(&data, got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, data.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if n := differing(got, want); n > 0 {
		failed := filepath.Join(t.TempDir(), name+".png")
		if dir := os.Getenv("CUELIGHT_PICTURES"); dir != "" {
			failed = filepath.Join(dir, name+".png")
		}
		_ = os.WriteFile(failed, data.Bytes(), 0o644)
		t.Errorf("%d pixels differ from %s; set CUELIGHT_PICTURES to a folder to keep what was drawn", n, path)
	}
}

// differing counts pixels that a person would see as another colour: the last
// bits of blending differ between processors.
func differing(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return max(a.Bounds().Dx()*a.Bounds().Dy(), 1)
	}
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			p, q := color.NRGBAModel.Convert(a.At(x, y)).(color.NRGBA), color.NRGBAModel.Convert(b.At(x, y)).(color.NRGBA)
			if far(p.R, q.R) || far(p.G, q.G) || far(p.B, q.B) {
				n++
			}
		}
	}
	return n
}

func far(a, b uint8) bool { return max(a, b)-min(a, b) > 6 }
