#!/usr/bin/env bash
# Runs the function app's tests on the real Azure packages, its storage on a real Azurite, and the Elasticsearch sink over the vendor's transport.
# Ends with a line 'N passed, N failed'. Where the package feed does not hold the packages it says 'skipped' and exits with 0; without npm, the tests that need
# Azurite skip themselves.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Below the repository, where the tests look for the sample pipelines, and apart from what other builds make.
artifacts=artifacts/azure-sdk
work=$(mktemp -d)
azurite=
finish() {
  if [ -n "$azurite" ]; then
    kill "$azurite" 2>/dev/null
    wait "$azurite" 2>/dev/null
  fi
  rm -rf "$work"
}
trap finish EXIT

if ! dotnet restore tests/CloudPump.Tests -p:AzureSdk=Real --artifacts-path "$artifacts" > "$work/restore.log" 2>&1; then
  if grep -qE 'NU110[0-9]|NU1301' "$work/restore.log"; then
    echo "skipped: the Azure packages cannot be restored from this feed"
    exit 0
  fi
  cat "$work/restore.log"
  echo "0 passed, 1 failed"
  exit 1
fi

# Prints the port of a service once it listens; fails when Azurite has ended, or has not come up within a minute.
port() {
  for _ in $(seq 300); do
    if sed -nE "s/.*$1 service is successfully listening at .*:([0-9]+)$/\1/p" "$work/azurite.log" | grep . ; then return 0; fi
    kill -0 "$azurite" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

# The version that the emulators' compose file has; its ports are free ones, its account and key are this run's own.
version=$(sed -nE 's|.*azure-storage/azurite:([0-9.]+).*|\1|p' infra/emulators/compose.yaml | head -n 1)
if ! command -v npm > /dev/null || ! npm install "azurite@$version" --no-audit --no-fund --prefix "$work/npm" > "$work/npm.log" 2>&1; then
  echo "without Azurite $version: npm is not there, or cannot install it"
else
  key=$(head -c 32 /dev/urandom | base64)
  (cd "$work" && AZURITE_ACCOUNTS="cloudpump:$key" exec node npm/node_modules/.bin/azurite --silent --blobPort 0 --queuePort 0 --tablePort 0 --skipApiVersionCheck \
    --inMemoryPersistence --disableTelemetry > azurite.log 2>&1) &
  azurite=$!
  if ! blobs=$(port Blob) || ! queues=$(port Queue) || ! tables=$(port Table); then
    cat "$work/azurite.log"
    echo "0 passed, 1 failed"
    exit 1
  fi
  CLOUDPUMP_AZURITE="DefaultEndpointsProtocol=http;AccountName=cloudpump;AccountKey=$key;BlobEndpoint=http://127.0.0.1:$blobs/cloudpump"
  export CLOUDPUMP_AZURITE="$CLOUDPUMP_AZURITE;QueueEndpoint=http://127.0.0.1:$queues/cloudpump;TableEndpoint=http://127.0.0.1:$tables/cloudpump"
fi

tests/run-tests.sh tests/CloudPump.Tests -c Release -p:AzureSdk=Real --artifacts-path "$artifacts" \
  --filter 'FullyQualifiedName~CloudPump.Tests.App|FullyQualifiedName~CloudPump.Tests.Elasticsearch'
