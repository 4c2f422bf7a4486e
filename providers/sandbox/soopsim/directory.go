package soopsim

type directory struct{}

func newDirectory() *directory { return nil }

// FilterEntry is one entry of a filter list.
type FilterEntry struct {
	Value  string `json:"value"`
	Reason string `json:"reason"`
}
