package desktop

import (
	"context"
	"strings"
	"time"

	"cuelight/app/category"
	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/input"
	"cuelight/widgets/widgettest"
)

// atCHZZK is an account of a platform that is searched for categories, whose list of
// live broadcasts cannot be narrowed, and which can end a sign-in everywhere.
func atCHZZK() state.State {
	s := kittest.Ready()
	s.Account.Platform, s.Account.PlatformName = "chzzk", "CHZZK"
	s.Account.Has = state.Capabilities{
		Ingest: true, Edit: true, Categories: true, CategorySearch: true, Directory: true, Revoke: true,
	}
	s.Broadcast.Confirmed.Category = providers.Category{Number: "ETC:talk", Name: "talk"}
	s.Broadcast.Limits = providers.Limits{
		providers.FieldTitle: {Min: 1, Max: 100}, providers.FieldCategory: {}, providers.FieldHashtags: {Max: 5, Each: 15},
	}
	return s
}

// searchCategory opens the first search for a category, with something typed.
func searchCategory(query string) func(*rig) {
	return func(r *rig) {
		r.fake.Memory = config.CategoryMemory{Recent: []string{"ETC:talk"}}
		r.fake.IndexFunc = func(context.Context) (*category.Index, error) {
			return category.NewIndex([]providers.Category{{Number: "ETC:talk", Name: "talk"}}), nil
		}
		r.fake.SearchFunc = func(_ context.Context, query string) ([]providers.Category, error) {
			var found []providers.Category
			for _, one := range []providers.Category{
				{Number: "GAME:League_of_Legends", Name: "리그 오브 레전드"}, {Number: "GAME:Rocket_League", Name: "로켓 리그"},
			} {
				if strings.Contains(one.Name, query) {
					found = append(found, one)
				}
			}
			return found, nil
		}
		picker := kittest.Find[*input.Picker](r.body())[0]
		picker.Open()
		r.settle()
		if query != "" {
			widgettest.TypeText(r.win, query)
		}
		r.clock.Advance(time.Second)
		r.settle()
	}
}

func openDiscover(r *rig) {
	r.fake.DirectoryFunc = kittest.OnePage(
		providers.LiveEntry{ID: "1", UserID: "a", Nick: "달빛토끼", Title: "오늘은 새벽까지", CategoryNumber: "GAME:X", CategoryName: "로스트아크", Viewers: 3120},
		providers.LiveEntry{ID: "2", UserID: "b", Nick: "모찌", Title: "편하게 놀다 가세요", CategoryNumber: "ETC:talk", CategoryName: "talk", Viewers: 812, AgeLimit: 19},
	)
	r.shell.open(kit.ScreenDiscover)
	r.settle()
}

func askSignOut(r *rig) {
	r.shell.open(kit.ScreenAccounts)
	r.settle()
	r.tap(r.body(), "accounts.sign_out")
	r.settle()
}

// unfolded opens the fields that few people need.
func unfolded(then func(*rig)) func(*rig) {
	return func(r *rig) {
		then(r)
		r.tap(r.welcome.Body(), "form.advanced")
		r.settle()
	}
}
