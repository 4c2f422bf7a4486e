//go:build linux

package realparts

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Screen is an X server without a screen, with a window manager, a pointer and
// a keyboard.
type Screen struct {
	// Display is its name, such as ":1".
	Display string
	// Framebuffer is a file with what it shows, as xwd writes it, always up to
	// date: a way to look that costs the programs on it no time.
	Framebuffer string
	env         []string
}

// StartScreen starts one of 1280 by 800 pixels, for programs of a session.
func StartScreen(t testing.TB, s *Session) *Screen {
	t.Helper()
	Need(t, "Xvfb", "openbox", "xdotool", "import")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	memory := folder(t)
	Run(t, Command{
		Name: "Xvfb",
		Args: []string{"-displayfd", "3", "-fbdir", memory, "-screen", "0", "1280x800x24", "+extension", "GLX", "-nolisten", "tcp", "-noreset"},
		Env:  append(s.Env(), "LIBGL_ALWAYS_SOFTWARE=1"), Extra: []*os.File{write},
	})
	_ = write.Close() // the child has its own
	_ = read.SetReadDeadline(time.Now().Add(20 * time.Second))
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("the X server tells no display: %v", err)
	}
	x := &Screen{Display: ":" + strings.TrimSpace(number), Framebuffer: filepath.Join(memory, "Xvfb_screen0")}
	x.env = append(s.Env(), "DISPLAY="+x.Display, "LIBGL_ALWAYS_SOFTWARE=1")
	Run(t, Command{Name: "openbox", Args: []string{"--sm-disable"}, Env: x.env})
	return x
}

// Env is what a program on this screen needs beside its session's environment.
func (x *Screen) Env() []string {
	return []string{"DISPLAY=" + x.Display, "LIBGL_ALWAYS_SOFTWARE=1"}
}

// do runs a program on the screen and gives what it prints.
func (x *Screen) do(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	out, err := x.try(name, args...)
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return out
}

func (x *Screen) try(name string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), stepTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = x.env
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, stderr.String())
	}
	return out, err
}

// WaitWindow waits for a visible window whose title holds a text, and brings
// it to the front.
func (x *Screen) WaitWindow(t testing.TB, title string, timeout time.Duration) {
	t.Helper()
	deadline := time.Now().Add(timeout)
	for {
		out, err := x.try("xdotool", "search", "--onlyvisible", "--name", title)
		if err == nil && len(bytes.TrimSpace(out)) > 0 {
			x.do(t, "xdotool", "windowactivate", "--sync", strings.Fields(string(out))[0])
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("no window named %q within %v", title, timeout)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Click moves the pointer and clicks.
func (x *Screen) Click(t testing.TB, at image.Point) {
	t.Helper()
	x.do(t, "xdotool", "mousemove", "--sync", strconv.Itoa(at.X), strconv.Itoa(at.Y), "sleep", "0.1", "click", "1")
}

// ClickBurst clicks again and again at one place, a time apart.
func (x *Screen) ClickBurst(t testing.TB, at image.Point, clicks int, apart time.Duration) {
	t.Helper()
	x.do(t, "xdotool", "mousemove", "--sync", strconv.Itoa(at.X), strconv.Itoa(at.Y), "sleep", "0.1",
		"click", "--repeat", strconv.Itoa(clicks), "--delay", strconv.Itoa(int(apart.Milliseconds())), "1")
}

// Type types a text into whatever has the focus.
func (x *Screen) Type(t testing.TB, text string) {
	t.Helper()
	x.do(t, "xdotool", "type", "--delay", "30", "--", text)
}

// Key presses a key by its X name, such as "Tab" or "ctrl+a".
func (x *Screen) Key(t testing.TB, names ...string) {
	t.Helper()
	x.do(t, "xdotool", append([]string{"key", "--delay", "60"}, names...)...)
}

// Picture is what the screen shows.
func (x *Screen) Picture(t testing.TB) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(x.do(t, "import", "-silent", "-window", "root", "png:-")))
	if err != nil {
		t.Fatalf("take a picture of the screen: %v", err)
	}
	return picture
}

// Screenshot writes what the screen shows to a file.
func (x *Screen) Screenshot(t testing.TB, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	x.do(t, "import", "-silent", "-window", "root", path)
}

// Changed counts the points in which two pictures of the screen differ.
func Changed(before, now image.Image) int {
	if before.Bounds() != now.Bounds() {
		return now.Bounds().Dx() * now.Bounds().Dy()
	}
	a, b := plain(before), plain(now)
	changed := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if !bytes.Equal(a.Pix[i:i+4], b.Pix[i:i+4]) {
			changed++
		}
	}
	return changed
}

// plain is a picture in the form that is quickest to look at.
func plain(picture image.Image) *image.RGBA {
	if p, ok := picture.(*image.RGBA); ok {
		return p
	}
	p := image.NewRGBA(picture.Bounds())
	draw.Draw(p, p.Rect, picture, p.Rect.Min, draw.Src)
	return p
}

// Patches finds the areas of a colour that are at least as large as a button,
// from top to bottom.
func Patches(picture image.Image, want color.Color) []image.Rectangle {
	const minWidth, minHeight = 60, 20
	b := picture.Bounds()
	seen := make([]bool, b.Dx()*b.Dy())
	index := func(p image.Point) int { return (p.Y-b.Min.Y)*b.Dx() + p.X - b.Min.X }
	var found []image.Rectangle
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for px := b.Min.X; px < b.Max.X; px++ {
			start := image.Pt(px, y)
			if seen[index(start)] || !alike(picture.At(px, y), want) {
				continue
			}
			area := image.Rectangle{Min: start, Max: start.Add(image.Pt(1, 1))}
			for stack := []image.Point{start}; len(stack) > 0; {
				p := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				if !p.In(b) || seen[index(p)] || !alike(picture.At(p.X, p.Y), want) {
					continue
				}
				seen[index(p)] = true
				area = area.Union(image.Rectangle{Min: p, Max: p.Add(image.Pt(1, 1))})
				stack = append(stack, p.Add(image.Pt(1, 0)), p.Add(image.Pt(-1, 0)), p.Add(image.Pt(0, 1)), p.Add(image.Pt(0, -1)))
			}
			if area.Dx() >= minWidth && area.Dy() >= minHeight {
				found = append(found, area)
			}
		}
	}
	return found
}

// alike reports whether two colours are the same but for rounding.
func alike(a, b color.Color) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	near := func(x, y uint32) bool { return max(x, y)-min(x, y) <= 3<<8 }
	return near(ar, br) && near(ag, bg) && near(ab, bb)
}

// Center is the middle of an area.
func Center(r image.Rectangle) image.Point { return r.Min.Add(r.Max).Div(2) }
