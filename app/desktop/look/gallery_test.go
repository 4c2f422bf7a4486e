package look_test

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/look"
	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/layer"
	"cuelight/widgets/layouts"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
	"cuelight/widgets/timer"
)

// The gallery draws all widgets in our look, in both forms and two sizes of window.
// The pictures in testdata/widgets are what the smaller ones must look like, to the
// pixel; -update writes them anew. With CUELIGHT_GALLERY=DIR all pictures are written
// there too, to be looked at.
func TestGallery(t *testing.T) {
	sizes := map[string]fyne.Size{"1120x720": fyne.NewSize(1120, 720), "720x480": small}
	scenes := map[string]func(*fakeclock.Clock, bool) (fyne.CanvasObject, func(*layer.Layer)){
		"live": liveScene, "ready": readyScene, "welcome": welcomeScene, "states": statesScene, "picker": pickerScene,
	}
	for _, mode := range []look.Mode{look.Dark, look.Light} {
		for sizeName, size := range sizes {
			for scene, build := range scenes {
				name := strings.Join([]string{scene, string(mode), sizeName}, "-")
				t.Run(name, func(t *testing.T) { draw(t, name, mode, size, build) })
			}
		}
	}
}

var small = fyne.NewSize(720, 480)

const root = "../../.."

func draw(t *testing.T, name string, mode look.Mode, size fyne.Size, build func(*fakeclock.Clock, bool) (fyne.CanvasObject, func(*layer.Layer))) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.NewTheme(mode))
	clock := fakeclock.New()
	content, after := build(clock, size.Width < 1000)
	layer := layer.NewLayer(content, clock)
	w := test.NewTempWindow(t, layer)
	w.SetPadded(false)
	w.Resize(size)
	if after != nil {
		after(layer)
	}
	w.Resize(size.AddWidthHeight(1, 0)) // heights that follow widths have settled
	w.Resize(size)
	picture := w.Canvas().Capture()
	if dir := os.Getenv("CUELIGHT_GALLERY"); dir != "" {
		write(t, filepath.Join(dir, name+".png"), picture)
	}
	if size == small {
		compare(t, filepath.Join(root, "testdata", "widgets", name+".png"), picture)
	}
	if min := layer.MinSize(); min.Width > size.Width || min.Height > size.Height {
		t.Errorf("needs %v, does not fit a window of %v", min, size)
	}
}

func write(t *testing.T, path string, picture image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, picture); err != nil {
		t.Fatal(err)
	}
}

// compare holds a picture against the kept one, to the pixel: the typeface is ours.
func compare(t *testing.T, path string, got image.Image) {
	t.Helper()
	if *look.Update {
		write(t, path, got)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("%v, want %v", got.Bounds(), want.Bounds())
	}
	differ := 0
	for y := range want.Bounds().Dy() {
		for x := range want.Bounds().Dx() {
			if color.NRGBAModel.Convert(got.At(x, y)) != color.NRGBAModel.Convert(want.At(x, y)) {
				differ++
			}
		}
	}
	if differ > 0 {
		failed := filepath.Join(os.TempDir(), "failed-"+filepath.Base(path))
		write(t, failed, got)
		t.Errorf("%d pixels are not as in %s; the new picture is %s", differ, path, failed)
	}
}

func rail(clock timer.Clock, state status.CueState, at string) *control.NavRail {
	cue := status.NewCueLight(26, clock, func() {})
	cue.Set(state, "")
	r := control.NewNavRail(cue, nil,
		control.NavItem{ID: "live", Label: "라이브", Icon: look.IconLive.Resource()},
		control.NavItem{ID: "broadcast", Label: "방송 설정", Icon: look.IconBroadcast.Resource()},
		control.NavItem{ID: "overlays", Label: "오버레이", Icon: look.IconOverlays.Resource()},
		control.NavItem{ID: "discover", Label: "둘러보기", Icon: look.IconDiscover.Resource()},
		control.NavItem{ID: "filters", Label: "필터", Icon: look.IconFilters.Resource()},
		control.NavItem{ID: "vod", Label: "VOD", Icon: look.IconVOD.Resource()},
		control.NavItem{ID: "accounts", Label: "계정", Icon: look.IconAccounts.Resource()},
		control.NavItem{ID: "settings", Label: "설정", Icon: look.IconSettings.Resource()},
	)
	r.Select(at)
	return r
}

