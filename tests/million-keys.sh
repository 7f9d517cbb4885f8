#!/usr/bin/env bash
# A window with a million keys: the peak memory of the whole process stays under 200 MB, and every key is in the results once.
# With a limit of 100,000 keys nothing is lost either: what is closed early adds up.
# Usage: tests/million-keys.sh CLOUDPUMP-PROGRAM
set -euo pipefail
cloudpump=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# 7 and a million have no common factor, so this is every number once, in an order that is none.
awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "{\"timestamp\":\"2026-10-10T12:%02d:00Z\",\"user\":\"user-%07d\",\"v\":%d}\n", i / 20000, (i * 7777777) % 1000000, i % 100 }' > keys.ndjson
pipeline() {
  cat > keys.yaml <<YAML
pipeline: keys
sources: [{stream: keys}]
processors:
  - parse: json
  - time_window: {name: users, size: 1h, by: [user], max_keys: $1, measures: {hits: count(), total: sum(v)}, to: users}
sink: {"null": {}}
YAML
}
printf 'pipeline: users\nsink:\n  file: users.ndjson\n' > users.yaml

pipeline 1000000
"$cloudpump" run keys.yaml --input keys.ndjson --output out/ --data data --summary summary.json 2>/dev/null
peak=$(jq .peak_memory_bytes summary.json)
echo "a million keys: $((peak / 1048576)) MB at most, $(wc -l < out/users.ndjson) results"
[ "$(jq -s 'map(.hits) | add' out/users.ndjson)" = 1000000 ] && [ "$(wc -l < out/users.ndjson)" = 1000000 ] && [ "$peak" -lt 200000000 ]

pipeline 100000
"$cloudpump" run keys.yaml --input keys.ndjson --output limited/ --summary limited.json 2>/dev/null
echo "with room for 100,000: $(jq .pipelines.keys.closed_early limited.json) closed early, $(jq '.peak_memory_bytes / 1048576 | floor' limited.json) MB at most"
[ "$(jq -s 'map(.hits) | add' limited/users.ndjson)" = 1000000 ] && [ "$(jq .pipelines.keys.closed_early limited.json)" -gt 0 ]
