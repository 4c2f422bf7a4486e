package soopsim

import (
	"net/http"
	"strings"

	"cuelight/providers/sandbox/soopsim/catalog"
)

// dialect is one of the two documents.
type dialect struct {
	// prefix is the path the dialect is served under.
	prefix string
	name   string
	// settingsKey holds the settings in broad/rtmp's answer: SOOP's example
	// says "data", AfreecaTV's "info".
	settingsKey string
	// personFilter is the filter type for streamers.
	personFilter string
	// hasLanguage tells of the broadcast language, which AfreecaTV lacks.
	hasLanguage bool
	locales     []string
	// watchHost serves the pages viewers watch at, stationURL a streamer's
	// home.
	watchHost, vodHost, stationURL, home string
	provider                             string
	messages                             map[message]string
}

type message int

const (
	msgSuccess message = iota
	msgUpdated
	msgWaiting
	msgRefused
	msgClient
	msgSignIn
	msgRegistered
	msgDeleted
	msgNumber
	msgVOD
	msgOwner
)

var soop = &dialect{
	prefix: "/soop", name: "SOOP", settingsKey: "data", personFilter: "streamer", hasLanguage: true,
	locales:   []string{"ko_KR", "en_US", "zh_CN", "zh_TW", "th_TH"},
	watchHost: "play.sooplive.co.kr", vodHost: "vod.sooplive.co.kr",
	stationURL: "https://www.sooplive.co.kr/station/", home: "https://www.sooplive.co.kr", provider: "SOOP",
	messages: map[message]string{
		msgSuccess:    "Success",
		msgUpdated:    "Broadcast information change processed successfully.",
		msgWaiting:    "The broadcast standby time setting is incorrect.(515)",
		msgRefused:    "The broadcast information is incorrect.",
		msgClient:     "The client is not valid.",
		msgSignIn:     "로그인 후 이용해 주세요.",
		msgRegistered: "Register Complete",
		msgDeleted:    "Deletion complete",
		msgNumber:     "The certification number is incorrect.",
		msgVOD:        "The VOD does not exist.",
		msgOwner:      "Entries filtered by SOOP cannot be deleted.",
	},
}

var afreecatv = &dialect{
	prefix: "/afreecatv", name: "AfreecaTV", settingsKey: "info", personFilter: "bj",
	locales:   []string{"ko_KR", "en_US", "zh_CN", "zh_TW", "ja_JP", "th_TH", "vi_VN"},
	watchHost: "play.afreecatv.com", vodHost: "vod.afreecatv.com",
	stationURL: "https://bj.afreecatv.com/", home: "https://www.afreecatv.com", provider: "AFREECATV",
	messages: map[message]string{
		msgSuccess:    "성공",
		msgUpdated:    "방송정보 변경이 정상적으로 처리 되었습니다.",
		msgWaiting:    "방송대기 설정 시간이 올바르지 않습니다.(515)",
		msgRefused:    "방송정보가 올바르지 않습니다.",
		msgClient:     "유효하지 않은 클라이언트입니다.",
		msgSignIn:     "로그인 후 이용해 주세요.",
		msgRegistered: "등록 완료",
		msgDeleted:    "삭제 완료",
		msgNumber:     "인증 번호가 올바르지 않습니다.",
		msgVOD:        "존재하지 않는 VOD입니다.",
		msgOwner:      "아프리카TV에서 등록한 항목은 삭제할 수 없습니다.",
	},
}

var dialects = []*dialect{soop, afreecatv}

// call is one request in its dialect, its parameters read.
type call struct {
	*http.Request
	d      *dialect
	params params
}

type endpoint func(http.ResponseWriter, *call)

// endpoints are the paths of both documents, and validate/live/status, which
// is in neither but was seen on the service.
func (s *Service) endpoints() map[string]endpoint {
	signIn, tokens, channel := signIn{s.platform}, tokens{s.platform}, channel{s.platform}
	directory, filters, overlays := directory{s.platform, catalog.Crowd()}, filters{s.platform}, overlays{s.platform}
	return map[string]endpoint{
		"GET auth/code":             signIn.authorize,
		"POST auth/code":            signIn.codeByNumber,
		"GET auth/login":            signIn.loginPage,
		"POST auth/login":           signIn.loginDecision,
		"GET auth/token":            tokens.tokenWrongMethod,
		"POST auth/token":           tokens.token,
		"POST broad/rtmp":           channel.rtmp,
		"POST broad/rtmp/reset":     channel.resetKey,
		"POST broad/info/update":    channel.update,
		"POST user/stationinfo":     channel.station,
		"POST validate/live/status": channel.liveStatus,
		"GET broad/category/list":   directory.categoryList,
		"GET broad/list":            directory.broadList,
		"POST aqua/component/get":   overlays.overlay,
		"GET overlay/component":     overlays.overlayPage,
		"GET filter/{type}":         filters.filterList,
		"POST filter/{type}":        filters.filterPut,
		"DELETE filter/{type}":      filters.filterDelete,
		"GET oembed/embedinfo":      embed,
		"POST oembed/embedinfo":     embed,
	}
}

func (s *Service) dialectHandler(d *dialect, endpoints map[string]endpoint) http.Handler {
	mux := http.NewServeMux()
	for pattern, handle := range endpoints {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" "+d.prefix+"/"+path, func(w http.ResponseWriter, r *http.Request) {
			p, err := readParams(r)
			if err != nil {
				oauthError(w, http.StatusBadRequest, "invalid_request", "The request could not be read")
				return
			}
			handle(w, &call{Request: r, d: d, params: p})
		})
	}
	return s.Faults.Middleware(d.name, func(r *http.Request) string {
		return strings.Trim(strings.TrimPrefix(r.URL.Path, d.prefix), "/")
	}, mux)
}
