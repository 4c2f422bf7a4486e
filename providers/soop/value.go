package soop

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// koreanTime is the zone of every time the platform writes without one. It is
// fixed, so that machines without zone data read it too; Korea has had no
// summer time since 1988.
var koreanTime = time.FixedZone("KST", 9*60*60)

// clockLayouts are how the two documents and the service write times.
var clockLayouts = []string{
	"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02",
}

// clock reads a time into UTC; zero where there is none.
func clock(t text) time.Time {
	s := t.Trimmed()
	if seconds, err := strconv.ParseInt(s, 10, 64); err == nil && seconds > 1e8 && seconds < 1e11 {
		return time.Unix(seconds, 0).UTC()
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at.UTC()
	}
	for _, layout := range clockLayouts {
		if at, err := time.ParseInLocation(layout, s, koreanTime); err == nil && at.Year() > 1 {
			return at.UTC()
		}
	}
	return time.Time{}
}

// picture completes an address that starts with "//"; it is empty where the
// text is no web address.
func picture(t text) string {
	s := t.Trimmed()
	scheme := ""
	if strings.HasPrefix(s, "//") {
		scheme = "https:"
		// A simulated platform on this machine has no certificate.
		if u, err := url.Parse(s); err == nil && loopback(u.Hostname()) {
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
