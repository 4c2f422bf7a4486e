package providers

import "time"

// The orders of a DirectoryQuery.
const (
	OrderViewers = "viewers"
	OrderNewest  = "newest"
)

// DirectoryOptions are what a platform's list of live broadcasts can be asked for.
type DirectoryOptions struct {
	// Categories and Languages: the list can be narrowed to one of them.
	Categories, Languages bool
	// Orders are the orders that there are, the default first.
	Orders []string
}

// DirectoryQuery asks for one page of live broadcasts.
type DirectoryQuery struct {
	// Category is a Category.Number, or Language a code; at most one is set.
	Category, Language string
	// Order is OrderViewers (the default) or OrderNewest.
	Order string
	// Page counts from 1.
	Page int
}

// DirectoryPage is one page of live broadcasts. A page without entries is behind
// the last one.
type DirectoryPage struct {
	// Total is -1 where the platform does not say.
	Total, Page, PerPage int
	Entries              []LiveEntry
	// Generated is when the platform made the list.
	Generated time.Time
}

// LiveEntry is one live broadcast of anybody.
type LiveEntry struct {
	ID, UserID, Nick, Title string
	CategoryNumber          string
	// CategoryName is empty where the platform's list has numbers only.
	CategoryName string
	Viewers      int
	// Started is in UTC.
	Started                 time.Time
	AgeLimit                int
	Password, PaidPromotion bool
	RefuseExploration       bool
	WatchURL, EmbedURL      string
	Thumbnail, Picture      string
	BitrateKbps             int
	Resolution              string
}
