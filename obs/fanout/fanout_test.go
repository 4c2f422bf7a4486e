package fanout

import "testing"

func TestAFloodDropsWhatIsNotEssential(t *testing.T) {
	h := Hub[int]{Essential: func(n int) bool { return n == 0 }}
	q, leave := h.Listen()
	other, leaveOther := h.Listen()
	defer leaveOther()
	h.Publish(0)
	for n := 1; n <= length+9; n++ {
		h.Publish(n)
	}
	<-q.Ready()
	event, lost, ok := q.Take()
	if !ok || event != 0 || lost != 10 {
		t.Errorf("first %d after %d lost, %v; want the essential one after 10", event, lost, ok)
	}
	for want := 11; want <= length+9; want++ {
		if event, lost, ok = q.Take(); !ok || event != want || lost != 0 {
			t.Fatalf("got %d after %d lost, %v; want %d", event, lost, ok, want)
		}
	}
	if _, _, ok := q.Take(); ok {
		t.Error("more than were published")
	}
	leave()
	h.Publish(7)
	if _, _, ok := q.Take(); ok {
		t.Error("a listener that left is told")
	}
	if event, _, ok := other.Take(); !ok || event != 0 {
		t.Errorf("the other listener got %d, %v", event, ok)
	}
}

func TestAQueueOfEssentialsDropsTheOldest(t *testing.T) {
	h := Hub[int]{Essential: func(int) bool { return true }}
	q, leave := h.Listen()
	defer leave()
	for n := range length + 1 {
		h.Publish(n)
	}
	if event, lost, _ := q.Take(); event != 1 || lost != 1 {
		t.Errorf("got %d after %d lost", event, lost)
	}
}
