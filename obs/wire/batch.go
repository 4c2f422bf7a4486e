package wire

import "github.com/andreykaipov/goobs/api/opcodes"

// SerialRealtime is the execution type in which OBS runs the requests of a batch
// one right after another on one thread (protocol.md, RequestBatchExecutionType).
const SerialRealtime = 0

// Batch is the data of several requests made in one go (protocol.md,
// RequestBatch).
type Batch struct {
	ID            string         `json:"requestId"`
	HaltOnFailure bool           `json:"haltOnFailure"`
	ExecutionType int            `json:"executionType"`
	Requests      []BatchRequest `json:"requests"`
}

// BatchRequest is one of them. Within a batch the answer of one request can fill
// in fields of a later one, through variables.
type BatchRequest struct {
	opcodes.Request
	// Inputs has the variable that fills in a field of the request, by field. One
	// that is not there fills in nothing.
	Inputs map[string]string `json:"inputVariables,omitempty"`
	// Outputs has the field of the answer that a variable takes, by variable.
	Outputs map[string]string `json:"outputVariables,omitempty"`
}

// BatchResponse is the data of the answer: one result for each request up to the
// first that failed.
type BatchResponse struct {
	Results []opcodes.RequestResponse `json:"results"`
}
