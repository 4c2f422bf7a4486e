package widgets_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/widgettest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The markup says in words what is drawn where, so that a difference can be read.
// How it all looks in our theme is held by the gallery of package look.
func TestGoldenMarkup(t *testing.T) {
	for name, build := range map[string]func(*fakeclock.Clock) fyne.CanvasObject{
		"checklist": func(c *fakeclock.Clock) fyne.CanvasObject {
			list := status.NewChecklist(c)
			list.SetRows(
				status.CheckRow{State: status.CheckDone, Title: "로그인됨", Detail: "자러가자"},
				status.CheckRow{State: status.CheckFailed, Title: "OBS가 다른 곳을 가리킵니다", Action: "OBS 설정하기"},
				status.CheckRow{State: status.CheckSkipped, Title: "제목"},
				status.CheckRow{Title: "송출 시작", Label: "3", Strong: true},
			)
			return list
		},
		"textfield-over": func(c *fakeclock.Clock) fyne.CanvasObject {
			f := input.NewTextField("제목", "방송 제목", 5, func(over int) string { return fmt.Sprintf("%d자 초과", over) }, c)
			f.SetText("일곱글자제목임")
			return f
		},
		"hashtags": func(c *fakeclock.Clock) fyne.CanvasObject {
			f := input.NewHashtagField("해시태그", "추가…", 5, "", nil, c)
			f.SetTags([]string{"게임", "배틀그라운드"})
			return f
		},
		"stat": func(*fakeclock.Clock) fyne.CanvasObject {
			s := status.NewStat("7,912", "kbps")
			s.Set("411", paint.ToneWarn)
			return s
		},
	} {
		t.Run(name, func(t *testing.T) {
			clock := fakeclock.New()
			w, _ := widgettest.Show(t, build(clock), fyne.NewSize(320, 240), clock)
			got, path := widgettest.Markup(w), filepath.Join("..", "testdata", "widgets", name+".xml")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("is drawn otherwise than in %s:\n%s", path, got)
			}
		})
	}
}
