package providers

import "time"

// Stats are numbers about a channel and its latest broadcast.
type Stats struct {
	// Broadcast is the broadcast that Numbers are about; its members are empty
	// where the channel has had none.
	Broadcast struct {
		Key, Title     string
		OnAir          bool
		Started, Ended time.Time
	}
	// Numbers are in the platform's order.
	Numbers []StatNumber
	// Viewers are in the order of time, one for each Step that the platform
	// knows. Steps without anybody may be missing.
	Viewers []ViewerPoint
	Step    time.Duration
}

// StatNumber is one number of a summary.
type StatNumber struct {
	// Key is the platform's name for it, with a dot between levels; faces find
	// words for it under "stat.<key>".
	Key   string
	Value float64
}

// ViewerPoint is how many watched from a moment on.
type ViewerPoint struct {
	// At is in UTC.
	At    time.Time
	Count int
}
