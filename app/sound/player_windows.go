package sound

import (
	"context"
	"fmt"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Flags of PlaySound (playsoundapi.h).
const (
	soundAsync     = 0x1
	soundNoDefault = 0x2
	soundMemory    = 0x4
)

var playSound = windows.NewLazySystemDLL("winmm.dll").NewProc("PlaySoundW")

// Player plays tones. Make one with System.
type Player struct {
	// turn holds one token: Windows plays one such sound at a time.
	turn chan struct{}
}

// System finds what plays sounds on this machine: Windows itself.
func System() *Player { return &Player{turn: make(chan struct{}, 1)} }

// Play plays a tone to its end, at a volume in percent.
func (p *Player) Play(ctx context.Context, tone Tone, percent int) error {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return fmt.Errorf("sound: %w", ctx.Err())
	}
	file := tone.file(percent)
	if played, _, err := playSound.Call(uintptr(unsafe.Pointer(&file[0])), 0, soundAsync|soundNoDefault|soundMemory); played == 0 {
		return fmt.Errorf("sound: %w", err)
	}
	// Windows reads the memory until the sound has ended or is stopped.
	ended := time.NewTimer(longest)
	defer ended.Stop()
	select {
	case <-ended.C:
	case <-ctx.Done():
	}
	_, _, _ = playSound.Call(0, 0, 0)
	runtime.KeepAlive(file)
	return nil
}
