package kittest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"path"
	"strings"
	"time"

	"cuelight/app/category"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// SomeLive are broadcasts of all kinds, one of them the streamer's own.
func SomeLive() []providers.LiveEntry {
	started := func(d time.Duration) time.Time { return fakeclock.New().Now().Add(-d) }
	entries := []providers.LiveEntry{
		{Nick: "꿀잼", Title: "[생] 스크림 풀로 봅니다", CategoryNumber: "00040066", Viewers: 12406, Started: started(3 * time.Hour)},
		{Nick: "아티", Title: "밥 먹고 롤 5연승까지", CategoryNumber: "00040019", Viewers: 8120, AgeLimit: 19, Started: started(52 * time.Minute)},
		{UserID: "soop1234", Nick: "자러가자", Title: "[생] 자러 가기 전 한 판만 더 · 시즌 12화", CategoryNumber: "00040066", Viewers: 1284, Started: started(time.Hour)},
		{Nick: "백호", Title: "새벽 토크", CategoryNumber: "00130000", Viewers: 944, Password: true, Started: started(12 * time.Minute)},
		{
			Nick: strings.Repeat("닉네임이아주아주긴사람입니다", 3), Title: strings.Repeat("아주 긴 제목을 그대로 보여 주는 방송 ", 5),
			CategoryNumber: "00040067", Viewers: 611, AgeLimit: 19, Password: true, PaidPromotion: true, Started: started(30 * time.Hour),
		},
		{Nick: "봄", Title: "듀오 구함", CategoryNumber: "00040019", Viewers: 0},
	}
	for i := range entries {
		e := &entries[i]
		e.ID = fmt.Sprint(1000 + i)
		if e.UserID == "" {
			e.UserID = fmt.Sprint("user", i)
		}
		e.WatchURL, e.EmbedURL = "https://play.example/"+e.UserID, "https://play.example/embed/"+e.UserID
		e.Thumbnail = fmt.Sprintf("https://pictures.example/%d.png", i)
	}
	entries[5].Thumbnail = ""
	return entries
}

// ManyLive gives page after page of total broadcasts.
func ManyLive(total int) func(context.Context, providers.DirectoryQuery) (providers.DirectoryPage, error) {
	const per = 60
	return func(_ context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
		answer := providers.DirectoryPage{Total: total, Page: q.Page, PerPage: per}
		for i := (q.Page - 1) * per; i < min(q.Page*per, total); i++ {
			answer.Entries = append(answer.Entries, providers.LiveEntry{
				ID: fmt.Sprint(i), UserID: fmt.Sprint("user", i), Nick: fmt.Sprint("닉네임", i), Title: fmt.Sprintf("%d번째 방송", i+1),
				CategoryNumber: "00040066", Viewers: total - i, Started: fakeclock.New().Now().Add(-time.Hour),
				Thumbnail: fmt.Sprintf("https://pictures.example/%d.png", i), WatchURL: "https://play.example/x",
			})
		}
		return answer, nil
	}
}

// OnePage gives one page of broadcasts.
func OnePage(entries ...providers.LiveEntry) func(context.Context, providers.DirectoryQuery) (providers.DirectoryPage, error) {
	return func(_ context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
		return providers.DirectoryPage{Total: len(entries), Page: q.Page, PerPage: 60, Entries: entries}, nil
	}
}

// SomeCategories are a few categories in groups.
func SomeCategories(context.Context) (*category.Index, error) {
	return category.NewIndex([]providers.Category{
		{Number: "00040000", Name: "게임"},
		{Number: "00040066", Name: "배틀그라운드", Parent: "00040000"},
		{Number: "00040019", Name: "리그 오브 레전드", Parent: "00040000"},
		{Number: "00040067", Name: "전략적 팀 전투", Parent: "00040000"},
		{Number: "00130000", Name: "토크/캠방"},
	}), nil
}

// PaintedPicture gives every address of a picture one in colours of its own.
func PaintedPicture(_ context.Context, address string) ([]byte, error) {
	var seed int
	_, _ = fmt.Sscanf(path.Base(address), "%d.png", &seed)
	picture := image.NewNRGBA(image.Rect(0, 0, 64, 36))
	for y := range 36 {
		for x := range 64 {
			picture.SetNRGBA(x, y, color.NRGBA{R: uint8(40 + 37*seed%150 + x), G: uint8(60 + 61*seed%120 + y), B: uint8(90 + 83*seed%140), A: 255})
		}
	}
	var data bytes.Buffer
	err := png.Encode(&data, picture)
	return data.Bytes(), err
}
