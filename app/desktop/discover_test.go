package desktop

import (
	"context"
	"strings"
	"sync"
	"testing"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/input"
)

// discovering opens the screen and waits for its first page.
func discovering(t *testing.T, s state.State, given func(*fakeEngine)) (*rig, *discover) {
	t.Helper()
	r := newRig(t, s, "dark", "ko")
	given(r.fake)
	r.shell.open(screenDiscover)
	answered(r)
	return r, r.screenShown().(*discover)
}

func TestPagesAreFetchedAsOneScrollsToTheEnd(t *testing.T) {
	r, d := discovering(t, all(), func(e *fakeEngine) { e.directory = manyLive(200) })
	if len(d.rows.all) != 60 {
		t.Fatalf("%d rows at first", len(d.rows.all))
	}
	for want := 120; want <= 240; want += 60 {
		d.list.ScrollTo(1e6)
		r.until("the next page", func() bool { return len(d.rows.all) == min(want, 200) && !d.pages.running() })
	}
	asked := r.fake.times("directory")
	d.list.ScrollTo(1e6)
	if d.next != 0 || r.fake.times("directory") != asked {
		t.Error("past the last page it goes on asking")
	}
}

func TestAFailedPageKeepsTheRowsAndIsOnlyAskedForAgainByHand(t *testing.T) {
	r, d := discovering(t, all(), withOnePage)
	d.list.ScrollTo(1e6)
	r.until("the failure", func() bool { return d.err != nil })
	asked := r.fake.times("directory")
	d.list.ScrollTo(0)
	d.list.ScrollTo(1e6)
	if r.fake.times("directory") != asked {
		t.Error("scrolling asks a platform that has just failed")
	}
	if len(d.rows.all) != 60 || !d.failed.object.Visible() || d.more.Text() != r.say("retry") {
		t.Errorf("%d rows left, the button says %q", len(d.rows.all), d.more.Text())
	}
	r.fake.directory = manyLive(500)
	r.press(d.more)
	r.until("the next page", func() bool { return len(d.rows.all) == 120 })
	if d.failed.object.Visible() {
		t.Error("the failure is still shown")
	}
}

func TestAnotherCategoryDropsTheAnswerOfTheOneBefore(t *testing.T) {
	release := make(chan struct{})
	var once sync.Once
	cancelled := make(chan struct{})
	r, d := discovering(t, all(), withLive)
	r.fake.directory = func(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
		if q.Category == "00040019" {
			<-ctx.Done()
			once.Do(func() { close(cancelled) })
			<-release
			return onePage(someLive()[:1]...)(ctx, q)
		}
		return onePage(someLive()[3])(ctx, q)
	}
	d.choose(input.PickItem{ID: scopeCategory + "00040019"})
	d.choose(input.PickItem{ID: scopeCategory + "00130000"})
	<-cancelled
	r.until("the second answer", func() bool { return len(d.rows.all) == 1 && !d.pages.running() })
	close(release)
	(<-r.queue)()
	if d.rows.at(0).nick != "백호" || len(d.rows.all) != 1 {
		t.Errorf("shows %q", d.rows.at(0).nick)
	}
}

func TestLeavingCancelsWhatIsOnItsWay(t *testing.T) {
	cancelled := make(chan struct{})
	r := newRig(t, all(), "dark", "ko")
	r.fake.directory = func(ctx context.Context, _ providers.DirectoryQuery) (providers.DirectoryPage, error) {
		<-ctx.Done()
		close(cancelled)
		return providers.DirectoryPage{}, ctx.Err()
	}
	r.shell.open(screenDiscover)
	d := r.screenShown().(*discover)
	r.shell.open(screenHome)
	<-cancelled
	(<-r.queue)()
	if d.pages.running() || d.err != nil {
		t.Error("a cancelled request counts as failed")
	}
}

