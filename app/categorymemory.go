package app

// CategoryMemory gives the recent and favourite categories of the account in
// use.
func (e *Engine) CategoryMemory() CategoryMemory {
	config := e.Config()
	return config.Categories[config.Current]
}

// MarkCategory marks a category of the account in use as a favourite, or takes
// the mark away.
func (e *Engine) MarkCategory(number string, favourite bool) error {
	account, ok := e.Config().InUse()
	if !ok {
		return ErrNoAccount
	}
	e.config.MarkCategory(account.Name, number, favourite)
	return nil
}
