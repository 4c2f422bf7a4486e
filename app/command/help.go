package command

import (
	"strings"

	"github.com/alecthomas/kong"

	"cuelight/app/words"
)

// helpKeys are the places in the command line's tags for help texts; each is
// filled from the words "command.<key>".
var helpKeys = []string{
	"help_account", "help_config", "help_sandbox", "help_obs", "help_json", "help_timeout", "help_lang",
	"help_debug", "help_window", "help_cmd_account", "help_cmd_account_add", "help_cmd_account_list",
	"help_cmd_account_use", "help_cmd_account_remove", "help_cmd_login", "help_cmd_logout",
	"help_cmd_setup", "help_cmd_update", "help_cmd_categories", "help_cmd_status", "help_cmd_start",
	"help_cmd_stop", "help_cmd_restore", "help_cmd_doctor", "help_cmd_sandbox", "help_cmd_help",
	"help_cmd_version", "help_platform", "help_name", "help_client_id", "help_base_url",
	"help_redirect_uri", "help_dialect", "help_platform_type", "help_no_browser", "help_number",
	"help_paste", "help_title", "help_category", "help_hashtags", "help_query", "help_listen",
	"help_ingest", "help_language", "help_viewers", "help_password_stdin", "help_no_password", "help_hidden",
	"help_grade", "help_ending", "help_standby", "help_no_standby", "help_watermark", "help_exploration",
	"help_paid", "help_yes", "help_order", "help_page", "help_all", "help_overlay_kind", "help_overlay_for",
	"help_overlay_add", "help_overlay_scene", "help_filter_kind", "help_filter_value", "help_filter_reason",
	"help_vod_url", "help_vod_width", "help_cmd_key", "help_cmd_key_show", "help_cmd_key_reset",
	"help_cmd_live", "help_cmd_overlay", "help_cmd_filter", "help_cmd_filter_list", "help_cmd_filter_add",
	"help_cmd_filter_remove", "help_cmd_vod", "help_cmd_station", "help_anyway", "help_cmd_preflight",
	"help_cmd_watch", "help_bundle", "help_service_account", "help_api_url", "help_token_stdin", "help_region",
	"help_sdkappid", "help_identifier", "help_rtmp_url", "help_channel", "help_room", "help_page_size",
	"help_server", "help_key_stdin", "help_cmd_channels", "help_cmd_rooms", "help_cmd_stats",
}

// helpWords fills the help texts in the user's language.
func helpWords(w *words.Words) kong.Option {
	vars := kong.Vars{}
	for _, key := range helpKeys {
		vars[key] = w.Say("command." + key)
	}
	return vars
}

// languageOf finds --lang before the command line is read, since reading it
// needs the words already. What it misses is only the language of the help.
func languageOf(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return environmentLanguage()
}
