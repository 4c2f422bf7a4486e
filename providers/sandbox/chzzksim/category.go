package chzzksim

import (
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a search, as documented.
const (
	maxFound     = 50
	defaultFound = 20
)

// category is one category; it is known by its type and id together.
type category struct{ Type, ID, Name string }

// categories are the simulated ones. The ids of 리그 오브 레전드 and of talk are the
// service's, the others the sandbox's own.
var categories = []category{
	{"GAME", "League_of_Legends", "리그 오브 레전드"},
	{"GAME", "PUBG_BATTLEGROUNDS", "배틀그라운드"},
	{"GAME", "PUBG_MOBILE", "배틀그라운드 모바일"},
	{"GAME", "Lost_Ark", "로스트아크"},
	{"GAME", "MapleStory", "메이플스토리"},
	{"GAME", "MapleStory_Worlds", "메이플스토리 월드"},
	{"GAME", "VALORANT", "발로란트"},
	{"GAME", "Overwatch_2", "오버워치 2"},
	{"GAME", "Minecraft", "마인크래프트"},
	{"GAME", "StarCraft_Remastered", "스타크래프트 리마스터"},
	{"GAME", "StarCraft_II", "스타크래프트 II"},
	{"GAME", "Teamfight_Tactics", "전략적 팀 전투"},
	{"GAME", "Dungeon_Fighter", "던전앤파이터"},
	{"GAME", "Eternal_Return", "이터널 리턴"},
	{"GAME", "FC_Online", "FC 온라인"},
	{"GAME", "ELDEN_RING", "엘든 링"},
	{"GAME", "TEKKEN_8", "철권 8"},
	{"GAME", "Street_Fighter_6", "스트리트 파이터 6"},
	{"GAME", "Dead_by_Daylight", "데드 바이 데이라이트"},
	{"GAME", "Grand_Theft_Auto_V", "Grand Theft Auto V"},
	{"GAME", "Palworld", "팰월드"},
	{"GAME", "Hearthstone", "하스스톤"},
	{"GAME", "Diablo_IV", "디아블로 IV"},
	{"GAME", "World_of_Warcraft", "월드 오브 워크래프트"},
	{"GAME", "Baseball_Manager", "야구 매니저"},
	{"SPORTS", "Baseball", "야구"},
	{"SPORTS", "Football", "축구"},
	{"SPORTS", "Basketball", "농구"},
	{"SPORTS", "Golf", "골프"},
	{"ETC", "talk", "talk"},
	{"ETC", "Game_Talk", "게임 이야기"},
	{"ETC", "Music", "음악/노래"},
	{"ETC", "Mukbang", "먹방/쿡방"},
	{"ETC", "Art", "그림/아트"},
	{"ETC", "ASMR", "ASMR"},
	{"ETC", "Radio", "라디오"},
	{"ETC", "Study", "공부/작업"},
	{"ETC", "Travel", "여행"},
	{"ETC", "Golf", "골프 이야기"}, // an id that another type has as well
}

func findCategory(kind, id string) (category, bool) {
	for _, c := range categories {
		if c.Type == kind && c.ID == id {
			return c, true
		}
	}
	return category{}, false
}

// object is a category as the API writes it; some have no picture.
func (c category) object() map[string]any {
	out := map[string]any{"categoryType": c.Type, "categoryId": c.ID, "categoryValue": c.Name, "posterImageUrl": nil}
	if c.Type == "GAME" {
		out["posterImageUrl"] = "https://img.chzzk.example/poster/" + c.ID + ".jpg"
	}
	return out
}

// searchCategories is GET categories/search: a query matches anywhere in a name,
// and there are no pages.
func (s *Service) searchCategories(w http.ResponseWriter, r *http.Request) {
	query := strings.ToLower(norm.NFC.String(strings.TrimSpace(r.FormValue("query"))))
	size, ok := sizeOf(r, defaultFound, maxFound)
	if query == "" || !ok {
		refuse(w, http.StatusBadRequest, badValue)
		return
	}
	data := []map[string]any{}
	for _, c := range categories {
		if len(data) < size && strings.Contains(strings.ToLower(c.Name), query) {
			data = append(data, c.object())
		}
	}
	succeed(w, map[string]any{"data": data})
}

// sizeOf reads the parameter size.
func sizeOf(r *http.Request, def, most int) (size int, ok bool) {
	if r.FormValue("size") == "" {
		return def, true
	}
	size, err := strconv.Atoi(r.FormValue("size"))
	return size, err == nil && size >= 1 && size <= most
}
