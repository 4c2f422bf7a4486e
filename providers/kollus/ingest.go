package kollus

import (
	"cmp"
	"context"

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
// else what the channel and the chosen one of its creators say. Its error with
// the reason channel.no_key says that both have to be asked for, creator.choose
// and creator.gone that a creator has to be chosen.
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
	server, key = cmp.Or(server, c.server()), cmp.Or(key, c.StreamKey.String())
	if server == "" || key == "" {
		all, err := s.everyCreator(ctx, c)
		if err != nil {
			return providers.Ingest{}, err
		}
		var chosen creatorData
		if key == "" {
			if chosen, err = choose(all, kept); err != nil {
				return providers.Ingest{}, err
			}
		}
		key = cmp.Or(key, chosen.StreamKey.String())
		server = cmp.Or(kept.Ingest.Server, chosen.server(), c.server(), firstServer(all))
	}
	if server == "" || key == "" {
		return providers.Ingest{}, &providers.Error{
			Kind: providers.ErrUsage, Op: opCreators, Field: "stream_key", Reason: ReasonNoKey,
		}
	}
	return ingestcheck.Answered(opCreators, providers.Ingest{Server: server, Key: secret.New(key)})
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
	if i.Server != "" && urlcheck.RTMP("server", i.Server) != nil {
		return usage("server", "ingest.server_invalid")
	}
	return s.ingests.Change(ctx, s.channel, func(kept ingeststore.Entry) ingeststore.Entry {
		kept.Ingest = i
		return kept
	})
}
