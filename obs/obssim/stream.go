package obssim

import (
	"encoding/json"
	"fmt"
	"time"

	"cuelight/internal/secret"
)

// phase is how far the stream output is.
type phase int

const (
	idle phase = iota
	starting
	active
	reconnecting
	stopping
)

// output is the stream output.
type output struct {
	phase phase
	// run tells one stream from the next, so that a late step of an ended one
	// changes nothing.
	run       int
	began     time.Time // of the present connection
	stopped   time.Time
	server    string
	key       secret.Text
	announced bool // OnStream was told that it began
}

// The sizes of a simulated stream.
const (
	streamBitrate = 6_000_000 // bits a second
	startTakes    = 50 * time.Millisecond
)

// refusesSettings: while an output runs, and for a while after.
func (o *OBS) refusesSettings() bool {
	out := o.state.output
	if out.phase == active || out.phase == reconnecting || out.phase == stopping {
		return true
	}
	return time.Since(out.stopped) < o.faults.RefuseAfterStop
}

// ending: an output that has told that it stopped is still being taken down.
func (o *OBS) ending() bool {
	out := o.state.output
	return out.phase == idle && time.Since(out.stopped) < o.faults.EndTakes
}

func (o *OBS) streamEvent(state string, on bool) {
	o.Emit("StreamStateChanged", intentOutputs, map[string]any{
		"outputActive": on, "outputState": "OBS_WEBSOCKET_OUTPUT_" + state,
	})
}

// startStream succeeds as soon as the start is queued, like OBS.
func (o *OBS) startStream(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := &o.state.output
	if out.phase == active || out.phase == reconnecting || out.phase == stopping {
		return refuse(codeRunning, "The stream output is already running.")
	}
	if out.phase == starting || o.ending() || o.faults.Start == StartDropped {
		return success(nil)
	}
	out.phase = starting
	out.run++
	out.server, out.key = o.state.service.text("server"), secret.New(o.state.service.text("key"))
	run, how, takes := out.run, o.faults.Start, o.faults.StartTakes
	if takes == 0 {
		takes = startTakes
	}
	o.after(0, func() {
		if how != StartUnsaid {
			o.streamEvent("STARTING", false)
		}
		if how != StartStuck {
			o.after(takes, func() { o.connect(run, how) })
		}
	})
	return success(nil)
}

// connect is the moment in which the ingest says yes or no.
func (o *OBS) connect(run int, how StartFault) {
	o.mu.Lock()
	server, key := o.state.output.server, o.state.output.key
	o.mu.Unlock()
	var err error
	switch {
	case how == StartFails, server == "":
		err = fmt.Errorf("simulated OBS: no ingest")
	case o.options.OnStream != nil:
		err = o.options.OnStream(server, key, true)
	}
	o.mu.Lock()
	out := &o.state.output
	if out.run != run || out.phase != starting {
		o.mu.Unlock()
		return
	}
	if err != nil {
		out.phase, out.stopped = idle, time.Now()
	} else {
		out.phase, out.began, out.announced = active, time.Now(), o.options.OnStream != nil
	}
	o.mu.Unlock()
	if how == StartUnsaid {
		return
	}
	if err != nil {
		o.streamEvent("STOPPED", false)
		return
	}
	o.streamEvent("STARTED", true)
}

func (o *OBS) stopStream(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := &o.state.output
	switch out.phase {
	case idle, starting:
		return refuse(codeNotRunning, "The stream output is not running.")
	case stopping:
		return success(nil)
	}
	out.phase = stopping
	run := out.run
	o.after(0, func() {
		o.streamEvent("STOPPING", true)
		o.after(startTakes, func() { o.ended(run) })
	})
	return success(nil)
}

// ended is the moment in which the stream is over.
func (o *OBS) ended(run int) {
	o.mu.Lock()
	out := &o.state.output
	if out.run != run || out.phase != stopping {
		o.mu.Unlock()
		return
	}
	server, key, announced := out.server, out.key, out.announced
	out.phase, out.stopped, out.announced = idle, time.Now(), false
	o.mu.Unlock()
	if announced {
		_ = o.options.OnStream(server, key, false)
	}
	o.streamEvent("STOPPED", false)
}

