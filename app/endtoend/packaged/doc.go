// Package packaged tries the packages that people install, as they are: the
// installer for Windows under Wine, with a real OBS beside it. Tests only; make
// test-packages makes the packages and the Debian root with Wine, and says where
// they are. Without that there is nothing to try, and the tests are skipped.
package packaged
