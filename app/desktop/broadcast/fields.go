package broadcast

import (
	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
)

// fields makes the fields of the broadcast's settings.
type fields struct {
	ui         *kit.UI
	engine     Engine
	catalog    catalog.Engine
	categories *catalog.Categories
	languages  *catalog.Languages
	// relayout places the screen anew, after a field has changed its height.
	relayout func()
}
