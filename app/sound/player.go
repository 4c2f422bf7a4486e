//go:build !windows

package sound

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// playTimeout bounds one player: a sound server that hangs must not hold the next
// player up.
const playTimeout = longest + 2*time.Second

// Player plays tones. Make one with System.
type Player struct {
	// commands are the players to try, in order: one that is installed may have no
	// sound server to play to.
	commands []command
}

// command is a program that plays the file named behind its arguments.
type command struct {
	path string
	args []string
}

// System finds what plays sounds on this machine; nil where nothing does.
func System() *Player {
	var p Player
	for _, words := range [][]string{{"pw-play"}, {"paplay"}, {"aplay", "-q"}, {"afplay"}} {
		if path, err := exec.LookPath(words[0]); err == nil {
			p.commands = append(p.commands, command{path, words[1:]})
		}
	}
	if len(p.commands) == 0 {
		return nil
	}
	return &p
}

// Play plays a tone to its end, at a volume in percent.
func (p *Player) Play(ctx context.Context, tone Tone, percent int) error {
	file, err := os.CreateTemp("", "cuelight-*.wav")
	if err != nil {
		return fmt.Errorf("sound: %w", err)
	}
	defer func() { _ = os.Remove(file.Name()) }()
	_, err = file.Write(tone.file(percent))
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("sound: %w", err)
	}
	var failed error
	for _, c := range p.commands {
		err := c.play(ctx, file.Name())
		if err == nil {
			return nil
		}
		failed = errors.Join(failed, fmt.Errorf("sound: %s: %w", c.path, err))
	}
	return failed
}

func (c command) play(ctx context.Context, file string) error {
	ctx, cancel := context.WithTimeout(ctx, playTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.path, append(c.args[:len(c.args):len(c.args)], file)...)
	cmd.WaitDelay = time.Second
	return cmd.Run()
}
