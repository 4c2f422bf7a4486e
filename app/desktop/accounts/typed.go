package accounts

// Typed reports whether something was typed that leaving the way in would lose.
func (w *Welcome) Typed() bool { return !w.begun && w.form.typed() }

func (a *accountForm) typed() bool {
	for _, field := range a.fields {
		before := ""
		if field.spec.Key == fieldRedirect {
			before = field.spec.Default // stands there from the beginning
		}
		if field.secret != nil && field.secret.Text() != "" || field.text != nil && field.text.Text() != before {
			return true
		}
	}
	return false
}
