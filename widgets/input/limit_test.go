package input_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"cuelight/widgets/input"
)

func TestAFieldCountsInBytesWhereTheLimitDoes(t *testing.T) {
	said := 0
	field := input.NewTextField("제목", "", 5, func(int) string {
		t.Error("told in characters")
		return ""
	}, nil)
	field.SetByteLimit(100, input.ByteWords{
		Counter: func(used, limit int) string { return fmt.Sprintf("%d of %d", used, limit) },
		TooLong: func(over int) string { said = over; return "too long" },
	})
	for _, c := range []struct {
		text string
		over int
	}{
		{strings.Repeat("가", 33), 0},
		{norm.NFD.String(strings.Repeat("가", 33)), 0},
		{strings.Repeat("가", 33) + "a", 0},
		{strings.Repeat("가", 34), 2},
		{strings.Repeat("a", 101), 1},
	} {
		field.SetText(c.text)
		if got := field.Over(); got != c.over {
			t.Errorf("%d bytes are %d over", len(c.text), got)
		}
	}
	field.Refresh()
	if said != 1 {
		t.Errorf("said to be %d over", said)
	}
	field.SetLimit(101)
	if field.Over() != 0 {
		t.Error("still counted in bytes")
	}
}
