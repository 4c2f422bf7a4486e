package soop

import (
	"net/url"
	"regexp"
	"strings"

	"cuelight/internal/text"
)

// VOD is a video of the platform.
type VOD struct {
	// Number is the video's own number.
	Number string
	// URL is its address, without anything that is not needed to find it.
	URL string
}

// vodHosts are the documented ones (oembed/embedinfo, vod_url, of both
// documents) and the platform's newer domain.
var vodHosts = map[string]bool{
	"vod.sooplive.co.kr": true, "vod.sooplive.com": true, "vod.afreecatv.com": true, "v.afree.ca": true,
}

// vodPath is /player/N or /ST/N, perhaps with more behind it.
var vodPath = regexp.MustCompile(`^/(?i:(player|st))/([0-9]{1,18})(?:/.*)?$`)

// ParseVOD reads the address of a video as users paste it: with or without a
// scheme, with a place in time or an /embed behind it. The error is of kind
// ErrUsage with the reason vod.address.
func ParseVOD(typed string) (VOD, error) {
	typed = text.Trim(typed)
	if strings.HasPrefix(typed, "//") {
		typed = "https:" + typed
	} else if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || u.Port() != "" {
		return VOD{}, usage("url", "vod.address", 0)
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	m := vodPath.FindStringSubmatch(u.Path)
	if !vodHosts[host] || m == nil {
		return VOD{}, usage("url", "vod.address", 0)
	}
	kind := "player"
	if strings.EqualFold(m[1], "ST") {
		kind = "ST"
	}
	return VOD{Number: m[2], URL: "https://" + host + "/" + kind + "/" + m[2]}, nil
}