func padded(top, bottom, left, right float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), o)
}

func bar(right fyne.CanvasObject) fyne.CanvasObject {
	left := container.New(shrinking(10),
		status.NewPill(paint.ToneGood, "SOOP · 자러가자", func() {}),
		status.NewPill(paint.ToneGood, "OBS 29.0.2", func() {}),
		status.NewPill(paint.ToneNeutral, "닉네임이아주아주긴사람입니다그래도끝까지보여야합니다", func() {}),
	)
	return padded(13, 13, 20, 20, container.NewBorder(nil, nil, nil, container.NewCenter(right), left))
}

func editor(clock timer.Clock) (*surface.Card, *input.TextField) {
	title := input.NewTextField("제목", "방송 제목", 75, func(over int) string {
		return fmt.Sprintf("75자까지 쓸 수 있습니다. %d자를 줄여 주세요.", over)
	}, clock)
	title.SetText("[생] 자러 가기 전 한 판만 더 · 시즌 12화")
	words := input.PickerWords{Label: "카테고리", Placeholder: "고르기", Change: "변경", Search: "카테고리 검색", None: "찾지 못했습니다"}
	category := input.NewPicker(words, func(string) []input.PickItem { return nil }, clock)
	category.SetPicked(input.PickItem{ID: "00040066", Name: "배틀그라운드", Detail: "00040066"})
	words.Label, words.Change = "언어", ""
	language := input.NewPicker(words, func(string) []input.PickItem { return nil }, clock)
	language.SetPicked(input.PickItem{ID: "ko", Name: "한국어"})
	tags := input.NewHashtagField("해시태그", "추가…", 5, "", nil, clock)
	tags.SetTags([]string{"게임", "배틀그라운드", "배그"})
	chips := container.New(wrapped(10), control.NewChip("전체 이용가", func() {}, nil), control.NewChip("공개", func() {}, nil),
		control.NewChip("대기 10분", func() {}, nil))
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(10), control.NewButton("변경 사항 적용", nil, control.Primary, func() {}),
		control.NewButton("되돌리기", nil, control.Plain, func() {}), layout.NewSpacer(),
		control.NewButton("프리셋", look.IconChevron.Resource(), control.Quiet, func() {}))
	form := container.New(layout.NewCustomPaddedVBoxLayout(14), title,
		container.New(layouts.NewColumns(12, 140), category, language), tags, chips, buttons)
	return surface.NewCard("방송 정보", "바뀐 항목만 보냅니다", container.NewVScroll(form)), title
}

func liveScene(clock *fakeclock.Clock, narrow bool) (fyne.CanvasObject, func(*layer.Layer)) {
	card, title := editor(clock)
	spark := status.NewSparkline(17, paint.ToneGood)
	spark.Set([]float64{6.6, 7, 6.4, 7.2, 6.8, 7, 5, 6.9, 7.2, 6.8, 7.4, 6.8, 7, 6.9, 7.2, 6.8, 7.3})
	loss := status.NewStat("0.02%", "네트워크 드롭")
	loss.Set("2.41%", paint.ToneWarn)
	stats := container.New(layouts.NewColumns(10, 110), status.NewStat("7,912", "kbps 영상+음성"), loss,
		status.NewStat("60.0", "FPS"), status.NewStat("11%", "OBS CPU"))
	list := status.NewChecklist(clock)
	list.SetRows(
		status.CheckRow{State: status.CheckDone, Title: "OBS가 송출 중", Detail: "rtmp://stream.sooplive.co.kr · 키 확인됨"},
		status.CheckRow{State: status.CheckDone, Title: "SOOP에서 방송 중", Detail: "00:41 전에 확인"},
		status.CheckRow{State: status.CheckWarn, Title: "마이크가 2분째 조용합니다", Detail: "OBS의 ‘마이크’ 소스를 확인하세요"},
	)
	health := surface.NewCard("송출 상태", "자러가자 · 시청자 1,284", container.NewVScroll(container.New(layout.NewCustomPaddedVBoxLayout(16), spark, stats, list)))
	end := control.NewBigButton("방송 끝내기", control.OutlineDanger, func() {})
	right := container.NewBorder(nil, padded(12, 0, 0, 0, end), nil, nil, health)
	badge := status.NewLiveBadge()
	badge.Set(paint.ToneBad, "ON AIR")
	badge.SetTime("01:24:07")
	return screen(rail(clock, status.CueOnAir, "live"), bar(badge), columns(card, right, narrow)), func(*layer.Layer) { title.Focus() }
}

