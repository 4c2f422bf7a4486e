package kittest

import (
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Complete is Ready on a platform that can do everything, with every setting known.
func Complete() state.State {
	s := Ready()
	s.Account.Has = Everything()
	s.Account.Has.Channels = false // as SOOP has none
	c := &s.Broadcast.Confirmed
	c.Language, c.ViewerLimit, c.EndingMessage = "ko_KR", 100000, "오늘도 함께해 주셔서 고맙습니다"
	c.Standby, c.StandbyMinutes, c.Watermark = true, 5, 3
	s.Broadcast.Limits = providers.Limits{
		providers.FieldTitle: {Min: 1, Max: 75}, providers.FieldCategory: {}, providers.FieldHashtags: {Max: 5}, providers.FieldLanguage: {},
		providers.FieldViewerLimit: {Min: 1}, providers.FieldPassword: {Min: 6}, providers.FieldHidden: {},
		providers.FieldAgeGrade: {Max: 19, Options: []string{"0", "19"}}, providers.FieldEndingMessage: {Max: 40},
		providers.FieldStandby: {Min: 1, Max: 10}, providers.FieldWatermark: {Min: 1, Max: 6},
		providers.FieldExploration: {}, providers.FieldPaidPromotion: {},
	}
	return s
}

// Changed has changes of many kinds, some wrong, one made elsewhere too.
func Changed() state.State {
	s := Complete()
	title, ending := "새 제목", "마흔 자를 넘는 인사말은 그대로 두고 몇 자를 줄여야 하는지 알려 드립니다. 조금만 줄여 주세요!"
	password, tags := secret.New("short"), []string{"하나", "둘", "셋", "넷", "다섯", "여섯"}
	viewers, paid := 0, true
	s.Broadcast.Draft = providers.Patch{
		Title: &title, EndingMessage: &ending, Password: &password, Hashtags: &tags, ViewerLimit: &viewers, PaidPromotion: &paid,
	}
	wrong := func(field, reason string, limit int) error {
		return &providers.Error{Kind: providers.ErrUsage, Field: field, Reason: reason, Limit: limit}
	}
	s.Broadcast.Problems = map[providers.FieldID]error{
		providers.FieldEndingMessage: wrong("ending", "ending.too_long", 40), providers.FieldPassword: wrong("password", "password.weak", 6),
		providers.FieldHashtags: wrong("hashtags", "hashtags.too_many", 5), providers.FieldViewerLimit: wrong("viewers", "viewers.too_small", 1),
	}
	s.Broadcast.Conflicts = []providers.FieldID{providers.FieldTitle}
	return s
}

// CompleteLoading is Complete before anything is known.
func CompleteLoading() state.State {
	s := Complete()
	s.Broadcast.Known, s.Account.SignedIn = false, state.SignInUnknown
	return s
}

// CompleteFailing is Complete with a platform that does not answer.
func CompleteFailing() state.State {
	s := Complete()
	s.Broadcast.Known = false
	s.Broadcast.Err = Down()
	return s
}

// CompleteOnAir is Complete, on air.
func CompleteOnAir() state.State {
	s := OnAir()
	complete := Complete()
	s.Account.Has, s.Broadcast = complete.Account.Has, complete.Broadcast
	return s
}

// CompleteNoOBS is Complete without OBS.
func CompleteNoOBS() state.State {
	s := Complete()
	s.OBS = NoOBS().OBS
	return s
}

// WithChannels is a platform with several channels in one account.
func WithChannels() state.State {
	s := Complete()
	s.Account.PlatformName = "Kollus Live"
	s.Account.Has = state.Capabilities{Ingest: true, Edit: true, LiveStatus: true, Channels: true}
	s.Accounts[0].Channel = "ch2"
	return s
}

// Everything is what a platform can do at most.
func Everything() state.Capabilities {
	return state.Capabilities{
		Ingest: true, KeyReset: true, Edit: true, Categories: true, LiveStatus: true, Station: true,
		Directory: true, DirectoryScopes: true, DirectoryOrders: true, Overlays: true, Filters: true, Embeds: true, Channels: true,
	}
}

// Down is the failure of a platform that does not answer.
func Down() error {
	return &providers.Error{Kind: providers.ErrUnreachable, Op: "broad/rtmp", Code: "HTTP 503"}
}
