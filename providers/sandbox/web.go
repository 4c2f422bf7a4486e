package sandbox

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"

	"cuelight/providers/internal/urlcheck"
	"cuelight/providers/sandbox/chzzksim"
	"cuelight/providers/sandbox/fault"
	"cuelight/providers/sandbox/ingest"
	"cuelight/providers/sandbox/kollussim"
	"cuelight/providers/sandbox/page"
	"cuelight/providers/sandbox/soopsim"
	"cuelight/providers/sandbox/tencentsim"
)

// routes are all HTTP endpoints.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.index)
	mux.HandleFunc("GET /sandbox/state", s.showState)
	mux.HandleFunc("GET /sandbox/faults", s.showFaults)
	mux.HandleFunc("POST /sandbox/faults", s.addFaults)
	mux.HandleFunc("DELETE /sandbox/faults", s.clearFaults)
	mux.HandleFunc("POST /sandbox/on_publish", s.onPublish)
	mux.HandleFunc("POST /sandbox/on_publish_done", s.onPublishDone)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.pages.Message(w, r, http.StatusNotFound, page.NotFound)
	})
	s.soop.Mount(mux)
	s.kollus.Mount(mux)
	s.tencent.Mount(mux)
	s.chzzk.Mount(mux)
	return checkOrigin(mux)
}

// checkOrigin refuses other web sites: by the Host header (DNS rebinding), and by
// the headers that browsers send with forms and scripts of other sites.
func checkOrigin(next http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !urlcheck.IsLoopback(strings.Trim(host, "[]")) {
			http.Error(w, "the sandbox answers on this machine's own names only", http.StatusMisdirectedRequest)
			return
		}
		sameSite.ServeHTTP(w, r)
	})
}

// index is the page that says what this is.
func (s *Server) index(w http.ResponseWriter, r *http.Request) {
	client := s.Client()
	view := page.Index{
		ClientID: client.ID, Redirect: client.RedirectURI,
		Addresses: []page.Address{
			{Key: "addr_soop", URL: s.URL() + "/soop"},
			{Key: "addr_afreecatv", URL: s.URL() + "/afreecatv"},
			{Key: "addr_kollus", URL: s.URL() + "/kollus"},
			{Key: "addr_tencent", URL: s.URL() + "/tencent"},
			{Key: "addr_chzzk", URL: s.URL() + "/chzzk"},
			{Key: "addr_ingest", URL: s.IngestURL(r.Context())},
			{Key: "addr_state", URL: s.URL() + "/sandbox/state"},
		},
		People: s.soop.Cards(),
	}
	s.pages.Index(w, r, view)
}

// stateJSON is GET /sandbox/state: what a demonstration or a test wants to see,
// without tokens and keys.
type stateJSON struct {
	// User is who signed in last.
	User      string             `json:"user"`
	Streamers []soopsim.Snapshot `json:"streamers"`
	Ingest    struct {
		URL     string          `json:"url"`
		Streams []ingest.Stream `json:"streams"`
	} `json:"ingest"`
	Kollus  kollussim.Snapshot  `json:"kollus"`
	Tencent tencentsim.Snapshot `json:"tencent"`
	CHZZK   struct {
		User      string              `json:"user"`
		Streamers []chzzksim.Snapshot `json:"streamers"`
	} `json:"chzzk"`
	Calls  map[string]int `json:"calls"`
	Faults []fault.Fault  `json:"faults"`
}

func (s *Server) showState(w http.ResponseWriter, r *http.Request) {
	var out stateJSON
	var err error
	if out.User, out.Streamers, err = s.soop.Snapshots(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if out.Kollus, err = s.kollus.Snapshot(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if out.Tencent, err = s.tencent.Snapshot(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if out.CHZZK.User, out.CHZZK.Streamers, err = s.chzzk.Snapshots(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	out.Ingest.URL, out.Ingest.Streams = s.IngestURL(r.Context()), s.rtmp.streams()
	out.Calls, out.Faults = s.faults.Counts(), s.faults.Pending()
	asJSON(w, out)
}

func (s *Server) showFaults(w http.ResponseWriter, _ *http.Request) { asJSON(w, s.faults.Pending()) }

// addFaults takes one fault or a list of them, as JSON.
func (s *Server) addFaults(w http.ResponseWriter, r *http.Request) {
	if !isLocal(r) {
		http.Error(w, "faults are set from this machine only", http.StatusForbidden)
		return
	}
	var raw json.RawMessage
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&raw); err != nil {
		http.Error(w, "faults are JSON: "+err.Error(), http.StatusBadRequest)
		return
	}
	var list []fault.Fault
	if err := json.Unmarshal(raw, &list); err != nil {
		var one fault.Fault
		if err := json.Unmarshal(raw, &one); err != nil {
			http.Error(w, "not a fault: "+err.Error(), http.StatusBadRequest)
			return
		}
		list = []fault.Fault{one}
	}
	if err := s.faults.Add(list...); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	asJSON(w, s.faults.Pending())
}

func (s *Server) clearFaults(w http.ResponseWriter, r *http.Request) {
	if !isLocal(r) {
		http.Error(w, "faults are set from this machine only", http.StatusForbidden)
		return
	}
	s.faults.Clear()
	w.WriteHeader(http.StatusNoContent)
}

// onPublish is the callback of an ingest such as nginx-rtmp: any status but
// 2xx makes it refuse the publisher.
func (s *Server) onPublish(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm() // what cannot be read is no key
	_, err := s.begin(r.Context(), r.Form.Get("app"), callbackKey(r.Form), ingest.Hook)
	answerCallback(w, err)
}

func (s *Server) onPublishDone(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm() // what cannot be read is no key
	answerCallback(w, s.endKey(r.Context(), callbackKey(r.Form), ingest.Hook))
}

func answerCallback(w http.ResponseWriter, err error) {
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, soopsim.ErrUnknownKey), errors.Is(err, soopsim.ErrStandby),
		errors.Is(err, soopsim.ErrAlreadyLive), errors.Is(err, kollussim.ErrAlreadyLive),
		errors.Is(err, chzzksim.ErrAlreadyLive):
		http.Error(w, err.Error(), http.StatusForbidden)
	default:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func isLocal(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && urlcheck.IsLoopback(host)
}

func asJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	// An error here means that the caller has gone.
	_ = encoder.Encode(v)
}
