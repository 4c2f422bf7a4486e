package soop

import (
	"context"
	"regexp"

	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// Station implements providers.StationInfo (AfreecaTV Open API,
// member/stationinfo, whose address is user/stationinfo). The SOOP document's
// example answer is null: then everything but Loyal, -1, is empty.
func (s *session) Station(ctx context.Context) (providers.Station, error) {
	station, _, err := s.station(ctx)
	return station, err
}

// stationData is the answer's data.
type stationData struct {
	Nick    lenient.Text   `json:"user_nick"`
	Name    lenient.Text   `json:"station_name"`
	Picture lenient.Text   `json:"profile_image"`
	Last    lenient.Text   `json:"lately_broad_date"`
	Loyal   lenient.Number `json:"favorite_cnt"`
}

// station returns the login id as well, empty where the picture does not tell.
func (s *session) station(ctx context.Context) (providers.Station, string, error) {
	a, err := s.callSignedIn(ctx, "user/stationinfo", nil)
	if err != nil {
		return providers.Station{Loyal: -1}, "", err
	}
	var data lenient.Record[stationData]
	_ = data.UnmarshalJSON(a["data"])
	d := data.Value
	return providers.Station{
		Nick: d.Nick.String(), Name: d.Name.String(), Picture: pictureURL(d.Picture),
		Loyal: max(d.Loyal.Int(-1), -1), LastBroadcast: parseTime(d.Last),
	}, pictureOwner(string(d.Picture)), nil
}

// pictureForm is where pictures lie: …/LOGO/<first two letters>/<id>/<id>.jpg.
var pictureForm = regexp.MustCompile(`(?i)/LOGO/[^/]{1,2}/([a-z0-9_]{1,32})/`)

// pictureOwner reads the login id off a picture's address.
func pictureOwner(address string) string {
	if m := pictureForm.FindStringSubmatch(address); m != nil {
		return m[1]
	}
	return ""
}
