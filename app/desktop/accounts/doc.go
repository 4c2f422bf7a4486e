// Package accounts is the screen of all accounts, with everything that adds one and
// signs it in: the way in, the sign-in sheet, and the watch over tokens made by hand.
package accounts
