package look_test

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"cuelight/app/desktop/look"
	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/layer"
	"cuelight/widgets/layouts"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

func statesScene(clock *fakeclock.Clock, _ bool) (fyne.CanvasObject, func(*layer.Layer)) {
	long := input.NewTextField("제목", "", 20, func(over int) string {
		return fmt.Sprintf("20자까지 쓸 수 있습니다. %d자를 줄여 주세요.", over)
	}, clock)
	long.SetText("아주 긴 제목을 붙여 넣으면 잘리지 않고 표시됩니다")
	off := input.NewTextField("제목", "", 75, nil, clock)
	off.SetText("지금은 바꿀 수 없습니다")
	off.Disable()
	tags := input.NewHashtagField("해시태그", "추가…", 5, "태그는 다섯 개까지 넣을 수 있습니다.", nil, clock)
	tags.SetTags([]string{"게임", "배틀그라운드", "아주긴해시태그하나도잘보여야합니다", "배그", "스쿼드", "여섯"})
	key := input.NewSecretField(input.SecretWords{Label: "스트림 키", Hold: "누르고 있으면 보입니다", Copy: "복사", Absent: "없음"},
		func() string { return "not-a-real-key" }, nil, clock)
	kinds := container.New(wrapped(8), control.NewButton("적용", look.IconCheck.Resource(), control.Primary, func() {}),
		control.NewButton("보통", nil, control.Plain, func() {}), control.NewButton("삭제", nil, control.Danger, func() {}),
		control.NewButton("끝내기", nil, control.OutlineDanger, func() {}), control.NewButton("더 보기", nil, control.Quiet, func() {}),
		control.NewButton("열기", look.IconLink.Resource(), control.LinkLike, func() {}), disabled(control.NewButton("안 됨", nil, control.Primary, func() {})),
		control.NewIconButton(look.IconRefresh.Resource(), "새로", func() {}))
	lights := container.NewHBox()
	for _, s := range []status.CueState{status.CueOff, status.CueReady, status.CueOnAir, status.CueReconnecting} {
		c := status.NewCueLight(30, clock, func() {})
		c.Set(s, "")
		lights.Add(padded(8, 8, 8, 8, c))
	}
	left := container.NewVScroll(container.New(layout.NewCustomPaddedVBoxLayout(14), input.NewSearchField("제목, 닉네임 검색", nil), long, off, tags, key, kinds, lights))
	right := container.New(layout.NewCustomPaddedLayout(0, 0, 0, 0), container.NewGridWithRows(2,
		surface.NewCard("불러오는 중", "", container.NewVScroll(status.NewSkeleton(4, fyne.NewSize(96, 54)))),
		surface.NewCard("", "", container.NewVScroll(status.NewEmptyState(look.IconSearch.Resource(), "아직 계정이 없습니다", "플랫폼 계정을 더하면 여기에서 방송을 바꿀 수 있습니다.", "계정 더하기", func() {})))))
	banner := status.NewBanner(paint.ToneWarn, "연습 모드입니다. 아무것도 밖으로 나가지 않습니다.", "실제 계정으로", func() {})
	body := container.NewBorder(banner, nil, nil, nil, padded(12, 12, 20, 20, container.New(layouts.NewColumns(16, 200), surface.NewCard("모든 상태", "", left), right)))
	return body, func(l *layer.Layer) {
		l.Toast(layer.Toast{Tone: paint.ToneGood, Text: "제목을 바꿨습니다", Action: "되돌리기"})
		l.Toast(layer.Toast{Tone: paint.ToneBad, Text: "SOOP이 거절했습니다: 특수문자는 쓸 수 없습니다 (-3002)"})
		clock.Advance(time.Second)
	}
}

func disabled(b *control.Button) *control.Button {
	b.Disable()
	return b
}

func pickerScene(clock *fakeclock.Clock, _ bool) (fyne.CanvasObject, func(*layer.Layer)) {
	items := []input.PickItem{
		{ID: "1", Name: "배틀그라운드", Detail: "00040066", Section: "최근"},
		{ID: "2", Name: "토크/캠방", Detail: "00130000", Section: "최근"},
	}
	for i := range 10_000 {
		items = append(items, input.PickItem{ID: fmt.Sprint("c", i), Name: fmt.Sprintf("카테고리 %d", i), Detail: fmt.Sprintf("%08d", i), Section: "전체"})
	}
	p := input.NewPicker(input.PickerWords{Label: "카테고리", Placeholder: "고르기", Change: "변경", Search: "카테고리 검색", None: "찾지 못했습니다"},
		func(q string) []input.PickItem { return items }, clock)
	p.SetPicked(items[0])
	return padded(80, 20, 60, 60, container.NewVBox(p)), func(*layer.Layer) { p.Open() }
}
