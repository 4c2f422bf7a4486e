package chzzk

import (
	"context"
	"net/url"
	"strconv"

	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// maxFound is the most that a search gives (Category, size).
const maxFound = 50

// categoryData is a category as the API returns it. A category is known by its type
// and its id together.
type categoryData struct {
	Type lenient.Text `json:"categoryType"`
	ID   lenient.Text `json:"categoryId"`
	Name lenient.Text `json:"categoryValue"`
}

// category converts to a providers.Category; no id is no category.
func (c categoryData) category() providers.Category {
	if c.ID == "" {
		return providers.Category{}
	}
	return providers.Category{Number: c.Type.String() + ":" + c.ID.String(), Name: c.Name.String()}
}

// SearchCategories implements providers.CategorySearch (Category, search), as the
// application: it works before anybody has signed in.
func (s *session) SearchCategories(ctx context.Context, query string) ([]providers.Category, error) {
	return s.searchCategories(ctx, query, maxFound)
}

func (s *session) searchCategories(ctx context.Context, query string, size int) ([]providers.Category, error) {
	query = text.Title(query)
	if query == "" {
		return nil, usage(string(providers.FieldCategory), "category.query_empty", 1)
	}
	a, err := s.asClient(ctx, request{
		op: "categories/search", query: url.Values{"query": {query}, "size": {strconv.Itoa(size)}},
	})
	if err != nil {
		return nil, err
	}
	var found struct {
		Data lenient.List[categoryData] `json:"data"`
	}
	if err := a.read(&found); err != nil {
		return nil, err
	}
	if !found.Data.Set {
		return nil, a.MissingError("content.data")
	}
	list := []providers.Category{}
	seen := make(map[string]bool)
	for _, one := range found.Data.Items[:min(len(found.Data.Items), maxFound)] {
		c := one.category()
		if _, _, ok := splitCategory(c.Number); !ok || c.Name == "" || seen[c.Number] {
			continue
		}
		seen[c.Number] = true
		list = append(list, c)
	}
	return list, nil
}
