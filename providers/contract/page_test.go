package contract

import (
	"net/url"
	"testing"

	"cuelight/providers"
)

func TestOverlaysHaveAnAddressOfTheirOwnEach(t *testing.T) {
	with(t, func(w *world, s providers.Overlays) {
		ctx := w.t.Context()
		seen := map[string]bool{}
		for _, kind := range providers.OverlayKinds {
			for _, device := range []string{"pc", "mobile"} {
				got, err := s.Overlay(ctx, kind, device)
				if err != nil {
					w.t.Fatal(err)
				}
				u, err := url.Parse(got.Reveal())
				if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || seen[got.Reveal()] {
					w.t.Errorf("%s on %s: an address that is none, or another's", kind, device)
				}
				seen[got.Reveal()] = true
				w.vault.Values["overlay"] = got
				w.withoutSecrets("the overlay", got)
			}
		}
		w.clear()
		_, err := s.Overlay(ctx, "karaoke", "pc")
		w.usage("an unknown kind", err)
		_, err = s.Overlay(ctx, "chat", "fridge")
		w.usage("an unknown device", err)
	})
}

func TestFiltersHoldAnEntryOnceUntilItIsRemoved(t *testing.T) {
	with(t, func(w *world, s providers.Filters) {
		ctx := w.t.Context()
		values := map[string]string{"streamer": "someone", "category": w.platform.category[0], "keyword": "사설 도박"}
		for _, kind := range s.FilterKinds() {
			value := values[kind]
			find := func() (found []providers.Filter, others int) {
				list, err := s.Filters(ctx, kind)
				if err != nil {
					w.t.Fatal(err)
				}
				for _, f := range list {
					if f.Value == value {
						found = append(found, f)
					} else if f.Removable {
						others++
					}
				}
				return found, others
			}
			_, before := find()
			for _, reason := range []string{"이유", "다른 이유"} {
				if err := s.PutFilter(ctx, kind, value, reason); err != nil {
					w.t.Fatalf("%s: %v", kind, err)
				}
				if got, _ := find(); len(got) != 1 || got[0].Reason != reason || !got[0].Removable {
					w.t.Errorf("%s: %+v", kind, got)
				}
			}
			if err := s.RemoveFilter(ctx, kind, value); err != nil {
				w.t.Errorf("%s: %v", kind, err)
			}
			if got, others := find(); len(got) != 0 || others != before {
				w.t.Errorf("%s: %+v, %d others (before: %d)", kind, got, others, before)
			}
		}
	})
}

func TestThePlatformsOwnFiltersStayAndNonsenseIsNotSent(t *testing.T) {
	with(t, func(w *world, s providers.Filters) {
		ctx := w.t.Context()
		for _, kind := range s.FilterKinds() {
			list, err := s.Filters(ctx, kind)
			if err != nil {
				w.t.Fatal(err)
			}
			for _, f := range list {
				if f.Removable {
					continue
				}
				err := s.RemoveFilter(ctx, kind, f.Value)
				if e := failure(err); e.Kind != providers.ErrRefused || e.Message == "" {
					w.t.Errorf("%s %s: %v", kind, f.Value, err)
				}
			}
			if after, err := s.Filters(ctx, kind); err != nil || len(after) != len(list) {
				w.t.Errorf("%s: %d of %d are left, %v", kind, len(after), len(list), err)
			}
		}
		w.clear()
		for what, err := range map[string]error{
			"an unknown kind": s.PutFilter(ctx, "colour", "red", "x"), "no value": s.PutFilter(ctx, "keyword", " ", "x"),
			"no reason": s.PutFilter(ctx, "keyword", "x", " "), "nothing to remove": s.RemoveFilter(ctx, "keyword", ""),
			"a kind to remove": s.RemoveFilter(ctx, "colour", "red"),
		} {
			w.usage(what, err)
		}
		_, err := s.Filters(ctx, "colour")
		w.usage("a kind to list", err)
	})
}

func TestEmbedsKeepTheShapeOfThePicture(t *testing.T) {
	with(t, func(w *world, s providers.Embeds) {
		ctx := w.t.Context()
		const video = "https://vod.sooplive.co.kr/player/71021072"
		for _, size := range [][4]int{{0, 0, 640, 360}, {800, 0, 800, 450}, {0, 450, 800, 450}, {1280, 720, 1280, 720}} {
			got, err := s.Embed(ctx, video, size[0], size[1])
			if err != nil || got.Width != size[2] || got.Height != size[3] || got.HTML == "" || got.Title == "" {
				w.t.Errorf("%v: %+v, %v", size, got, err)
			}
		}
		if _, err := s.Embed(ctx, "https://vod.sooplive.co.kr/player/1", 0, 0); failure(err).Kind != providers.ErrRefused {
			w.t.Errorf("a video that is gone: %v", err)
		}
		w.clear()
		for _, address := range []string{"", "https://evil.example/player/1", "javascript:alert(1)", "https://u:p@vod.sooplive.co.kr/player/1"} {
			_, err := s.Embed(ctx, address, 0, 0)
			w.usage(address, err)
		}
		_, err := s.Embed(ctx, video, -1, 0)
		w.usage("a negative width", err)
	})
}
