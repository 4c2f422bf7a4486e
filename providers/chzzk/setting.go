package chzzk

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/ingestcheck"
	"cuelight/providers/internal/lenient"
)

// opSetting reads and changes the settings, which needs a right each.
const opSetting = "lives/setting"

// Bounds of the settings, as the platform's studio was seen to hold them; the
// documents have none. A tag is letters and digits (Live, tags).
var limits = providers.Limits{
	providers.FieldTitle:    {Min: 1, Max: 100},
	providers.FieldCategory: {},
	providers.FieldHashtags: {Max: 5, Each: 15},
}

// settingData is the settings as they are read (Live, setting).
type settingData struct {
	Title    lenient.Text                 `json:"defaultLiveTitle"`
	Category lenient.Record[categoryData] `json:"category"`
	Tags     lenient.List[lenient.Text]   `json:"tags"`
}

// Ingest implements providers.Ingester (Live, streams/key). The server is a setting
// of the account.
func (s *session) Ingest(ctx context.Context) (providers.Ingest, error) {
	a, err := s.asUser(ctx, request{op: "streams/key", right: "방송 스트림키 조회"})
	if err != nil {
		return providers.Ingest{}, err
	}
	var data struct {
		Key lenient.Exact `json:"streamKey"`
	}
	if err := a.read(&data); err != nil {
		return providers.Ingest{}, err
	}
	if data.Key == "" {
		return providers.Ingest{}, a.MissingError("content.streamKey")
	}
	return ingestcheck.Answered(a.Op, providers.Ingest{Server: s.rtmpURL, Key: secret.New(data.Key.String())})
}

// EncoderLimits implements providers.EncoderLimits, with the figures that OBS's own
// list of services (2026-08) has for CHZZK.
func (s *session) EncoderLimits(string) providers.Encoding {
	return providers.Encoding{
		MaxVideoKbps: 8000, MaxAudioKbps: 192, MaxWidth: 1920, MaxHeight: 1080, MaxFPS: 60,
		KeyframeSeconds: 1, NoBFrames: true, Codecs: []string{"h264"},
	}
}

// Limits implements providers.Editor.
func (s *session) Limits() providers.Limits {
	all := make(providers.Limits, len(limits))
	for field, limit := range limits {
		all[field] = limit
	}
	return all
}

// Broadcast implements providers.Editor (Live, setting): what the channel's next
// broadcast begins with, or the present one shows.
func (s *session) Broadcast(ctx context.Context) (providers.Broadcast, error) {
	a, err := s.asUser(ctx, request{op: opSetting, right: "방송 설정 조회"})
	if err != nil {
		return providers.Broadcast{}, err
	}
	var data settingData
	if err := a.read(&data); err != nil {
		return providers.Broadcast{}, err
	}
	b := providers.Broadcast{Title: data.Title.String(), Category: data.Category.Value.category()}
	for _, tag := range data.Tags.Items {
		if tag != "" {
			b.Hashtags = append(b.Hashtags, tag.String())
		}
	}
	return b, nil
}

// Check implements providers.Editor: everything wrong with a patch, joined.
func (s *session) Check(p providers.Patch) error {
	var errs []error
	for _, field := range p.Fields() {
		switch field {
		case providers.FieldTitle:
			errs = append(errs, limits[field].CheckText(field, *p.Title))
		case providers.FieldCategory:
			errs = append(errs, checkCategory(*p.Category))
		case providers.FieldHashtags:
			errs = append(errs, checkTags(*p.Hashtags))
		default:
			errs = append(errs, usage(string(field), string(field)+".unsupported", 0))
		}
	}
	return errors.Join(errs...)
}

func checkTags(tags []string) error {
	tags = providers.TidyHashtags(tags)
	err := limits[providers.FieldHashtags].CheckEntries(providers.FieldHashtags, tags)
	if slices.ContainsFunc(tags, func(tag string) bool { return !providers.PlainHashtag(tag) }) {
		err = errors.Join(err, usage(string(providers.FieldHashtags), "hashtags.characters", 0))
	}
	return err
}

// Update implements providers.Editor (Live, change of the setting): what is left out
// stays as it is.
func (s *session) Update(ctx context.Context, p providers.Patch) error {
	if err := s.Check(p); err != nil {
		return err
	}
	body := map[string]any{}
	if p.Title != nil {
		body["defaultLiveTitle"] = text.Title(*p.Title)
	}
	if p.Category != nil {
		// An empty id removes the category; any other needs its type beside it.
		kind, id, _ := splitCategory(*p.Category)
		body["categoryId"] = id
		if id != "" {
			body["categoryType"] = kind
		}
	}
	if p.Hashtags != nil {
		body["tags"] = providers.TidyHashtags(*p.Hashtags)
	}
	if len(body) == 0 {
		return nil
	}
	_, err := s.asUser(ctx, request{op: opSetting, method: http.MethodPatch, body: body, right: "방송 설정 변경"})
	return err
}

// categoryForm is the form of a category's Number: its type and its id, joined by a
// colon. Types are GAME, SPORTS and ETC (Category), and others may come.
var categoryForm = regexp.MustCompile(`^([A-Z][A-Z0-9_]*):([^\s\p{C}]+)$`)

// splitCategory takes a Number apart.
func splitCategory(number string) (kind, id string, ok bool) {
	m := categoryForm.FindStringSubmatch(strings.TrimSpace(number))
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// checkCategory allows no category as well, which removes the one there is.
func checkCategory(number string) error {
	if _, _, ok := splitCategory(number); !ok && strings.TrimSpace(number) != "" {
		return usage(string(providers.FieldCategory), "category.unknown", 0)
	}
	return nil
}
