#!/usr/bin/env bash
# Tells how far something is: each line of standard input is one step, begun.
#   progress.sh DOING TOTAL    such as: progress.sh "compiling package" 590
# On a terminal in one line that changes; elsewhere a line every ten seconds, so that
# a log says it, too. Without a step it says nothing.
set -euo pipefail
doing=$1 total=$2 done=0 told=0 step=
say() { printf '%s %d of %d: %s\n' "$doing" "$done" "$total" "$step"; }
while IFS= read -r step; do
	done=$((done + 1))
	[ "$done" -le "$total" ] || total=$done
	if [ -t 1 ]; then
		line=$(say)
		printf '\r\033[K%s' "${line:0:${COLUMNS:-80}}"
	elif [ $((SECONDS - told)) -ge 10 ]; then
		told=$SECONDS
		say
	fi
done
if [ "$done" -gt 0 ] && [ -t 1 ]; then printf '\r\033[K'; fi
[ "$done" = 0 ] || printf '%s: %d, in %d s\n' "$doing" "$done" "$SECONDS"
