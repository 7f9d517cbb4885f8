#!/usr/bin/env bash
# Runs the tests of SQL lookups against a real PostgreSQL, which this starts on loopback and removes again; it is installed from the system's packages where it is missing and that can be done.
# Ends with a line 'N passed, N failed'; says 'skipped' and exits with 0 where there is no server to be had.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

bin() { { echo "$(dirname "$(command -v initdb 2>/dev/null)")"; ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; } | while read -r d; do [ -x "$d/initdb" ] && echo "$d" && break; done; }
if [ -z "$(bin)" ] && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; } > /dev/null 2>&1
fi
bin=$(bin)
if [ -z "$bin" ]; then
  echo "skipped: there is no PostgreSQL, and it cannot be installed"
  exit 0
fi

work=$(mktemp -d)
server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
finish() { server "$bin/pg_ctl" -D "$work/data" -m immediate stop > /dev/null 2>&1; rm -rf "$work"; }
trap finish EXIT
[ "$(id -u)" = 0 ] && chown postgres "$work"

password=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
port=$((20000 + RANDOM % 10000))
while (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do port=$((port + 1)); done
echo "$password" > "$work/password"
if ! server "$bin/initdb" -D "$work/data" -U cloudpump -A scram-sha-256 --pwfile="$work/password" -E UTF8 > "$work/initdb.log" 2>&1 \
  || ! server "$bin/pg_ctl" -D "$work/data" -w -l "$work/data/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start > /dev/null; then
  cat "$work/initdb.log" "$work/data/server.log" 2>/dev/null
  echo "0 passed, 1 failed"
  exit 1
fi

export CLOUDPUMP_POSTGRESQL="Host=127.0.0.1;Port=$port;Username=cloudpump;Password=$password;Database=postgres"
tests/run-tests.sh tests/CloudPump.Tests -c Release --filter 'FullyQualifiedName~CloudPump.Tests.Sql'
