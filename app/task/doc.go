// Package task runs the use cases: each once at a time, with its checklist in
// the State; what must not stop in the middle to its end; and what goes on
// beside a call no longer than the program.
package task