func TestComingBackSoonShowsTheListAsItWas(t *testing.T) {
	r, d := discovering(t, all(), withLive)
	asked := r.fake.times("directory")
	r.shell.open(screenHome)
	r.shell.open(screenDiscover)
	if d.pages.running() || r.fake.times("directory") != asked || len(d.rows.all) != 6 {
		t.Error("it is asked for anew")
	}
	r.shell.open(screenHome)
	r.clock.Advance(2 * discoverFresh)
	r.shell.open(screenDiscover)
	if len(d.rows.all) != 6 {
		t.Error("an old list is gone while it is asked for anew")
	}
	answered(r)
	if n := r.fake.times("directory"); n != asked+1 {
		t.Errorf("an old list is asked for %d times", n-asked)
	}
}

func TestOnesOwnPlaceIsTold(t *testing.T) {
	_, d := discovering(t, live(), withLive)
	if !strings.Contains(d.info.Text(), "내 방송은 배틀그라운드에서 3번째") {
		t.Errorf("says %q", d.info.Text())
	}
	if !d.row(2).Own || d.row(1).Own {
		t.Error("one's own broadcast is not marked")
	}
	_, d = discovering(t, live(), withMany)
	if !strings.Contains(d.info.Text(), "600위 밖") {
		t.Errorf("far down it says %q", d.info.Text())
	}
	_, d = discovering(t, all(), withLive)
	if strings.Contains(d.info.Text(), "내 방송") {
		t.Errorf("off air it says %q", d.info.Text())
	}
}

func TestARowTellsAgeLockAndTime(t *testing.T) {
	_, d := discovering(t, all(), withLive)
	row := d.row(4)
	var marks []string
	for _, b := range row.Badges {
		marks = append(marks, b.Tooltip)
	}
	if got := strings.Join(marks, ", "); got != "비밀번호 방송, 유료 광고 포함, 19세 이상" {
		t.Errorf("marked as %q", got)
	}
	if row.Note != "1일" || d.row(0).Number != "12,406" || d.row(5).Note != "" {
		t.Errorf("%q, %q, %q", row.Note, d.row(0).Number, d.row(5).Note)
	}
}

func TestABroadcastsAddressesAreOpenedAndCopied(t *testing.T) {
	r, d := discovering(t, all(), withLive)
	offers := d.offers(0)
	choose := func(n int) { offers[n].Action() }
	choose(0)
	r.until("the page is opened", func() bool { return r.fake.called("open https://play.example/user0") })
	choose(1)
	if got := r.app.Clipboard().Content(); got != "https://play.example/user0" {
		t.Errorf("copied %q", got)
	}
	choose(2)
	if got := r.app.Clipboard().Content(); got != "https://play.example/embed/user0" {
		t.Errorf("copied %q", got)
	}
}

func TestTheScopeOffersLanguagesAndCategories(t *testing.T) {
	r, d := discovering(t, all(), func(e *fakeEngine) {
		withLive(e)
		e.languages = map[string]string{"ko_KR": "Korean", "xx_XX": "Xish"}
		e.memory = app.CategoryMemory{Favourite: []string{"00130000"}, Recent: []string{"00040066", "00130000", "gone"}}
	})
	offered := func() string {
		var names []string
		for _, item := range d.scopes("") {
			names = append(names, item.Name)
		}
		return strings.Join(names, "|")
	}
	r.until("the languages", func() bool { return strings.Contains(offered(), "Xish") })
	if got := offered(); !strings.HasPrefix(got, "모든 방송|토크/캠방|배틀그라운드|한국어|Xish|게임|배틀그라운드|") {
		t.Errorf("offers %s", got)
	}
	if found := d.scopes("ㅂㅌㄱ"); len(found) != 1 || found[0].ID != scopeCategory+"00040066" {
		t.Errorf("finds %v", found)
	}
	d.choose(input.PickItem{ID: scopeLanguage + "xx_XX"})
	if d.query.Language != "xx_XX" || d.query.Category != "" {
		t.Errorf("asks for %+v", d.query)
	}
}
