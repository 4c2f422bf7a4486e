package tencent

import (
	"encoding/json"
	"strconv"
	"strings"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
)

// again is what another try of a call would take.
type again int

const (
	// no: it would end the same.
	no again = iota
	// soon: the service asks to try again.
	soon
	// later: calls came too often.
	later
	// resign: the signature has ended.
	resign
)

// verdict is what every answer says (document, Response Packet Field
// Description). HTTP says 200 whatever happened.
type verdict struct {
	Status    lenient.Text    `json:"ActionStatus"`
	Code      lenient.Number  `json:"ErrorCode"`
	Info      lenient.Text    `json:"ErrorInfo"`
	RequestID lenient.Text    `json:"RequestId"`
	Response  json.RawMessage `json:"Response"`
}

// meaning is what an error code comes down to.
type meaning struct {
	kind   error
	reason string
	field  string
	again  again
}

// meanings are the documented codes (Error Codes, 60000 to 79999, and the
// interface's own from 100001 on).
var meanings = map[int]meaning{
	60002: {kind: providers.ErrRefused, reason: "platform.request"},
	60003: {kind: providers.ErrRefused, reason: "platform.request"},
	60004: {kind: providers.ErrSignIn, reason: "identifier.wrong", field: FieldIdentifier},
	60005: {kind: providers.ErrSignIn, reason: "secret_key.wrong", field: FieldSecretKey},
	60006: {kind: providers.ErrSignIn, reason: "sdkappid.wrong", field: FieldSDKAppID},
	60007: {kind: providers.ErrTooFrequent, reason: "platform.too_frequent", again: later},
	60008: {kind: providers.ErrUnreachable, reason: "platform.timeout", again: soon},
	60010: {kind: providers.ErrRefused, reason: "admin.needed", field: FieldIdentifier},
	60012: {kind: providers.ErrSignIn, reason: "sdkappid.wrong", field: FieldSDKAppID},
	// A signature made this moment and ended already: one of the two clocks is
	// wrong, and ours is the likelier.
	70001:  {kind: providers.ErrRefused, reason: "usersig.clock", again: resign},
	70003:  {kind: providers.ErrSignIn, reason: "secret_key.wrong", field: FieldSecretKey},
	70005:  {kind: providers.ErrSignIn, reason: "secret_key.wrong", field: FieldSecretKey},
	70009:  {kind: providers.ErrSignIn, reason: "secret_key.wrong", field: FieldSecretKey},
	70013:  {kind: providers.ErrSignIn, reason: "identifier.wrong", field: FieldIdentifier},
	70014:  {kind: providers.ErrSignIn, reason: "sdkappid.wrong", field: FieldSDKAppID},
	70169:  {kind: providers.ErrUnreachable, reason: "platform.fault", again: soon},
	70500:  {kind: providers.ErrUnreachable, reason: "platform.fault", again: soon},
	100001: {kind: providers.ErrUnreachable, reason: "platform.fault", again: soon},
	100002: {kind: providers.ErrRefused, reason: "platform.parameter"},
	100004: {kind: providers.ErrRefused, reason: "room.unknown"},
}

// judge reads an answer: its Response, or what is wrong and what another try
// would take.
func judge(a httpcall.Answer) (json.RawMessage, again, error) {
	if fault := a.Fault(); fault != nil {
		return nil, no, fault
	}
	var v verdict
	if err := a.JSON(&v); err != nil {
		return nil, no, err
	}
	ok := strings.EqualFold(v.Status.String(), "OK")
	code := v.Code.Int(0)
	switch {
	case ok && code == 0:
		return v.Response, no, nil
	case v.Status == "" && !v.Code.Set:
		return nil, no, a.Missing("ActionStatus")
	}
	m, known := meanings[code]
	if !known {
		m = meaning{kind: providers.ErrRefused}
	}
	e := a.Fail(m.kind, m.reason, v.Info.String())
	e.Code, e.Field = strconv.Itoa(code), m.field
	return nil, m.again, e
}
