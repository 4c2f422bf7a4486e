package discover

import (
	"context"
	"strings"
	"sync"
	"testing"

	"cuelight/app/config"
	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/input"
)

// opened opens the screen and waits for its first page.
func opened(t *testing.T, s state.State, given func(*kittest.Engine)) (*kittest.Rig, *Discover) {
	t.Helper()
	r := kittest.NewRig(t, s)
	given(r.Fake)
	d := show(r)
	r.Settle()
	return r, d
}

// show opens the screen in a rig.
func show(r *kittest.Rig) *Discover {
	d := New(r.UI, r.Fake, catalog.NewCategories(r.UI, r.Fake), catalog.NewLanguages(r.UI, r.Fake))
	r.Show(d)
	return d
}

func TestPagesAreFetchedAsOneScrollsToTheEnd(t *testing.T) {
	r, d := opened(t, kittest.Complete(), func(e *kittest.Engine) { e.DirectoryFunc = kittest.ManyLive(200) })
	if len(d.rows.all) != 60 {
		t.Fatalf("%d rows at first", len(d.rows.all))
	}
	for want := 120; want <= 240; want += 60 {
		d.list.ScrollTo(1e6)
		r.Until("the next page", func() bool { return len(d.rows.all) == min(want, 200) && !d.pages.Running() })
	}
	asked := r.Fake.Times("directory")
	d.list.ScrollTo(1e6)
	if d.next != 0 || r.Fake.Times("directory") != asked {
		t.Error("past the last page it goes on asking")
	}
}

func TestAFailedPageKeepsTheRowsAndIsOnlyAskedForAgainByHand(t *testing.T) {
	r, d := opened(t, kittest.Complete(), kittest.WithOnePage)
	d.list.ScrollTo(1e6)
	r.Until("the failure", func() bool { return d.err != nil })
	asked := r.Fake.Times("directory")
	d.list.ScrollTo(0)
	d.list.ScrollTo(1e6)
	if r.Fake.Times("directory") != asked {
		t.Error("scrolling asks a platform that has just failed")
	}
	if len(d.rows.all) != 60 || !d.failed.Object.Visible() || d.more.Text() != r.Text("retry") {
		t.Errorf("%d rows left, the button says %q", len(d.rows.all), d.more.Text())
	}
	r.Fake.DirectoryFunc = kittest.ManyLive(500)
	r.Press(d.more)
	r.Until("the next page", func() bool { return len(d.rows.all) == 120 })
	if d.failed.Object.Visible() {
		t.Error("the failure is still shown")
	}
}

func TestAnotherCategoryDropsTheAnswerOfTheOneBefore(t *testing.T) {
	release := make(chan struct{})
	var once sync.Once
	cancelled := make(chan struct{})
	r, d := opened(t, kittest.Complete(), kittest.WithLive)
	r.Fake.DirectoryFunc = func(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error) {
		if q.Category == "00040019" {
			<-ctx.Done()
			once.Do(func() { close(cancelled) })
			<-release
			return kittest.OnePage(kittest.SomeLive()[:1]...)(ctx, q)
		}
		return kittest.OnePage(kittest.SomeLive()[3])(ctx, q)
	}
	d.choose(input.PickItem{ID: scopeCategory + "00040019"})
	d.choose(input.PickItem{ID: scopeCategory + "00130000"})
	<-cancelled
	r.Until("the second answer", func() bool { return len(d.rows.all) == 1 && !d.pages.Running() })
	close(release)
	r.Settle()
	if d.rows.at(0).nick != "백호" || len(d.rows.all) != 1 {
		t.Errorf("shows %q", d.rows.at(0).nick)
	}
}

func TestLeavingCancelsWhatIsOnItsWay(t *testing.T) {
	cancelled := make(chan struct{})
	r := kittest.NewRig(t, kittest.Complete())
	r.Fake.DirectoryFunc = func(ctx context.Context, _ providers.DirectoryQuery) (providers.DirectoryPage, error) {
		<-ctx.Done()
		close(cancelled)
		return providers.DirectoryPage{}, ctx.Err()
	}
	d := show(r)
	r.Leave()
	<-cancelled
	r.Settle()
	if d.pages.Running() || d.err != nil {
		t.Error("a cancelled request counts as failed")
	}
}

func TestComingBackSoonShowsTheListAsItWas(t *testing.T) {
	r, d := opened(t, kittest.Complete(), kittest.WithLive)
	asked := r.Fake.Times("directory")
	r.Leave()
	r.Show(d)
	if d.pages.Running() || r.Fake.Times("directory") != asked || len(d.rows.all) != 6 {
		t.Error("it is asked for anew")
	}
	r.Leave()
	r.Clock.Advance(2 * freshTime)
	r.Show(d)
	if len(d.rows.all) != 6 {
		t.Error("an old list is gone while it is asked for anew")
	}
	r.Settle()
	if n := r.Fake.Times("directory"); n != asked+1 {
		t.Errorf("an old list is asked for %d times", n-asked)
	}
}

func TestOnesOwnPlaceIsTold(t *testing.T) {
	_, d := opened(t, kittest.CompleteOnAir(), kittest.WithLive)
	if !strings.Contains(d.info.Text(), "내 방송은 배틀그라운드 3위") {
		t.Errorf("says %q", d.info.Text())
	}
	if !d.row(2).Own || d.row(1).Own {
		t.Error("one's own broadcast is not marked")
	}
	_, d = opened(t, kittest.CompleteOnAir(), kittest.WithMany)
	if !strings.Contains(d.info.Text(), "600위 밖") {
		t.Errorf("far kittest.Down() it says %q", d.info.Text())
	}
	_, d = opened(t, kittest.Complete(), kittest.WithLive)
	if strings.Contains(d.info.Text(), "내 방송") {
		t.Errorf("off air it says %q", d.info.Text())
	}
}

func TestARowTellsAgeLockAndTime(t *testing.T) {
	_, d := opened(t, kittest.Complete(), kittest.WithLive)
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
	r, d := opened(t, kittest.Complete(), kittest.WithLive)
	offers := d.offers(0)
	choose := func(n int) { offers[n].Action() }
	choose(0)
	r.Until("the page is opened", func() bool { return r.Fake.Called("open https://play.example/user0") })
	choose(1)
	if got := r.Clipboard().Content(); got != "https://play.example/user0" {
		t.Errorf("copied %q", got)
	}
	choose(2)
	if got := r.Clipboard().Content(); got != "https://play.example/embed/user0" {
		t.Errorf("copied %q", got)
	}
}

func TestTheScopeOffersLanguagesAndCategories(t *testing.T) {
	r, d := opened(t, kittest.Complete(), func(e *kittest.Engine) {
		kittest.WithLive(e)
		e.LanguageNames = map[string]string{"ko_KR": "Korean", "xx_XX": "Xish"}
		e.Memory = config.CategoryMemory{Favourite: []string{"00130000"}, Recent: []string{"00040066", "00130000", "gone"}}
	})
	offered := func() string {
		var names []string
		for _, item := range d.scopes("") {
			names = append(names, item.Name)
		}
		return strings.Join(names, "|")
	}
	r.Until("the languages", func() bool { return strings.Contains(offered(), "Xish") })
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
