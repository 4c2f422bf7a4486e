// Package precondition makes a write to OBS depend on the profile in use.
//
// obs-websocket has no conditional request, and the profile may be switched
// between a look at OBS and the write that it decided. But within a batch the
// answer of one request can fill in a field of a later one, and a profile has a
// store of its own for clients (protocol.md, RequestBatch and
// GetPersistentData). So the profile that is meant is given a value which the
// write needs; in any other the value is missing, and OBS refuses the write.
package precondition

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"strconv"

	"github.com/andreykaipov/goobs/api/requests/config"
)

// realm is the store of the profile in use: a file in the profile's own folder.
const realm = "OBS_WEBSOCKET_DATA_REALM_PROFILE"

// variable holds the value within a batch.
const variable = "cuelight"

// slots is how many names are taken in turn for one profile: few, because OBS
// cannot remove one, and several, so that a value which a process that was
// killed has left in the wrong profile is hardly ever met again.
const slots = 16

// Precondition is that a profile is in use.
type Precondition struct{ slot, value string }

// New is the precondition that the profile of that name is in use, for a write
// with a field of that value. The value must not be empty and is kept by OBS in
// the clear.
func New(profile, value string) Precondition {
	sum := sha256.Sum256([]byte(profile))
	slot := "cuelight/" + hex.EncodeToString(sum[:6]) + "/" + strconv.Itoa(rand.IntN(slots))
	return Precondition{slot: slot, value: value}
}

// Keep gives the profile in use the value.
func (p Precondition) Keep() *config.SetPersistentDataParams { return p.set(p.value) }

// Clear takes it from the profile in use. OBS refuses an empty field of a write
// like a missing one.
func (p Precondition) Clear() *config.SetPersistentDataParams { return p.set("") }

func (p Precondition) set(value string) *config.SetPersistentDataParams {
	return config.NewSetPersistentDataParams().WithRealm(realm).WithSlotName(p.slot).WithSlotValue(value)
}

// Read gives what the profile in use has, for Met and to the batch.
func (p Precondition) Read() *config.GetPersistentDataParams {
	return config.NewGetPersistentDataParams().WithRealm(realm).WithSlotName(p.slot)
}

// Outputs and Inputs are the variables of the batch: Outputs of Read, Inputs of
// the write, whose field takes the value.
func (p Precondition) Outputs() map[string]string { return map[string]string{variable: "slotValue"} }

// Inputs: see Outputs.
func (p Precondition) Inputs(field string) map[string]string {
	return map[string]string{field: variable}
}

// Met reports whether the answer to Read was that of the profile.
func (p Precondition) Met(answer config.GetPersistentDataResponse) bool {
	return answer.SlotValue == p.value
}
