package state

import "time"

// WaitWorthShowing is how long a call has to wait its turn before the account
// itself is shown as waiting: an ordinary pause between two calls is nobody's
// news.
const WaitWorthShowing = 2 * time.Second

// WaitBegan: a call of an account waits its turn.
type WaitBegan struct {
	Account string
	Wait    WaitState
}

// WaitEnded is the end of that wait.
type WaitEnded WaitBegan

func (e WaitBegan) apply(s State) State {
	if e.Account != s.Account.Name {
		return s
	}
	s.Waiting = e.Wait
	if e.Wait.Wait >= WaitWorthShowing {
		s.Account.WaitUntil = e.Wait.Until
	}
	return s
}

// A wait that began meanwhile goes on.
func (e WaitEnded) apply(s State) State {
	if s.Waiting == e.Wait {
		s.Waiting = WaitState{}
	}
	return s
}
