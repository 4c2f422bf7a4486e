package obs

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestASceneIsFoundHoweverItsNameIsTyped(t *testing.T) {
	const korean = "방송 화면"
	s := Scenes{Current: "now", Names: []string{"now", korean, " edges ", norm.NFD.String("쉬는 시간")}}
	for typed, want := range map[string]string{
		"": "now", korean: korean, norm.NFD.String(korean): korean, "\ufeff" + korean + "\u200b": korean,
		" edges ": " edges ", "edges": " edges ", "쉬는 시간": norm.NFD.String("쉬는 시간"), "none": "none",
	} {
		if got := s.named(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}
