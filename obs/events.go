package obs

import (
	"cuelight/obs/meter"
	"cuelight/obs/wire"

	"github.com/andreykaipov/goobs/api/events"
	"github.com/andreykaipov/goobs/api/opcodes"
)

// EventKind says what an Event is about.
type EventKind string

// The events that matter to Cuelight; all others are dropped where they come
// in. The values are OBS's own names.
const (
	EventStream             EventKind = "StreamStateChanged"
	EventExit               EventKind = "ExitStarted"
	EventProfileChanging    EventKind = "CurrentProfileChanging"
	EventProfileChanged     EventKind = "CurrentProfileChanged"
	EventCollectionChanging EventKind = "CurrentSceneCollectionChanging"
	EventCollectionChanged  EventKind = "CurrentSceneCollectionChanged"
	EventScene              EventKind = "CurrentProgramSceneChanged"
	EventMute               EventKind = "InputMuteStateChanged"
	EventMeters             EventKind = "InputVolumeMeters"
)

// OutputState is a state of the stream output, in OBS's own words.
type OutputState string

// The states of an output (protocol.md, ObsOutputState). RECONNECTING comes
// with Active false although the broadcast is not over.
const (
	StateStarting     OutputState = "OBS_WEBSOCKET_OUTPUT_STARTING"
	StateStarted      OutputState = "OBS_WEBSOCKET_OUTPUT_STARTED"
	StateStopping     OutputState = "OBS_WEBSOCKET_OUTPUT_STOPPING"
	StateStopped      OutputState = "OBS_WEBSOCKET_OUTPUT_STOPPED"
	StateReconnecting OutputState = "OBS_WEBSOCKET_OUTPUT_RECONNECTING"
	StateReconnected  OutputState = "OBS_WEBSOCKET_OUTPUT_RECONNECTED"
)

// Event is something that happened in OBS.
type Event struct {
	Kind EventKind
	// State and Active belong to EventStream.
	State  OutputState
	Active bool
	// Name is the profile, scene collection, scene or input that it is about.
	Name string
	// Muted belongs to EventMute.
	Muted bool
	// Levels belongs to EventMeters: the loudest channel of each input.
	Levels []meter.Level
	// Lost counts the events that were dropped just before this one because
	// nobody took them in time. Above 0, ask OBS for its state afresh.
	Lost int
}

// essential events outlive a flood: without them the state shown is wrong.
func (e Event) essential() bool {
	switch e.Kind {
	case EventMute, EventMeters, EventScene:
		return false
	}
	return true
}

const (
	// maxEvent and maxEventName bound an event and the name in it, in bytes:
	// events wait in queues. The longest are meters of a full studio.
	maxEvent     = 256 << 10
	maxEventName = 4 << 10
)

// parseEvent reads an event that matters; ok is false for any other, and for
// one whose data cannot be read.
func parseEvent(raw opcodes.Event) (event Event, ok bool) {
	event.Kind = EventKind(raw.Type)
	if event.Kind == EventExit {
		return event, true
	}
	read, known := eventReaders[event.Kind]
	if !known || len(raw.Data) > maxEvent {
		return event, false
	}
	return event, read(raw.Data, &event) == nil && len(event.Name) <= maxEventName
}

// eventReaders holds one reader for each kind that carries data.
var eventReaders = map[EventKind]func([]byte, *Event) error{
	EventStream: reader(func(d events.StreamStateChanged, e *Event) {
		e.State, e.Active = OutputState(d.OutputState), d.OutputActive
	}),
	EventProfileChanging: reader(func(d events.CurrentProfileChanging, e *Event) { e.Name = d.ProfileName }),
	EventProfileChanged:  reader(func(d events.CurrentProfileChanged, e *Event) { e.Name = d.ProfileName }),
	EventCollectionChanging: reader(func(d events.CurrentSceneCollectionChanging, e *Event) {
		e.Name = d.SceneCollectionName
	}),
	EventCollectionChanged: reader(func(d events.CurrentSceneCollectionChanged, e *Event) {
		e.Name = d.SceneCollectionName
	}),
	EventScene: reader(func(d events.CurrentProgramSceneChanged, e *Event) { e.Name = d.SceneName }),
	EventMute: reader(func(d events.InputMuteStateChanged, e *Event) {
		e.Name, e.Muted = d.InputName, d.InputMuted
	}),
	EventMeters: reader(func(d events.InputVolumeMeters, e *Event) { e.Levels = meter.Levels(d) }),
}

// reader makes an event reader out of what a typed event fills in.
func reader[T any](fill func(T, *Event)) func([]byte, *Event) error {
	return func(raw []byte, e *Event) error {
		var data T
		if err := wire.Decode(raw, &data); err != nil {
			return err
		}
		fill(data, e)
		return nil
	}
}
