package words

import (
	"errors"

	"cuelight/app/state"
)

// ExplainCheck puts a check before going live into words. Why and Do are empty
// for one that is well.
func (w *Words) ExplainCheck(c state.Preflight) Explanation {
	args := Args{"Detail": c.Detail, "Value": c.Value, "Limit": c.Limit, "Platform": w.platform}
	key := "preflight." + string(c.ID)
	x := Explanation{What: w.Say(key, args)}
	if c.Reason == "" {
		return x
	}
	x.Why, _ = w.localize(key+"."+c.Reason, nil, args)
	x.Do, _ = w.localize(key+"."+c.Reason+".cure", nil, args)
	if c.Err != nil {
		cause := w.Explain(c.Err)
		if x.Why == "" {
			x.Why = cause.What
		}
		if x.Do == "" {
			x.Do = cause.Do
		}
		x.Said = cause.Said
	}
	return x
}

// explainPreflight tells what stands in the way of going live: the first check
// in full, and how many more.
func (w *Words) explainPreflight(err *state.PreflightError) Explanation {
	x := Explanation{What: w.Count("error.preflight", len(err.Checks))}
	if len(err.Checks) > 0 {
		first := w.ExplainCheck(err.Checks[0])
		x.Why, x.Do, x.Said = first.What+": "+first.Why, first.Do, first.Said
	}
	return x
}

// asPreflight finds a preflight's error.
func asPreflight(err error) (*state.PreflightError, bool) {
	var p *state.PreflightError
	return p, errors.As(err, &p)
}
