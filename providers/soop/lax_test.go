package soop

import (
	"errors"
	"reflect"
	"testing"

	"cuelight/providers"
)

func TestCategoriesAreReadHoweverTheTreeIsWritten(t *testing.T) {
	game := providers.Category{Number: "00040000", Name: "게임"}
	child := providers.Category{Number: "00040066", Name: "롤", Parent: "00040000"}
	for name, c := range map[string]struct {
		tree string
		want []providers.Category
	}{
		"as documented":          {`[{"cate_name":"게임","cate_no":"00040000","child":[{"cate_name":"롤","cate_no":"00040066"}]}]`, []providers.Category{game, child}},
		"numbers as decimals":    {`[{"cate_name":"게임","cate_no":40000.0,"child":[{"cate_name":"롤","cate_no":"40066.00"}]}]`, []providers.Category{game, child}},
		"a group without number": {`[{"cate_name":"묶음","child":[{"cate_name":"게임","cate_no":"00040000"}]}]`, []providers.Category{game}},
		"a child that repeats":   {`[{"cate_name":"게임","cate_no":"00040000","child":[{"cate_name":"롤","cate_no":"00040066"},{"cate_name":"롤","cate_no":40066}]}]`, []providers.Category{game, child}},
		"no such number":         {`[{"cate_name":"게임","cate_no":"00040000"},{"cate_name":"x","cate_no":"1.5"}]`, []providers.Category{game}},
	} {
		t.Run(name, func(t *testing.T) {
			srv := newService(t)
			s, _ := open(t, srv, dialectSOOP)
			srv.on("broad/category/list", says(200, `{"broad_category":`+c.tree+`}`))
			if got, err := s.Categories(ctx, ""); err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestAnEmptyErrorIsNoErrorHoweverItIsWritten(t *testing.T) {
	for _, none := range []string{`""`, `"0"`, `0`, `false`, `"false"`, `"False"`, `null`, `[]`, `{}`, `"null"`} {
		srv := newService(t)
		s, _ := open(t, srv, dialectSOOP)
		srv.on("broad/rtmp/reset", says(200, `{"error":`+none+`,"result":"1","stream_key":"soop1234-1"}`))
		if key, err := s.ResetKey(ctx); err != nil || key.Reveal() != "soop1234-1" {
			t.Errorf("%s: %v", none, err)
		}
		// What the result says is told, and not the empty error.
		srv.on("broad/rtmp/reset", says(200, `{"error":`+none+`,"result":-515,"msg":"안 됩니다"}`))
		if _, err := s.ResetKey(ctx); failure(err).Code != "-515" || !errors.Is(err, providers.ErrRefused) {
			t.Errorf("%s: %v", none, err)
		}
		srv.on("auth/token", says(200, `{"error":`+none+`,"result":-1104,"msg":"client"}`))
		if err := s.Exchange(ctx, providers.SignInRequest{}, "one-time-code"); failure(err).Reason != "signin.client" {
			t.Errorf("a token, %s: %v", none, err)
		}
	}
}
