package app

// CategoryMemory gives the recent and favourite categories of the account in
// use.
func (b *Broadcast) CategoryMemory() CategoryMemory {
	config := b.config.Config()
	return config.Categories[config.Current]
}

// MarkCategory marks a category of the account in use as a favourite, or takes
// the mark away.
func (b *Broadcast) MarkCategory(number string, favourite bool) error {
	account, ok := b.config.Config().InUse()
	if !ok {
		return ErrNoAccount
	}
	b.config.MarkCategory(account.Name, number, favourite)
	return nil
}
