#!/usr/bin/env bash
# Kills a run with SIGKILL at random moments, starts it again with the same --data until it is done, and compares every output file with that of
# an undisturbed run, byte for byte: every input event exactly once, the windows the same.
# Usage: tests/kill-and-restart.sh CLOUDPUMP-PROGRAM [ROUNDS] [EVENTS] [SEED] [PIPELINE] [GENERATOR]
set -euo pipefail
cloudpump=$1
rounds=${2:-20}
events=${3:-400000}
RANDOM=${4:-7}
here=$(cd "$(dirname "$0")" && pwd)
pipeline=${5:-$here/../functions/pipelines/weblogs.yaml}
generator=${6:-weblogs}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$cloudpump" generate "$generator" --count "$events" --seed 3 --output "$work/input.log" 2>/dev/null
# Some lines that are dead letters: they too must be there exactly once.
sed -i '1000~9973s/["}]$//' "$work/input.log"
began=$(date +%s%N)
"$cloudpump" run "$pipeline" --input "$work/input.log" --output "$work/expected/" --data "$work/expected-data" 2>/dev/null
lasted=$((($(date +%s%N) - began) / 1000000))
expected_dead=$("$cloudpump" deadletters list --data "$work/expected-data" --json 2>/dev/null | jq -c '[.event_id, .reason, .raw]' | sort | sha256sum)

failed=0
kills=0
for round in $(seq "$rounds"); do
  rm -rf "$work/data" "$work/out"
  for attempt in 1 2 3 4; do
    "$cloudpump" run "$pipeline" --input "$work/input.log" --output "$work/out/" --data "$work/data" 2>"$work/log" &
    pid=$!
    if [ "$attempt" -lt 4 ]; then
      wait_ms=$((RANDOM * lasted / 32768))
      sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
      if kill -9 "$pid" 2>/dev/null; then kills=$((kills + 1)); fi
      wait "$pid" 2>/dev/null || true
    elif ! wait "$pid"; then
      echo "round $round: the last start failed:"; cat "$work/log"; failed=$((failed + 1)); continue 2
    fi
  done
  dead=$("$cloudpump" deadletters list --data "$work/data" --json 2>/dev/null | jq -c '[.event_id, .reason, .raw]' | sort | sha256sum)
  if ! diff -rq "$work/expected" "$work/out" || [ "$dead" != "$expected_dead" ]; then
    echo "round $round: the output differs from that of the undisturbed run"
    failed=$((failed + 1))
  fi
done
echo "kill and restart: $rounds rounds, $kills kills, $failed failed"
[ "$failed" = 0 ]
