package state

import (
	"fmt"
	"testing"
)

func TestNoticesAreBoundedAndNumberedOn(t *testing.T) {
	s := State{}
	for i := range maxNotices + 7 {
		s = Reduce(s, NoticePosted{Notice{Key: fmt.Sprint(i), Seq: 999}})
	}
	if len(s.Notices) != maxNotices {
		t.Fatalf("%d notices", len(s.Notices))
	}
	for i, n := range s.Notices {
		if want := i + 8; n.Seq != want || n.Key != fmt.Sprint(want-1) {
			t.Errorf("notice %d is %+v", i, n)
		}
	}
}
