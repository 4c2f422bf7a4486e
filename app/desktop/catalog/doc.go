// Package catalog holds what the platform offers to choose from on several
// screens: its categories, with the fields that pick one, and its languages.
package catalog

import (
	"context"

	"cuelight/app/category"
	"cuelight/app/config"
	"cuelight/providers"
)

// Engine is what the catalog needs of the core.
type Engine interface {
	CategoryIndex(ctx context.Context) (*category.Index, error)
	// SearchCategories asks a platform that has no list of its categories.
	SearchCategories(ctx context.Context, query string) ([]providers.Category, error)
	// CategoryMemory and MarkCategory are quick; they may be called on the window's
	// goroutine.
	CategoryMemory() config.CategoryMemory
	MarkCategory(number string, favourite bool) error
	Languages(ctx context.Context) (map[string]string, error)
}
