package kollus

import (
	"cmp"
	"context"
	"net/http"
	"net/url"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/ingestcheck"
	"cuelight/providers/internal/ingeststore"
	"cuelight/providers/internal/lenient"
	"cuelight/providers/internal/urlcheck"
)

// ReasonNoKey marks the error of Ingest where the answers lack the server or
// the key: ask the user, once, and give both to KeepIngest.
const ReasonNoKey = "channel.no_key"

// ingest is where to stream to, under the names that may hold it: the manual
// speaks of a channel's application link and of a creator's stream key, and no
// public page documents what the API calls them.
type ingest struct {
	AppLink   lenient.Exact `json:"application_link"`
	RTMP      lenient.Exact `json:"rtmp_url"`
	Link      lenient.Exact `json:"link"`
	StreamKey lenient.Exact `json:"stream_key"`
}

// server returns the first of the links that is an RTMP address.
func (i ingest) server() string {
	for _, link := range []lenient.Exact{i.AppLink, i.RTMP, i.Link} {
		if urlcheck.RTMP("server", link.String()) == nil {
			return link.String()
		}
	}
	return ""
}

// Ingest implements providers.Ingester: what the user gave for the channel,
// else what the channel and its creators say. Its error with the reason
// channel.no_key says that both have to be asked for.
func (s *session) Ingest(ctx context.Context) (providers.Ingest, error) {
	if s.channel == "" {
		return providers.Ingest{}, usage("channel", "channel.none")
	}
	kept, _, err := s.ingests.Get(ctx, s.channel)
	if err != nil {
		return providers.Ingest{}, err
	}
	server, key := kept.Ingest.Server, kept.Ingest.Key.Reveal()
	if server != "" && key != "" {
		return kept.Ingest, nil
	}
	c, err := s.ownChannel(ctx)
	if err != nil {
		return providers.Ingest{}, err
	}
	told := mergeIngest(c.ingest, c.allCreators())
	server, key = cmp.Or(server, told.server), cmp.Or(key, told.key)
	if server == "" || key == "" {
		makers, err := s.creators(ctx)
		if err != nil {
			return providers.Ingest{}, err
		}
		told = mergeIngest(ingest{}, makers)
		server, key = cmp.Or(server, told.server), cmp.Or(key, told.key)
	}
	if server == "" || key == "" {
		return providers.Ingest{}, &providers.Error{
			Kind: providers.ErrUsage, Op: "channels/{key}/creators", Field: "stream_key", Reason: ReasonNoKey,
		}
	}
	return ingestcheck.Answered("channels/{key}/creators", providers.Ingest{Server: server, Key: secret.New(key)})
}

// ingestParts are a server and key found in answers; either may be missing.
type ingestParts struct{ server, key string }

// mergeIngest looks at the channel first, then at its creators: the first that
// has a key.
func mergeIngest(channel ingest, creators []creatorData) ingestParts {
	f := ingestParts{channel.server(), channel.StreamKey.String()}
	for _, c := range creators {
		if f.key == "" && c.StreamKey != "" {
			f.key = c.StreamKey.String()
			f.server = cmp.Or(c.server(), f.server)
		}
		f.server = cmp.Or(f.server, c.server())
	}
	return f
}

// creators asks who may broadcast on the channel. It is no error where the service
// does not say: the user can enter a key.
func (s *session) creators(ctx context.Context) ([]creatorData, error) {
	a, err := s.call(ctx, request{
		op: "channels/{key}/creators", method: http.MethodGet,
		path: "/channels/" + url.PathEscape(s.channel) + "/creators", absent: "channel.unknown",
	})
	if a.Status == http.StatusForbidden || a.Status == http.StatusNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list struct {
		Data lenient.List[creatorData] `json:"data"`
	}
	if err := a.JSON(&list); err != nil {
		return nil, err
	}
	return list.Data.Items, nil
}

// EncoderLimits implements providers.EncoderLimits: what the vendor's manual
// advises.
func (s *session) EncoderLimits(string) providers.Encoding {
	return providers.Encoding{KeyframeSeconds: 1, MaxFPS: 30, Codecs: []string{"h264"}}
}

// KeepIngest implements providers.IngestKeeper.
func (s *session) KeepIngest(ctx context.Context, i providers.Ingest) error {
	if s.channel == "" {
		return usage("channel", "channel.none")
	}
	i, err := ingestcheck.Given(i)
	if err != nil {
		return err
	}
	if i.Server == "" && i.Key.Empty() {
		return s.ingests.Remove(ctx, s.channel)
	}
	if i.Server != "" && urlcheck.RTMP("server", i.Server) != nil {
		return usage("server", "ingest.server_invalid")
	}
	return s.ingests.Put(ctx, s.channel, ingeststore.Entry{Ingest: i})
}
