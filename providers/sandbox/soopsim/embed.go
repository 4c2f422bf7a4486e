package soopsim

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
)

// The default size of an embedded player, from the documents.
const (
	defaultWidth  = 640
	defaultHeight = 360
)

// vodAddress takes the addresses the documents list, of both names of the
// service.
var vodAddress = regexp.MustCompile(
	`^https?://(?:vod\.(?:sooplive\.co\.kr|sooplive\.com|afreecatv\.com)/(?:player|ST)|v\.afree\.ca/ST)/(\d{1,12})(?:[/?#].*)?$`)

// embedJSON has the members in the documented order.
type embedJSON struct {
	Version      string `json:"version"`
	Type         string `json:"type"`
	ProviderName string `json:"provider_name"`
	ProviderURL  string `json:"provider_url"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	Title        string `json:"title"`
	AuthorName   string `json:"author_name"`
	AuthorURL    string `json:"author_url"`
	HTML         string `json:"html"`
}

// embed is oembed/embedinfo, GET and POST. It wants no application and no
// token.
func embed(w http.ResponseWriter, c *call) {
	match := vodAddress.FindStringSubmatch(c.params["vod_url"])
	// Low numbers stand for recordings that are gone.
	if match == nil || len(match[1]) < 4 {
		c.refuse(w, resultRefused, msgVOD, "")
		return
	}
	width, height := defaultWidth, defaultHeight
	if n, err := strconv.Atoi(c.params["width"]); err == nil && n > 0 && n <= 7680 {
		// 16:9 from the width; a height that is sent counts for nothing.
		width, height = n, (n*9+8)/16
	}
	title, author, authorID := findVOD(match[1])
	writeJSON(w, embedJSON{
		Version: "1.0", Type: "video", ProviderName: c.d.provider, ProviderURL: c.d.home,
		Width: width, Height: height, Title: title, AuthorName: author, AuthorURL: c.d.stationURL + authorID,
		HTML: fmt.Sprintf("<iframe width='%d' height='%d' src='//%s/player/%s/embed?type=station&autoPlay=false&mutePlay=false'"+
			" frameborder='0' allow='accelerometer; autoplay; encrypted-media; gyroscope; picture-in-picture' allowfullscreen=''></iframe>",
			width, height, c.d.vodHost, match[1]),
	})
}

// findVOD returns title and author of a recording: the one in the documents' example,
// or one of a simulated streamer.
func findVOD(number string) (title, author, authorID string) {
	if number == "71021072" {
		return "[DK vs GEN] 4세트 / 2021 LCK 스프링 결승전", "LoL_공식", "aflol"
	}
	digit, _ := strconv.Atoi(number[len(number)-1:])
	p := People[digit%len(People)]
	return p.Nick + "의 다시보기 #" + number, p.Nick, p.ID
}
