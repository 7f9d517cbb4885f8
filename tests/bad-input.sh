#!/usr/bin/env bash
# Whole runs on input that is wrong in every way that comes to mind: a clear error or a dead letter, never a crash, a hang or a silent loss.
# Usage: tests/bad-input.sh CLOUDPUMP-PROGRAM
set -uo pipefail
cloudpump=$1
here=$(cd "$(dirname "$0")" && pwd)
pipeline=$here/../functions/pipelines/weblogs.yaml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

good='203.0.113.7 - - [10/Oct/2026:13:55:36 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8"'
expect() { # NAME EXIT-CODE JQ-CONDITION: runs over $work/input and looks at the summary
  rm -rf "$work/out" "$work/summary" "$work/data"
  timeout 60 "$cloudpump" run "$pipeline" --input "$work/input" --output "$work/out/" --data "$work/data" --summary "$work/summary" 2>"$work/log"
  local code=$?
  if [ "$code" != "$2" ] || ! jq -e "$3" "$work/summary" >/dev/null; then
    echo "FAILED $1: exit $code, $(cat "$work/summary" 2>/dev/null)"; cat "$work/log"; failed=$((failed + 1))
  else
    echo "ok $1"
  fi
}
refuse() { # NAME EXIT-CODE TEXT COMMAND...: must fail with the code and say the text, and no stack trace
  local name=$1 code=$2 text=$3; shift 3
  timeout 60 "$@" >"$work/log" 2>&1
  local got=$?
  if [ "$got" != "$code" ] || ! grep -qi "$text" "$work/log" || grep -q '^   at ' "$work/log"; then
    echo "FAILED $name: exit $got"; head -20 "$work/log"; failed=$((failed + 1))
  else
    echo "ok $name: $(tail -n 1 "$work/log" | cut -c1-150)"
  fi
}

: > "$work/input"
expect "an empty file" 0 '.pipelines.weblogs.received == 0'
printf '%s\n\n\r\n%s' "$good" "$good" > "$work/input"
expect "blank lines, and no line end at the end" 0 '.pipelines.weblogs.delivered == 2'
{ echo "$good"; head -c 50000000 /dev/zero | tr '\0' 'x'; echo; echo "$good"; } > "$work/input"
expect "a line of 50 MB" 0 '.pipelines.weblogs | .delivered == 2 and .dead == 1'
kept=$("$cloudpump" deadletters show 1 --data "$work/data" --raw 2>/dev/null | wc -c)
[ "$kept" = 50000000 ] || { echo "FAILED a line of 50 MB: $kept bytes were kept"; failed=$((failed + 1)); }
{ echo "$good"; printf 'a\0b\0\0\n'; head -c 300 /dev/zero; echo; echo "$good"; } > "$work/input"
expect "NUL bytes" 0 '.pipelines.weblogs | .delivered == 2 and .dead == 2'
{ echo "$good"; printf '%s\n' "${good/curl/$(printf '\xff\xfe')}"; printf '\xc3\x28\n'; } > "$work/input"
expect "invalid UTF-8" 0 '.pipelines.weblogs | .delivered == 1 and .dead == 2'
head -c 3000000 /dev/urandom > "$work/input"
expect "random bytes" 0 '.pipelines.weblogs | .delivered == 0 and .dead == .received and .in_flight == 0'

refuse "a missing file" 1 'there is no file' "$cloudpump" run "$pipeline" --input "$work/none.log" --output "$work/out/"
refuse "a folder as the input" 1 'is a folder' "$cloudpump" run "$pipeline" --input "$work" --output "$work/out/"
refuse "a missing pipeline file" 1 'no such file' "$cloudpump" run "$work/none.yaml"
for _ in $(seq 2000); do echo "$good"; done > "$work/input"
refuse "a full disk" 2 'no space left' "$cloudpump" run "$pipeline" --input "$work/input" --output /dev/full
mkdir "$work/small" && if mount -t tmpfs -o size=2m tmpfs "$work/small" 2>/dev/null; then
  for _ in $(seq 60000); do echo "$good"; done > "$work/input"
  refuse "a disk that fills up under the output" 2 'no space left\|not enough space\|disk is full\|disk full' "$cloudpump" run "$pipeline" --input "$work/input" --output "$work/small/out.ndjson" --data "$work/data-full"
  mount -o remount,size=200m "$work/small"
  "$cloudpump" run "$pipeline" --input "$work/input" --output "$work/small/out.ndjson" --data "$work/data-full" 2>/dev/null
  lines=$(wc -l < "$work/small/out.ndjson")
  if [ "$lines" = 60000 ]; then echo "ok after room was made, every event is there once"; else echo "FAILED after room was made: $lines of 60000 events"; failed=$((failed + 1)); fi
  umount "$work/small"
  mkdir "$work/tiny" && mount -t tmpfs -o size=600k tmpfs "$work/tiny"
  refuse "a disk that fills up under the store" 2 'full' "$cloudpump" run "$pipeline" --input "$work/input" --output "$work/out/" --data "$work/tiny/data"
  umount "$work/tiny"
fi
echo "not a database" > "$work/broken.mmdb"
printf 'pipeline: geo\nsources: [{file: %s}]\nprocessors: [{parse: access_log}, {geoip: {field: client_ip, database: %s}}]\nsink: console\n' "$work/input" "$work/broken.mmdb" > "$work/geo.yaml"
refuse "a broken geoip database" 2 'broken.mmdb' "$cloudpump" run "$work/geo.yaml"
data=${CLOUDPUMP_TEST_DATA:-$here/../../shared/data}
if [ -d "$data/mmdb/bad-data" ]; then
  while IFS= read -r file; do
    sed -i "s|database: [^}]*}|database: $file}|" "$work/geo.yaml"
    timeout 60 "$cloudpump" run "$work/geo.yaml" --summary "$work/summary" >/dev/null 2>"$work/log"
    code=$?
    if { [ "$code" = 2 ] && grep -q "$(basename "$file")" "$work/log"; } || { [ "$code" = 0 ] && jq -e '.pipelines.geo | .in_flight == 0 and .delivered + .dead == .received' "$work/summary" >/dev/null; }; then
      echo "ok $(basename "$file"): exit $code"
    else
      echo "FAILED $(basename "$file"): exit $code"; head -5 "$work/log"; failed=$((failed + 1))
    fi
  done < <(find "$data/mmdb/bad-data" -name '*.mmdb' | sort)
fi
mkdir -p "$work/locked" && echo "not a store" > "$work/locked/cloudpump.db"
refuse "a store that is none" 2 'cannot be opened' "$cloudpump" run "$pipeline" --input "$work/input" --data "$work/locked" --output "$work/out/"
[ "$failed" = 0 ]
