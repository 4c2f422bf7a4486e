package kittest

import (
	"errors"
	"strings"
	"time"

	"cuelight/app/obslink"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/obs/streamhealth"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// Account is an account at SOOP.
func Account() providers.Account {
	return providers.Account{Name: "본방", Platform: "soop", Settings: map[string]string{"client_id": "id"}}
}

// Ready is the State of a streamer who is ready to go live.
func Ready() state.State {
	return state.State{
		Accounts: []providers.Account{Account()},
		Account: state.AccountState{
			Name: "본방", Platform: "soop", PlatformName: "SOOP", SignedIn: state.SignedIn, Nick: "자러가자", UserID: "soop1234",
			CanNumber: true, Has: state.Capabilities{Ingest: true, Edit: true, Categories: true, LiveStatus: true},
		},
		OBS: state.OBSState{
			Link: state.LinkUp, Version: "29.0.2", Address: "127.0.0.1:4455", Server: "rtmp://stream.sooplive.co.kr/app/",
			Matches: state.MatchYes, Stream: state.StreamOff,
		},
		Broadcast: state.BroadcastState{
			Known: true,
			Confirmed: providers.Broadcast{
				Title: "[생] 자러 가기 전 한 판만 더 · 시즌 12화", Category: providers.Category{Number: "00040066", Name: "배틀그라운드"},
				Hashtags: []string{"게임", "배틀그라운드", "배그"},
			},
			Limits: providers.Limits{
				providers.FieldTitle: {Max: 75}, providers.FieldCategory: {}, providers.FieldHashtags: {Max: 5},
			},
		},
		Keyring: state.KeyringState{Known: true, Durable: true},
	}
}

// OnAir is Ready, on air for a while.
func OnAir() state.State {
	s := Ready()
	now := fakeclock.New().Now()
	s.OBS.Stream, s.OBS.Since = state.StreamOn, now.Add(-(84*time.Minute + 7*time.Second))
	s.Live = state.LiveState{Known: true, Live: providers.Live{
		OnAir: true, Viewers: 1284, Title: s.Broadcast.Confirmed.Title, WatchURL: "https://play.sooplive.co.kr/soop1234/250001813",
	}}
	return s
}

// Streaming is OnAir with two minutes of numbers.
func Streaming() state.State {
	s := OnAir()
	s.Health = state.HealthState{Known: true, Last: streamhealth.Health{
		Time: fakeclock.New().Now(), BitrateKbps: 7912, DroppedPercent: 0.02, FPS: 60, TargetFPS: 60, CPUPercent: 11,
	}}
	for i := range 120 {
		rate := 7900 + float64(i*37%300) - 150
		if i > 44 && i < 50 {
			rate -= 2600
		}
		s.Health.Bitrates = append(s.Health.Bitrates, rate)
	}
	return s
}

// Troubled is Streaming with much to look at.
func Troubled() state.State {
	s := Streaming()
	s.Health.Last.DroppedPercent, s.Health.Last.FPS, s.Health.Last.CPUPercent = 6.31, 48.2, 87
	s.Health.Last.Congestion, s.Health.Last.EncoderLagPercent = 0.8, 2.2
	s.Health.Quiet, s.Health.Microphone, s.Health.Frozen = 2*time.Minute+20*time.Second, "마이크", 74*time.Second
	return s
}

// Unwell is Ready with checks that warn.
func Unwell() state.State {
	s := Ready()
	s.Preflight = []state.Preflight{
		{ID: state.PreSignIn, State: state.StepDone},
		{ID: state.PreConnected, State: state.StepFailed, Reason: "replaces_key", Detail: "Twitch", Blocks: true},
		{ID: state.PreVideo, State: state.StepWarned, Reason: "too_high", Value: 12000, Limit: 8000},
		{ID: state.PreMicrophone, State: state.StepWarned, Reason: "silent", Detail: "마이크"},
		{ID: state.PreService, State: state.StepWarned, Reason: "elsewhere"},
	}
	return s
}

// WithoutChannel is the State of somebody with a Kollus Live account and no channel
// chosen.
func WithoutChannel() state.State {
	s := Ready()
	s.Accounts = []providers.Account{{Name: "수업", Platform: "kollus"}}
	s.Account = state.AccountState{
		Name: "수업", Platform: "kollus", PlatformName: "Kollus Live", SignedIn: state.SignedIn, CanToken: true,
		Has: state.Capabilities{Ingest: true, Edit: true, LiveStatus: true, Channels: true},
	}
	s.Broadcast = state.BroadcastState{
		Limits: providers.Limits{providers.FieldTitle: {Max: 100}},
		Err:    &providers.Error{Kind: providers.ErrUsage, Reason: "channel.none"},
	}
	s.OBS.Matches = state.MatchUnknown
	return s
}

// WithChannel is WithoutChannel with a channel.
func WithChannel() state.State {
	s := WithoutChannel()
	s.Accounts[0].Channel = "lecture-1"
	s.Broadcast.Known, s.Broadcast.Err = true, nil
	s.Broadcast.Confirmed.Title = "3주차 강의"
	s.OBS.Matches = state.MatchNo
	return s
}

// Loading is Ready before anything is known.
func Loading() state.State {
	s := Ready()
	s.Account.SignedIn, s.Account.Nick, s.Account.UserID = state.SignInUnknown, "", ""
	s.Broadcast.Known, s.Broadcast.Confirmed = false, providers.Broadcast{}
	s.OBS = state.OBSState{Link: state.LinkConnecting}
	return s
}

// ToFix is Ready with OBS sending elsewhere and a title that is not sent yet.
func ToFix() state.State {
	s := Ready()
	s.OBS.Matches, s.OBS.Server, s.OBS.CanRestore = state.MatchNo, "rtmp://live.twitch.tv/app", true
	title := "[생] 자러 가기 전 딱 한 판만 더"
	s.Broadcast.Draft = providers.Patch{Title: &title}
	return s
}

// Failing is Ready with neither platform nor OBS answering.
func Failing() state.State {
	s := Ready()
	down := &providers.Error{Kind: providers.ErrUnreachable, Op: "broad/rtmp", Code: "HTTP 503"}
	s.Broadcast.Known, s.Broadcast.Err = false, down
	s.OBS = state.OBSState{Link: state.LinkWaiting, Err: &obslink.NotFoundError{
		Finding: discovery.Finding{Reason: discovery.ServerOff}, Err: &obs.Error{Kind: obs.ErrUnreachable, Op: "connect"},
	}}
	return s
}

// Reconnecting is OnAir with a broken connection and a refused change.
func Reconnecting() state.State {
	s := OnAir()
	s.OBS.Stream = state.StreamReconnecting
	refused := &providers.Error{
		Kind: providers.ErrRefused, Op: "broad/info/update", Code: "-1320", Message: "방송 대기 시간이 올바르지 않습니다.",
	}
	title := "새 제목"
	s.Broadcast.Draft = providers.Patch{Title: &title}
	s.Tasks = map[state.Task]state.TaskState{state.TaskApply: {Err: refused}}
	return s
}

// LongTexts is OnAir with very long texts everywhere.
func LongTexts() state.State {
	s := OnAir()
	s.Account.Nick = strings.Repeat("닉네임이아주아주긴사람입니다", 4)
	s.Broadcast.Confirmed.Title = strings.Repeat("아주 긴 제목을 그대로 보여 주는 방송 ", 6)
	s.Broadcast.Confirmed.Category.Name = strings.Repeat("카테고리이름", 12)
	s.Broadcast.Confirmed.Hashtags = []string{strings.Repeat("해시태그", 9), "둘", strings.Repeat("셋", 30), "넷", "다섯"}
	s.OBS.Server = "rtmp://" + strings.Repeat("stream.sooplive.co.kr.", 6) + "/app/"
	return s
}

// SigningIn is somebody whose browser is awaited.
func SigningIn() state.State {
	s := Ready()
	s.Account.SignedIn, s.Account.Nick, s.Account.UserID = state.SigningIn, "", ""
	s.Account.SignInURL = "https://openapi.sooplive.co.kr/auth/code?client_id=0123456789abcdef0123456789abcdef&state=aaaaaaaa"
	s.Account.SignInUntil = fakeclock.New().Now().Add(161 * time.Second)
	s.Tasks = map[state.Task]state.TaskState{state.TaskSignIn: {Running: true}}
	return s
}

// SeveralAccounts is Ready with three accounts.
func SeveralAccounts() state.State {
	s := Ready()
	s.Accounts = append(s.Accounts, providers.Account{Name: "부방", Platform: "soop"},
		providers.Account{Name: strings.Repeat("이름이 아주 긴 계정 ", 10), Platform: "soop"})
	return s
}

// MemoryOnly is Ready without a keyring.
func MemoryOnly() state.State {
	s := Ready()
	s.Keyring = state.KeyringState{Known: true, Err: errors.New("the name org.freedesktop.secrets was not provided by any .service files")}
	return s
}

// NoOBS is Ready without OBS.
func NoOBS() state.State {
	s := Ready()
	s.OBS = Failing().OBS
	return s
}

// WrongPassword is Ready with an OBS that refuses the password.
func WrongPassword() state.State {
	s := Ready()
	s.OBS = state.OBSState{Link: state.LinkPassword, Err: &obs.Error{Kind: obs.ErrPassword, Op: "connect"}}
	return s
}

// InSandbox is Ready on simulated services.
func InSandbox() state.State {
	s := Ready()
	s.Sandbox, s.OBS.Simulated = true, true
	return s
}

// NoAccount is somebody who starts for the first time, with OBS there.
func NoAccount() state.State {
	return state.State{OBS: state.OBSState{Link: state.LinkUp, Version: "29.0.2"}}
}
