package tencent

import (
	"encoding/json"
	"strconv"
	"strings"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
)

// retry says whether and how a failed call may be repeated.
type retry int

const (
	// noRetry: the result would be the same.
	noRetry retry = iota
	// retrySoon: the service asks to try again.
	retrySoon
	// retryLater: calls came too often.
	retryLater
	// renewSignature: the signature has ended.
	renewSignature
)

// envelope is the common part of every answer (document, Response Packet Field
// Description). HTTP says 200 whatever happened.
type envelope struct {
	Status   lenient.Text    `json:"ActionStatus"`
	Code     lenient.Number  `json:"ErrorCode"`
	Info     lenient.Text    `json:"ErrorInfo"`
	Response json.RawMessage `json:"Response"`
}

// errorCode is the meaning of a documented error code.
type errorCode struct {
	kind   error
	reason string
	field  string
	retry  retry
}

// errorCodes are the documented codes (Error Codes, 60000 to 79999, and the
// interface's own from 100001 on).
var errorCodes = map[int]errorCode{
	60002: {kind: providers.ErrRefused, reason: "platform.request"},
	60003: {kind: providers.ErrRefused, reason: "platform.request"},
	60004: {kind: providers.ErrSignIn, reason: "identifier.wrong", field: FieldIdentifier},
	60005: {kind: providers.ErrSignIn, reason: "secret_key.wrong", field: FieldSecretKey},
	60006: {kind: providers.ErrSignIn, reason: "sdkappid.wrong", field: FieldSDKAppID},
	60007: {kind: providers.ErrTooFrequent, reason: "platform.too_frequent", retry: retryLater},
	60008: {kind: providers.ErrUnreachable, reason: "platform.timeout", retry: retrySoon},
	60010: {kind: providers.ErrRefused, reason: "admin.needed", field: FieldIdentifier},
	60012: {kind: providers.ErrSignIn, reason: "sdkappid.wrong", field: FieldSDKAppID},
	// A signature just made that has already expired: one of the two clocks is
	// wrong, more likely this computer's.
	70001:  {kind: providers.ErrRefused, reason: "usersig.clock", retry: renewSignature},
	70003:  {kind: providers.ErrSignIn, reason: "secret_key.wrong", field: FieldSecretKey},
	70005:  {kind: providers.ErrSignIn, reason: "secret_key.wrong", field: FieldSecretKey},
	70009:  {kind: providers.ErrSignIn, reason: "secret_key.wrong", field: FieldSecretKey},
	70013:  {kind: providers.ErrSignIn, reason: "identifier.wrong", field: FieldIdentifier},
	70014:  {kind: providers.ErrSignIn, reason: "sdkappid.wrong", field: FieldSDKAppID},
	70169:  {kind: providers.ErrUnreachable, reason: "platform.fault", retry: retrySoon},
	70500:  {kind: providers.ErrUnreachable, reason: "platform.fault", retry: retrySoon},
	100001: {kind: providers.ErrUnreachable, reason: "platform.fault", retry: retrySoon},
	100002: {kind: providers.ErrRefused, reason: "platform.parameter"},
	100004: {kind: providers.ErrRefused, reason: "room.unknown"},
}

// checkResponse returns the Response of an answer, or its error and whether the
// call may be repeated.
func checkResponse(a httpcall.Response) (json.RawMessage, retry, error) {
	if fault := a.ServiceError(); fault != nil {
		return nil, noRetry, fault
	}
	var v envelope
	if err := a.JSON(&v); err != nil {
		return nil, noRetry, err
	}
	ok := strings.EqualFold(v.Status.String(), "OK")
	code := v.Code.Int(0)
	switch {
	case ok && code == 0, v.Status == "" && v.Code.Set && code == 0:
		return v.Response, noRetry, nil
	case v.Status == "" && !v.Code.Set:
		return nil, noRetry, a.MissingError("ActionStatus")
	}
	m, known := errorCodes[code]
	if !known {
		m = errorCode{kind: providers.ErrRefused}
	}
	e := a.Error(m.kind, m.reason, v.Info.String())
	e.Code, e.Field = strconv.Itoa(code), m.field
	return nil, m.retry, e
}
