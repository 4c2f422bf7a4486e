package soop

import (
	"net/url"
	"strings"
	"time"

	"cuelight/providers/internal/lenient"
	"cuelight/providers/internal/urlcheck"
)

// koreanTime is the zone of every time the platform writes without one. It is
// fixed, so that machines without zone data read it too; Korea has had no
// summer time since 1988.
var koreanTime = time.FixedZone("KST", 9*60*60)

// parseTime reads a time into UTC; zero where there is none.
func parseTime(t lenient.Text) time.Time { return lenient.ParseTimeIn(t.String(), koreanTime) }

// pictureURL completes an address that starts with "//"; it is empty where the
// text is no web address.
func pictureURL(t lenient.Text) string {
	s := t.String()
	scheme := ""
	if strings.HasPrefix(s, "//") {
		scheme = "https:"
		// A simulated platform on this machine has no certificate.
		if u, err := url.Parse(s); err == nil && urlcheck.IsLoopback(u.Hostname()) {
			scheme = "http:"
		}
	}
	s = scheme + s
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return ""
	}
	return s
}

// watchURL is the page to watch a broadcast at (SOOP Open API, broad/list).
func (d dialect) watchURL(user, broadcast string) string {
	if user == "" || broadcast == "" {
		return ""
	}
	return d.playURL + "/" + url.PathEscape(user) + "/" + url.PathEscape(broadcast)
}

// embedURL is the player for other pages (SOOP Open API, broad/list).
func (d dialect) embedURL(user, broadcast string) string {
	if user == "" || broadcast == "" {
		return ""
	}
	return d.watchURL(user, broadcast) + "/embed"
}
