package soop

// The dialects, by the value of the account's field.
const (
	dialectSOOP      = "soop"
	dialectAfreecaTV = "afreecatv"
)

// dialect is where the two documents differ in what is sent.
type dialect struct {
	// baseURL is the API's address without a slash at the end.
	baseURL string
	// platformType is "the partner company name" (broad/rtmp).
	platformType string
	// playURL is where broadcasts are watched (broad/list).
	playURL string
	// streamer is the filter type for streamers (filter/{type}).
	streamer string
	// scope: the sign-in asks for rights.
	scope bool
	// language reports whether broadcasts have a language.
	language bool
	// locales are those of broad/category/list, the default first.
	locales []string
}

var dialects = map[string]dialect{
	// SOOP Open API. The document's hosts end in .co.kr; clients of 2026 use those
	// in .com. FieldBaseURL has the last word.
	dialectSOOP: {
		baseURL: "https://openapi.sooplive.com", platformType: "SOOP",
		playURL: "https://play.sooplive.com", streamer: "streamer", language: true, scope: true,
		locales: []string{"ko_KR", "en_US", "zh_CN", "zh_TW", "th_TH"},
	},
	// AfreecaTV Open API
	dialectAfreecaTV: {
		baseURL: "https://openapi.afreecatv.com", platformType: "AfreecaTV",
		playURL: "https://play.afreecatv.com", streamer: "bj",
		locales: []string{"ko_KR", "en_US", "zh_CN", "zh_TW", "ja_JP", "th_TH", "vi_VN"},
	},
}
