package instance

import (
	"bufio"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestASecondStartRaisesTheFirstWindow(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	raised := make(chan struct{}, 3)
	first, err := Claim(t.Context(), dir, func(shown func()) { raised <- struct{}{}; shown() })
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := Claim(t.Context(), dir, nil); !errors.Is(err, ErrAnotherWindow) {
			t.Fatalf("got %v", err)
		}
		<-raised
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	next, err := Claim(t.Context(), dir, func(shown func()) { shown() })
	if err != nil {
		t.Fatalf("after the first has closed: %v", err)
	}
	if err := next.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAnAddressLeftBehindByACrashIsReplaced(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "window.addr")
	if err := os.WriteFile(file, []byte("127.0.0.1:1"), 0o600); err != nil {
		t.Fatal(err)
	}
	raised := make(chan struct{}, 1)
	first, err := Claim(t.Context(), dir, func(shown func()) { raised <- struct{}{}; shown() })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	if _, err := Claim(t.Context(), dir, nil); !errors.Is(err, ErrAnotherWindow) {
		t.Fatal(err)
	}
	<-raised
}

func TestAFirstWindowThatDoesNotAnswerIsSaid(t *testing.T) {
	dir := t.TempDir()
	first, err := Claim(t.Context(), dir, func(shown func()) { shown() })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	stranger, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stranger.Close() }()
	go func() {
		conn, err := stranger.Accept()
		if err != nil {
			return
		}
		_, _ = bufio.NewReader(conn).ReadString('\n')
		_, _ = conn.Write([]byte("HTTP/1.1 400 Bad Request\r\n"))
		_ = conn.Close()
	}()
	for _, c := range []struct{ name, address string }{
		{"nobody listens there", "127.0.0.1:1"},
		{"somebody else listens there", stranger.Addr().String()},
		{"the file is broken", "\x00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(dir, "window.addr"), []byte(c.address), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Claim(t.Context(), dir, nil)
			if !errors.Is(err, ErrAnotherWindow) || !errors.Is(err, ErrNotAnswering) || !strings.Contains(err.Error(), "did not answer") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestTalkThatIsNotOursRaisesNothing(t *testing.T) {
	dir := t.TempDir()
	first, err := Claim(t.Context(), dir, func(func()) { t.Error("raised") })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	address, err := os.ReadFile(filepath.Join(dir, "window.addr"))
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{"GET / HTTP/1.1\r\n", "\n", "cuelight: something else\n"} {
		conn, err := net.Dial("tcp", string(address))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte(said)); err != nil {
			t.Fatal(err)
		}
		if line, _ := bufio.NewReader(conn).ReadString('\n'); line != "" {
			t.Errorf("%q was answered with %q", said, line)
		}
		_ = conn.Close()
	}
}

func TestAStrangerHoldsNeitherMemoryNorTheEndUp(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	first, err := Claim(t.Context(), dir, func(func()) { t.Error("raised") })
	if err != nil {
		t.Fatal(err)
	}
	endless, err := net.Dial("tcp", first.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = endless.Close() }()
	sent := 0
	for err == nil { // until it is closed on us
		var n int
		n, err = endless.Write(make([]byte, 64<<10))
		sent += n
	}
	if sent > 64<<20 {
		t.Errorf("%d bytes of one line were taken", sent)
	}
	silent, err := net.Dial("tcp", first.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	began := time.Now()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > talkTimeout/2 {
		t.Errorf("Close waited %v for a stranger who says nothing", took)
	}
}

func TestOnlyWhoKnowsTheWordRaisesTheWindow(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	raised := make(chan struct{}, 3)
	first, err := Claim(t.Context(), dir, func(shown func()) { raised <- struct{}{}; shown() })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	address, err := os.ReadFile(filepath.Join(dir, addressName))
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{raiseRequest, raiseRequest + " ", raiseRequest + " word"} {
		conn, err := net.Dial("tcp", string(address))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(said + "\n"))
		if line, _ := bufio.NewReader(conn).ReadString('\n'); line != "" {
			t.Errorf("%q was answered with %q", said, line)
		}
		_ = conn.Close()
	}
	if len(raised) != 0 {
		t.Error("a stranger raised the window")
	}
	for _, name := range []string{addressName, wordName} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestStrangersThatSayNothingHoldNoStartUp(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	raised := make(chan struct{}, 1)
	first, err := Claim(t.Context(), dir, func(shown func()) { raised <- struct{}{}; shown() })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	address, err := os.ReadFile(filepath.Join(dir, addressName))
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		conn, err := net.Dial("tcp", string(address))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
	}
	began := time.Now()
	if _, err := Claim(t.Context(), dir, nil); !errors.Is(err, ErrAnotherWindow) || errors.Is(err, ErrNotAnswering) {
		t.Errorf("the second start: %v", err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("raised after %v", took)
	}
	<-raised
}

// A window whose process is there but whose picture is frozen used to be taken for
// one that came to the front.
func TestAFirstWindowThatIsFrozenIsSaid(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	first, err := Claim(t.Context(), dir, func(func()) {}) // never shown
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := Claim(t.Context(), dir, nil); !errors.Is(err, ErrAnotherWindow) || !errors.Is(err, ErrNotAnswering) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("said after %v", took)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
}

func TestALinkIsHandedToTheWindowThatIsOpen(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	const link = "cuelight://title?text=%EC%95%88%EB%85%95"
	if err := HandOver(t.Context(), dir, link); err == nil {
		t.Error("handed over to nobody")
	}
	first, err := Claim(t.Context(), dir, func(shown func()) { shown() })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	got := make(chan string, 1)
	first.TakeLinks(func(link string) { got <- link })
	for _, wrong := range []string{"a\nb", strings.Repeat("x", maxLine)} {
		if err := HandOver(t.Context(), dir, wrong); err == nil {
			t.Errorf("%.10q is handed over", wrong)
		}
	}
	if err := HandOver(t.Context(), dir, link); err != nil {
		t.Fatal(err)
	}
	if taken := <-got; taken != link {
		t.Errorf("got %q", taken)
	}
	if err := os.WriteFile(filepath.Join(dir, wordName), []byte("guessed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := HandOver(t.Context(), dir, link); err == nil || len(got) > 0 {
		t.Errorf("a stranger's link is taken: %v", err)
	}
}
