#!/usr/bin/env bash
# Runs 'dotnet test' with the arguments given and ends with a line 'N passed, N failed'; fails when a test failed, or none passed.
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test "$@" 2>&1 | tee "$log" | grep -vE '^\s*(Determining|Restored|All projects)'
status=${PIPESTATUS[0]}
counts=$(grep -E 'Failed: +[0-9]+, Passed: +[0-9]+' "$log" | tail -n 1)
failed=$(sed -E 's/.*Failed: +([0-9]+),.*/\1/' <<< "${counts:-Failed: 0,}")
passed=$(sed -E 's/.*Passed: +([0-9]+),.*/\1/' <<< "${counts:-Passed: 0,}")
if [ "$failed" = 0 ] && { [ "$status" != 0 ] || [ "$passed" = 0 ]; }; then failed=1; fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
