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

// output is the stream output. What is below obs is guarded by studio.mu.
type output struct {
	obs *OBS

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

// reset makes it the output of an OBS that has just started.
func (out *output) reset() {
	out.obs.studio.mu.Lock()
	defer out.obs.studio.mu.Unlock()
	*out = output{obs: out.obs}
}

// refusesSettings: while an output runs, and for a while after.
func (out *output) refusesSettings() bool {
	if out.phase == active || out.phase == reconnecting || out.phase == stopping {
		return true
	}
	return time.Since(out.stopped) < out.obs.faults.current().RefuseAfterStop
}

// ending: an output that has told that it stopped is still being taken down.
func (out *output) ending() bool {
	return out.phase == idle && time.Since(out.stopped) < out.obs.faults.current().EndTakes
}

func (out *output) streamEvent(state string, on bool) {
	out.obs.Emit("StreamStateChanged", intentOutputs, map[string]any{
		"outputActive": on, "outputState": "OBS_WEBSOCKET_OUTPUT_" + state,
	})
}

// startStream succeeds as soon as the start is queued, like OBS.
func (out *output) startStream(json.RawMessage) result {
	out.obs.studio.mu.Lock()
	defer out.obs.studio.mu.Unlock()
	if out.phase == active || out.phase == reconnecting || out.phase == stopping {
		return refuse(codeRunning, "The stream output is already running.")
	}
	if out.phase == starting || out.ending() || out.obs.faults.current().Start == StartDropped {
		return success(nil)
	}
	out.phase = starting
	out.run++
	out.server, out.key = out.obs.studio.service.text("server"), secret.New(out.obs.studio.service.text("key"))
	run, how, takes := out.run, out.obs.faults.current().Start, out.obs.faults.current().StartTakes
	if takes == 0 {
		takes = startTakes
	}
	out.obs.after(0, func() {
		if how != StartUnsaid {
			out.streamEvent("STARTING", false)
		}
		if how != StartStuck {
			out.obs.after(takes, func() { out.connect(run, how) })
		}
	})
	return success(nil)
}

// connect is the moment in which the ingest says yes or no.
func (out *output) connect(run int, how StartFault) {
	out.obs.studio.mu.Lock()
	server, key := out.server, out.key
	out.obs.studio.mu.Unlock()
	var err error
	switch {
	case how == StartFails, server == "":
		err = fmt.Errorf("simulated OBS: no ingest")
	case out.obs.options.OnStream != nil:
		err = out.obs.options.OnStream(server, key, true)
	}
	out.obs.studio.mu.Lock()
	if out.run != run || out.phase != starting {
		out.obs.studio.mu.Unlock()
		return
	}
	if err != nil {
		out.phase, out.stopped = idle, time.Now()
	} else {
		out.phase, out.began, out.announced = active, time.Now(), out.obs.options.OnStream != nil
	}
	out.obs.studio.mu.Unlock()
	if how == StartUnsaid {
		return
	}
	if err != nil {
		out.streamEvent("STOPPED", false)
		return
	}
	out.streamEvent("STARTED", true)
}

func (out *output) stopStream(json.RawMessage) result {
	out.obs.studio.mu.Lock()
	defer out.obs.studio.mu.Unlock()
	switch out.phase {
	case idle, starting:
		return refuse(codeNotRunning, "The stream output is not running.")
	case stopping:
		return success(nil)
	}
	out.phase = stopping
	run := out.run
	out.obs.after(0, func() {
		out.streamEvent("STOPPING", true)
		out.obs.after(startTakes, func() { out.ended(run) })
	})
	return success(nil)
}

// ended is the moment in which the stream is over.
func (out *output) ended(run int) {
	out.obs.studio.mu.Lock()
	if out.run != run || out.phase != stopping {
		out.obs.studio.mu.Unlock()
		return
	}
	server, key, announced := out.server, out.key, out.announced
	out.phase, out.stopped, out.announced = idle, time.Now(), false
	out.obs.studio.mu.Unlock()
	if announced {
		_ = out.obs.options.OnStream(server, key, false)
	}
	out.streamEvent("STOPPED", false)
}

// reconnect loses the ingest of a running stream for a while. It reads server
// and key again when it comes back, as OBS does, and counts from zero.
func (out *output) reconnect(lost time.Duration) {
	out.obs.studio.mu.Lock()
	if out.phase != active {
		out.obs.studio.mu.Unlock()
		return
	}
	out.phase = reconnecting
	run := out.run
	out.obs.studio.mu.Unlock()
	out.streamEvent("RECONNECTING", false)
	out.obs.after(lost, func() {
		out.obs.studio.mu.Lock()
		if out.run != run || out.phase != reconnecting {
			out.obs.studio.mu.Unlock()
			return
		}
		out.phase, out.began = active, time.Now()
		out.server, out.key = out.obs.studio.service.text("server"), secret.New(out.obs.studio.service.text("key"))
		out.obs.studio.mu.Unlock()
		out.streamEvent("RECONNECTED", true)
	})
}

// running reports whether OBS counts the output as active: also while it
// reconnects, not while it connects for the first time.
func (out *output) running() bool {
	return out.phase == active || out.phase == reconnecting || out.phase == stopping
}

func (out *output) getStreamStatus(json.RawMessage) result {
	out.obs.studio.mu.Lock()
	defer out.obs.studio.mu.Unlock()
	f := out.obs.faults.current()
	var ms float64
	if out.phase == active || out.phase == stopping {
		ms = since(out.began)
	}
	frames := int64(ms * out.obs.studio.fps() / 1000)
	d := time.Duration(ms * float64(time.Millisecond))
	return success(map[string]any{
		"outputActive": out.running() || out.ending(), "outputReconnecting": out.phase == reconnecting,
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

func (out *output) getStats(json.RawMessage) result {
	out.obs.studio.mu.Lock()
	defer out.obs.studio.mu.Unlock()
	fps := out.obs.faults.current().FPS
	if fps == 0 {
		fps = out.obs.studio.fps()
	}
	frames := int64(since(out.obs.studio.began) * out.obs.studio.fps() / 1000)
	return success(map[string]any{
		"cpuUsage": 4.5, "memoryUsage": 312.0, "availableDiskSpace": 100000.0,
		"activeFps": fps, "averageFrameRenderTime": 1.2,
		"renderSkippedFrames": 0, "renderTotalFrames": frames,
		"outputSkippedFrames": 0, "outputTotalFrames": frames,
		"webSocketSessionIncomingMessages": 0, "webSocketSessionOutgoingMessages": 0,
	})
}

func (out *output) getOutputList(json.RawMessage) result {
	out.obs.studio.mu.Lock()
	defer out.obs.studio.mu.Unlock()
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
		entry("simple_stream", "rtmp_output", out.running()),
		entry("simple_file_output", "ffmpeg_muxer", out.obs.studio.recording),
	}})
}

func (out *output) getRecordStatus(json.RawMessage) result {
	out.obs.studio.mu.Lock()
	defer out.obs.studio.mu.Unlock()
	return success(map[string]any{
		"outputActive": out.obs.studio.recording, "outputPaused": false,
		"outputTimecode": "00:00:00.000", "outputDuration": 0, "outputBytes": 0,
	})
}

// Reconnect loses the ingest of a running stream for a while, see output.
func (o *OBS) Reconnect(lost time.Duration) { o.output.reconnect(lost) }

// SetRecording switches its recording on or off, as the user would.
func (o *OBS) SetRecording(on bool) {
	o.studio.mu.Lock()
	o.studio.recording = on
	o.studio.mu.Unlock()
	state := "STOPPED"
	if on {
		state = "STARTED"
	}
	o.Emit("RecordStateChanged", intentOutputs, map[string]any{
		"outputActive": on, "outputState": "OBS_WEBSOCKET_OUTPUT_" + state, "outputPath": nil,
	})
}
