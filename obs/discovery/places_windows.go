package discovery

import "golang.org/x/sys/windows/registry"

// installedFolders reads where OBS's installer put it: the default value of
// HKLM\SOFTWARE\OBS Studio, in both views of the registry.
func installedFolders() []string {
	var out []string
	for _, view := range []uint32{registry.WOW64_64KEY, registry.WOW64_32KEY} {
		key, err := registry.OpenKey(registry.LOCAL_MACHINE, `SOFTWARE\OBS Studio`, registry.QUERY_VALUE|view)
		if err != nil {
			continue
		}
		if folder, _, err := key.GetStringValue(""); err == nil && folder != "" {
			out = append(out, folder)
		}
		_ = key.Close()
	}
	return out
}
