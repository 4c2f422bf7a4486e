package ingest

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"github.com/bluenviron/gortmplib/pkg/amf0"
	"github.com/bluenviron/gortmplib/pkg/message"
	"github.com/bluenviron/gortmplib/pkg/rawmessage"
)

// receive reads the stream until it ends; clean is true where the publisher ended
// it.
func (c *session) receive() (clean bool) {
	stop := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		c.monitor(stop)
	}()
	defer func() {
		close(stop)
		<-watched
	}()
	for {
		_ = c.conn.SetReadDeadline(time.Now().Add(readTimeout))
		raw, err := c.read()
		if err != nil {
			return false
		}
		if done := c.handleMedia(raw); done {
			return true
		}
	}
}

// handleMedia handles one message; done is true where the publisher ends the
// stream.
func (c *session) handleMedia(raw *rawmessage.Message) (done bool) {
	switch message.Type(raw.Type) {
	case message.TypeVideo:
		c.setCodec(&c.stream.Video, videoCodec(raw.Body))
	case message.TypeAudio:
		c.setCodec(&c.stream.Audio, audioCodec(raw.Body))
	case message.TypeDataAMF0:
		c.readMetadata(raw.Body)
	case message.TypeCommandAMF0:
		cmd, err := parseCommand(raw)
		return err == nil && (cmd.name == "FCUnpublish" || cmd.name == "deleteStream" || cmd.name == "closeStream")
	default:
		return c.handleControl(raw) != nil
	}
	return false
}

// monitor measures the stream once a second and checks whether it may go on.
func (c *session) monitor(stop <-chan struct{}) {
	tick := time.NewTicker(measureInterval)
	defer tick.Stop()
	last, at := c.count.Reader.Count(), time.Now()
	for {
		select {
		case <-stop:
			return
		case <-c.server.ctx.Done():
			return
		case <-tick.C:
		}
		now, count := time.Now(), c.count.Reader.Count()
		c.mu.Lock()
		c.stream.Kbps = int(float64(count-last) * 8 / 1000 / max(now.Sub(at).Seconds(), 0.001))
		user := c.stream.User
		c.mu.Unlock()
		last, at = count, now
		ctx, cancel := context.WithTimeout(c.server.ctx, authorizeTimeout)
		may, err := c.server.authorizer.StillAllowed(ctx, user, c.key)
		cancel()
		// A state that cannot be read for a moment is no reason to end a
		// rehearsal.
		if err == nil && !may {
			c.close()
			return
		}
	}
}

func (c *session) setCodec(into *string, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if name != "" && *into == "" {
		*into = name
	}
}

// videoCodec names the codec of a video message: the classic numbers, or the
// four letters of Enhanced RTMP.
func videoCodec(body []byte) string {
	if len(body) >= 5 && body[0]&0x80 != 0 {
		return map[string]string{"avc1": "H.264", "hvc1": "H.265", "av01": "AV1", "vp09": "VP9"}[string(body[1:5])]
	}
	if len(body) >= 1 && body[0]&0x0F == 7 {
		return "H.264"
	}
	return ""
}

func audioCodec(body []byte) string {
	if len(body) < 1 {
		return ""
	}
	switch body[0] >> 4 {
	case 2:
		return "MP3"
	case 9:
		if len(body) >= 5 {
			return map[string]string{"mp4a": "AAC", "Opus": "Opus", "fLaC": "FLAC"}[string(body[1:5])]
		}
	case 10:
		return "AAC"
	}
	return ""
}

// readMetadata reads onMetaData, which is advisory: what is not as expected is
// ignored.
func (c *session) readMetadata(body []byte) {
	values, err := amf0.Unmarshal(body)
	if err != nil {
		return
	}
	for _, v := range values {
		object, ok := v.(amf0.Object)
		if list, isList := v.(amf0.ECMAArray); isList {
			object, ok = amf0.Object(list), true
		}
		if !ok {
			continue
		}
		width, _ := object.GetFloat64("width")
		height, _ := object.GetFloat64("height")
		fps, _ := object.GetFloat64("framerate")
		encoder, _ := object.GetString("encoder")
		c.mu.Lock()
		c.stream.Width, c.stream.Height, c.stream.FPS = int(width), int(height), fps
		if encoder != "" {
			c.stream.Encoder = encoder
		}
		c.mu.Unlock()
	}
}

// handleControl handles the messages that are about the connection itself.
func (c *session) handleControl(raw *rawmessage.Message) error {
	switch message.Type(raw.Type) {
	case message.TypeSetChunkSize:
		if len(raw.Body) < 4 {
			return errors.New("short SetChunkSize")
		}
		size := binary.BigEndian.Uint32(raw.Body) & 0x7FFFFFFF
		if size == 0 {
			return errors.New("SetChunkSize of nothing")
		}
		return c.in.SetChunkSize(size)
	case message.TypeSetWindowAckSize:
		if len(raw.Body) < 4 {
			return errors.New("short SetWindowAckSize")
		}
		c.in.SetWindowAckSize(binary.BigEndian.Uint32(raw.Body))
	case message.TypeAbortMessage:
		if len(raw.Body) >= 4 {
			c.in.AbortChunkStream(binary.BigEndian.Uint32(raw.Body))
		}
	}
	return nil
}

// command is an AMF0 command with its arguments after name and number.
type command struct {
	name string
	id   int
	args []any
}

func parseCommand(raw *rawmessage.Message) (command, error) {
	values, err := amf0.Unmarshal(raw.Body)
	if err != nil {
		return command{}, err
	}
	if len(values) < 2 {
		return command{}, errors.New("short command")
	}
	name, ok := values[0].(string)
	id, isNumber := values[1].(float64)
	if !ok || !isNumber {
		return command{}, errors.New("command without a name or number")
	}
	return command{name, int(id), values[2:]}, nil
}
