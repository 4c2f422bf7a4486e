// Package tencentsim simulates the live rooms of Tencent Chat's REST API: calls
// signed with a UserSig, a list of rooms whose order changes while it is read,
// one room's information, changes to it, and the documented error codes.
//
// It is written from the documents and shares no code with Cuelight's own
// client; a UserSig is checked by the vendor's own module.
package tencentsim

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox/fault"
	"cuelight/providers/sandbox/store"
)

// The simulated app and its administrator.
const (
	SDKAppID   = 1400000000
	Identifier = "administrator"
)

// prefix is the path everything is served under; service that of the calls.
const (
	prefix  = "/tencent"
	service = prefix + "/v4/live_engine_http_srv/"
)

// Config is what a Service is made of.
type Config struct {
	State  *store.Document[State]
	Faults *fault.Set
	// Seed is what the app's secret key is derived from.
	Seed secret.Text
	Now  func() time.Time
	Log  *slog.Logger
}

// Service is the simulated platform. It is safe for use from any goroutine.
type Service struct {
	Config
	mu sync.Mutex // guards listCalls
	// listCalls are when the list calls of the last second came.
	listCalls []time.Time
}

// New makes a Service.
func New(c Config) *Service { return &Service{Config: c} }

// SecretKey returns the simulated app's secret key.
func (s *Service) SecretKey() secret.Text {
	mac := hmac.New(sha256.New, []byte(s.Seed.Reveal()))
	mac.Write([]byte("tencent secret key"))
	return secret.New(hex.EncodeToString(mac.Sum(nil)))
}

// Mount adds the platform to a mux, under /tencent.
func (s *Service) Mount(mux *http.ServeMux) {
	own := http.NewServeMux()
	for command, handle := range commands {
		own.HandleFunc("POST "+service+command, func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
			if err != nil || len(body) == 0 {
				writeError(w, 60003, "request body is empty or not JSON")
				return
			}
			if code, info := s.authenticate(r); code != 0 {
				writeError(w, code, info)
				return
			}
			handle(s, w, r, body)
		})
	}
	own.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { writeError(w, 60002, "HTTP request is not a known one") })
	mux.Handle(prefix+"/", s.Faults.Middleware("Tencent", func(r *http.Request) string {
		return strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, service), prefix+"/")
	}, own))
}

var commands = map[string]func(*Service, http.ResponseWriter, *http.Request, []byte){
	"get_room_list":    (*Service).list,
	"get_room_info":    (*Service).info,
	"update_room_info": (*Service).update,
}

// envelope is what every answer begins with; HTTP says 200 whatever happened.
type envelope struct {
	Status    string `json:"ActionStatus"`
	Info      string `json:"ErrorInfo"`
	Code      int    `json:"ErrorCode"`
	RequestID string `json:"RequestId"`
	Response  any    `json:"Response,omitempty"`
}

func writeError(w http.ResponseWriter, code int, info string) {
	writeEnvelope(w, envelope{Status: "FAIL", Info: info, Code: code})
}

func writeOK(w http.ResponseWriter, response any) {
	writeEnvelope(w, envelope{Status: "OK", Response: response})
}

func writeEnvelope(w http.ResponseWriter, v envelope) {
	v.RequestID = "Id-" + strings.ToLower(rand.Text()) + "-O-Seq-1"
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	// An error here means that the caller has gone.
	_ = json.NewEncoder(w).Encode(v)
}

// internalError answers an error of the sandbox itself, such as a full disk.
func (s *Service) internalError(w http.ResponseWriter, err error) {
	s.Log.Error("sandbox cannot keep its state", "error", err)
	writeError(w, 100001, "internal server error")
}

// Snapshot is the platform as it is now, for demonstrations and tests, without
// signatures and keys.
type Snapshot struct {
	// Streaming are the rooms somebody streams into.
	Streaming []string `json:"streaming"`
	// Changed are the rooms that were changed, with their present names.
	Changed map[string]string `json:"changed"`
	// TooMany counts list calls refused for coming too often, Lists all.
	Lists   int `json:"lists"`
	TooMany int `json:"too_many"`
}

// Snapshot returns the present state.
func (s *Service) Snapshot(ctx context.Context) (Snapshot, error) {
	shot := Snapshot{Streaming: []string{}, Changed: map[string]string{}}
	err := s.State.View(ctx, func(st *State) {
		shot.Lists, shot.TooMany = st.Lists, st.TooMany
		for _, r := range st.Rooms {
			if r.streaming(s.Now()) {
				shot.Streaming = append(shot.Streaming, r.ID)
			}
			if r.Changed {
				shot.Changed[r.ID] = r.Name
			}
		}
	})
	return shot, err
}