func columns(left, right fyne.CanvasObject, narrow bool) fyne.CanvasObject {
	if narrow {
		return container.NewAppTabs(container.NewTabItem("방송 정보", left), container.NewTabItem("송출 상태", right))
	}
	return container.New(&twoColumns{}, left, right)
}

func screen(nav, top, body fyne.CanvasObject) fyne.CanvasObject {
	head := container.NewBorder(nil, container.NewVBox(), nil, nil, top)
	return container.NewBorder(nil, nil, nav, nil, container.NewBorder(head, nil, nil, nil, padded(0, 16, 20, 20, body)))
}

func readyScene(clock *fakeclock.Clock, narrow bool) (fyne.CanvasObject, func(*layer.Layer)) {
	card, _ := editor(clock)
	list := status.NewChecklist(clock)
	list.SetRows(
		status.CheckRow{State: status.CheckDone, Title: "SOOP에 로그인됨", Detail: "자러가자 (soop1234)"},
		status.CheckRow{State: status.CheckRunning, Title: "OBS에 연결하는 중", Detail: "OBS 29.0.2 · 자동으로 찾음"},
		status.CheckRow{State: status.CheckFailed, Title: "OBS가 다른 곳을 가리킵니다", Detail: "마지막 설정 뒤에 바뀌었습니다", Action: "OBS 설정하기", OnAction: func() {}},
		status.CheckRow{State: status.CheckWarn, Title: "비트레이트 9,000 kbps", Detail: "SOOP 한도는 8,000 kbps입니다"},
		status.CheckRow{State: status.CheckSkipped, Title: "제목과 카테고리", Detail: "바뀐 것이 없습니다"},
		status.CheckRow{Title: "송출 시작"},
		status.CheckRow{Title: "SOOP에서 방송 확인"},
	)
	ready := surface.NewCard("방송 준비", "", container.NewVScroll(list))
	setup := control.NewBigButton("OBS 설정하기", control.Primary, func() {})
	right := container.NewBorder(nil, padded(12, 0, 0, 0, setup), nil, nil, ready)
	return screen(rail(clock, status.CueReady, "live"), bar(label.NewLine("방송 전", label.Style{Color: "placeholder"})), columns(card, right, narrow)), nil
}

func welcomeScene(clock *fakeclock.Clock, _ bool) (fyne.CanvasObject, func(*layer.Layer)) {
	cue := status.NewCueLight(56, clock, func() {})
	cue.Set(status.CueReady, "")
	heading := label.Heading()
	heading.Align = fyne.TextAlignCenter
	tiles := control.NewTiles(nil, control.Tile{ID: "soop", Title: "SOOP"}, control.Tile{ID: "afreeca", Title: "AfreecaTV"},
		control.Tile{ID: "kollus", Title: "Kollus Live"}, control.Tile{ID: "tencent", Title: "Tencent"})
	tiles.SetChosen("soop")
	list := status.NewChecklist(clock)
	list.SetRows(
		status.CheckRow{State: status.CheckDone, Label: "1", Strong: true, Title: "플랫폼", Detail: "SOOP"},
		status.CheckRow{State: status.CheckDone, Strong: true, Title: "OBS", Detail: "OBS 29.0.2를 찾았습니다. 비밀번호도 읽었습니다."},
		status.CheckRow{Label: "3", Strong: true, Title: "로그인", Detail: "브라우저가 열리고, 끝나면 여기로 돌아옵니다."},
	)
	card := surface.NewCard("", "", container.New(layout.NewCustomPaddedVBoxLayout(16), tiles, list))
	column := container.New(layout.NewCustomPaddedVBoxLayout(14), container.NewCenter(cue),
		label.NewLine("곧 방송입니다", heading), label.NewLine("세 걸음이면 OBS가 준비됩니다. 언제든 되돌릴 수 있습니다.",
			label.Style{Color: "placeholder", Align: fyne.TextAlignCenter}), card,
		control.NewBigButton("브라우저에서 로그인", control.Primary, func() {}))
	return container.NewCenter(container.New(wide(520), column)), nil
}