// Reconnect loses the ingest of a running stream for a while. It reads server
// and key again when it comes back, as OBS does, and counts from zero.
func (o *OBS) Reconnect(lost time.Duration) {
	o.mu.Lock()
	out := &o.state.output
	if out.phase != active {
		o.mu.Unlock()
		return
	}
	out.phase = reconnecting
	run := out.run
	o.mu.Unlock()
	o.streamEvent("RECONNECTING", false)
	o.after(lost, func() {
		o.mu.Lock()
		out := &o.state.output
		if out.run != run || out.phase != reconnecting {
			o.mu.Unlock()
			return
		}
		out.phase, out.began = active, time.Now()
		out.server, out.key = o.state.service.text("server"), secret.New(o.state.service.text("key"))
		o.mu.Unlock()
		o.streamEvent("RECONNECTED", true)
	})
}

// running reports whether OBS counts the output as active: also while it
// reconnects, not while it connects for the first time.
func (out output) running() bool {
	return out.phase == active || out.phase == reconnecting || out.phase == stopping
}

func (o *OBS) getStreamStatus(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	out, f := o.state.output, o.faults
	var ms float64
	if out.phase == active || out.phase == stopping {
		ms = since(out.began)
	}
	frames := int64(ms * o.state.fps() / 1000)
	d := time.Duration(ms * float64(time.Millisecond))
	return success(map[string]any{
		"outputActive": out.running() || o.ending(), "outputReconnecting": out.phase == reconnecting,
		"outputTimecode":      timecode(d),
		"outputDuration":      int64(ms),
		"outputCongestion":    f.Congestion,
		"outputBytes":         int64(ms / 1000 * streamBitrate / 8),
		"outputSkippedFrames": int64(float64(frames) * f.DropRatio),
		"outputTotalFrames":   frames,
	})
}

// timecode is OBS's form of a duration: HH:MM:SS.mmm.
func timecode(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d:%02d.%03d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60, d.Milliseconds()%1000)
}

func (o *OBS) getStats(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	fps := o.faults.FPS
	if fps == 0 {
		fps = o.state.fps()
	}
	frames := int64(since(o.state.began) * o.state.fps() / 1000)
	return success(map[string]any{
		"cpuUsage": 4.5, "memoryUsage": 312.0, "availableDiskSpace": 100000.0,
		"activeFps": fps, "averageFrameRenderTime": 1.2,
		"renderSkippedFrames": 0, "renderTotalFrames": frames,
		"outputSkippedFrames": 0, "outputTotalFrames": frames,
		"webSocketSessionIncomingMessages": 0, "webSocketSessionOutgoingMessages": 0,
	})
}

func (o *OBS) getOutputList(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	flags := map[string]bool{
		"OBS_OUTPUT_VIDEO": true, "OBS_OUTPUT_AUDIO": true,
		"OBS_OUTPUT_ENCODED": true, "OBS_OUTPUT_MULTI_TRACK": false, "OBS_OUTPUT_SERVICE": true,
	}
	entry := func(name, kind string, on bool) map[string]any {
		return map[string]any{
			"outputName": name, "outputKind": kind, "outputActive": on,
			"outputWidth": 1920, "outputHeight": 1080, "outputFlags": flags,
		}
	}
	return success(map[string]any{"outputs": []any{
		entry("simple_stream", "rtmp_output", o.state.output.running()),
		entry("simple_file_output", "ffmpeg_muxer", o.state.recording),
	}})
}

func (o *OBS) getRecordStatus(json.RawMessage) result {
	o.mu.Lock()
	defer o.mu.Unlock()
	return success(map[string]any{
		"outputActive": o.state.recording, "outputPaused": false,
		"outputTimecode": "00:00:00.000", "outputDuration": 0, "outputBytes": 0,
	})
}

// SetRecording switches its recording on or off, as the user would.
func (o *OBS) SetRecording(on bool) {
	o.mu.Lock()
	o.state.recording = on
	o.mu.Unlock()
	state := "STOPPED"
	if on {
		state = "STARTED"
	}
	o.Emit("RecordStateChanged", intentOutputs, map[string]any{
		"outputActive": on, "outputState": "OBS_WEBSOCKET_OUTPUT_" + state, "outputPath": nil,
	})
}
