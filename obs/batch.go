package obs

import (
	"context"
	"fmt"
	"slices"

	"github.com/andreykaipov/goobs/api"
	"github.com/andreykaipov/goobs/api/opcodes"

	"cuelight/obs/wire"
)

// batchCall is one request of a batch.
type batchCall struct {
	params api.Params
	// into takes the data of its answer; may be nil.
	into any
	// writes: it changes something in OBS, so that it must not be made twice.
	writes bool
	// outputs and inputs are those of wire.BatchRequest.
	outputs, inputs map[string]string
}

// batch lets OBS make several requests in one go, with no other request of
// this connection and no way through the network between them. It is no
// transaction: OBS's window and other clients may still act in between.
//
// OBS stops at the first request that fails. done is how many succeeded: of
// those the answers are filled in, and when the connection is lost before the
// answer came it is 0 although some may have been made. A batch of which nothing
// was written because OBS is not ready is retried. guard, which may be
// nil, is asked right before sending; its error sends nothing.
func (c *Client) batch(ctx context.Context, guard func() error, calls ...batchCall) (done int, err error) {
	op := calls[0].params.GetRequestName()
	var stopped error
	err = c.whenReady(ctx, op, func() error {
		done, stopped = c.batchOnce(ctx, op, guard, calls)
		if slices.ContainsFunc(calls[:done], func(c batchCall) bool { return c.writes }) {
			return nil // what was written must not be written twice
		}
		return stopped
	})
	if err == nil {
		err = stopped
	}
	return done, err
}

func (c *Client) batchOnce(ctx context.Context, op string, guard func() error, calls []batchCall) (done int, err error) {
	if err := c.awaitSwitch(ctx, op); err != nil {
		return 0, err
	}
	if guard != nil {
		if err := guard(); err != nil {
			return 0, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, c.dialer.Request)
	defer cancel()
	raw, err := c.conn.Exchange(ctx, wire.OpRequestBatch, func(id string) any {
		batch := wire.Batch{ID: id, HaltOnFailure: true, ExecutionType: wire.SerialRealtime}
		for _, call := range calls {
			request := opcodes.Request{Type: call.params.GetRequestName(), Data: call.params}
			batch.Requests = append(batch.Requests, wire.BatchRequest{Request: request, Inputs: call.inputs, Outputs: call.outputs})
		}
		return batch
	})
	if err != nil {
		return 0, wireError(op, err)
	}
	var answer wire.BatchResponse
	if err := wire.Decode(raw, &answer); err != nil {
		return 0, &Error{Kind: ErrProtocol, Op: op, Err: err}
	}
	for i, call := range calls {
		name := call.params.GetRequestName()
		if i >= len(answer.Results) {
			comment := fmt.Sprintf("%d results of %d requests", len(answer.Results), len(calls))
			return i, &Error{Kind: ErrProtocol, Op: name, Comment: comment}
		}
		if err := readAnswer(name, answer.Results[i], call.into); err != nil {
			return i, err
		}
	}
	return len(calls), nil
}
