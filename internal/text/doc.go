// Package text is the one filter for text that comes from outside or goes out:
// what people paste and pipe is cleaned at its edges and refused where it holds
// what nobody can see, and what strangers wrote (titles, nicknames, messages of
// platforms and of OBS) is made safe to print on a line.
//
// It is a leaf: it imports nothing of Cuelight, and every other package may
// import it.
package text
