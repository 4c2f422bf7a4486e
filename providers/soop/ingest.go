package soop

import (
	"context"
	"net/url"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/ingestcheck"
	"cuelight/providers/internal/lenient"
	"cuelight/providers/internal/urlcheck"
)

// settings is what broad/rtmp tells about the broadcast (SOOP Open API,
// broad/rtmp, response parameters).
type settings struct {
	Title       lenient.Text   `json:"title"`
	Category    lenient.Text   `json:"category"`
	Language    lenient.Text   `json:"language"`
	Viewers     lenient.Number `json:"allowed_view_cnt"`
	Password    lenient.Flag   `json:"is_password"`
	Hidden      lenient.Flag   `json:"broad_hidden"`
	Grade       lenient.Number `json:"broad_grade"`
	Hashtags    hashtagList    `json:"hashtags"`
	Ending      lenient.Text   `json:"broad_ending_msg"`
	Wait        lenient.Flag   `json:"is_wait"`
	WaitMinutes lenient.Number `json:"waiting_time"`
	Watermark   lenient.Number `json:"water_mark"`
	TuneOut     lenient.Flag   `json:"broad_tune_out"`
	Paid        lenient.Flag   `json:"paid_promotion"`
}

// rtmpData is broad/rtmp's data. The settings are in info by the AfreecaTV
// document and by the SOOP document's table, in data by its example.
type rtmpData struct {
	Server lenient.Exact            `json:"rtmp"`
	Key    lenient.Exact            `json:"key"`
	Info   lenient.Record[settings] `json:"info"`
	Data   lenient.Record[settings] `json:"data"`
}

// Ingest implements providers.Ingester (SOOP Open API, broad/rtmp).
func (s *session) Ingest(ctx context.Context) (providers.Ingest, error) {
	data, err := s.rtmp(ctx)
	if err != nil {
		return providers.Ingest{}, err
	}
	return data.ingest()
}

// Broadcast implements providers.Editor: the settings that broad/rtmp answers.
func (s *session) Broadcast(ctx context.Context) (providers.Broadcast, error) {
	_, b, err := s.IngestAndBroadcast(ctx)
	return b, err
}

// IngestAndBroadcast implements providers.IngestEditor: broad/rtmp answers both.
func (s *session) IngestAndBroadcast(ctx context.Context) (providers.Ingest, providers.Broadcast, error) {
	data, err := s.rtmp(ctx)
	if err != nil {
		return providers.Ingest{}, providers.Broadcast{}, err
	}
	set := data.Info
	if !set.Set {
		set = data.Data
	}
	if !set.Set {
		return providers.Ingest{}, providers.Broadcast{}, missing("broad/rtmp", "data.info")
	}
	ingest, err := data.ingest()
	return ingest, set.Value.broadcast(s.dialect), err
}

// rtmp makes the call and checks that the server and the key are there.
func (s *session) rtmp(ctx context.Context) (rtmpData, error) {
	const op = "broad/rtmp"
	a, err := s.callSignedIn(ctx, op, url.Values{"platform_type": {s.platformType}})
	if err != nil {
		return rtmpData{}, err
	}
	var data lenient.Record[rtmpData]
	_ = data.UnmarshalJSON(a["data"])
	switch {
	case !data.Set:
		return rtmpData{}, missing(op, "data")
	case urlcheck.RTMP("", data.Value.Server.String()) != nil:
		return rtmpData{}, missing(op, "data.rtmp")
	case data.Value.Key.String() == "":
		return rtmpData{}, missing(op, "data.key")
	}
	return data.Value, nil
}

func (d rtmpData) ingest() (providers.Ingest, error) {
	return ingestcheck.Answered("broad/rtmp", providers.Ingest{Server: d.Server.String(), Key: secret.New(d.Key.String())})
}

// broadcast converts the settings to a providers.Broadcast.
func (v settings) broadcast(d dialect) providers.Broadcast {
	b := providers.Broadcast{
		Title:             string(v.Title),
		ViewerLimit:       v.Viewers.Int(0),
		HasPassword:       bool(v.Password),
		Hidden:            bool(v.Hidden),
		AgeGrade:          v.Grade.Int(0),
		Hashtags:          v.Hashtags,
		EndingMessage:     string(v.Ending),
		Standby:           bool(v.Wait),
		StandbyMinutes:    v.WaitMinutes.Int(0),
		Watermark:         v.Watermark.Int(0),
		RefuseExploration: bool(v.TuneOut),
		PaidPromotion:     bool(v.Paid),
	}
	if number, ok := NormalizeCategory(string(v.Category)); ok {
		b.Category.Number = number
	}
	if d.language {
		b.Language = v.Language.String()
	}
	return b
}

// ResetKey implements providers.KeyResetter (SOOP Open API, broad/rtmp/reset).
// A running broadcast ends; in standby the new key works only when the standby
// time is over.
func (s *session) ResetKey(ctx context.Context) (secret.Text, error) {
	const op = "broad/rtmp/reset"
	a, err := s.callSignedIn(ctx, op, nil)
	if err != nil {
		return secret.Text{}, err
	}
	var key lenient.Exact
	_ = key.UnmarshalJSON(a["stream_key"])
	if key == "" || key == "null" {
		return secret.Text{}, missing(op, "stream_key")
	}
	got, err := ingestcheck.Answered(op, providers.Ingest{Key: secret.New(key.String())})
	return got.Key, err
}
