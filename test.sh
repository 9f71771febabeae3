#!/usr/bin/env bash
# All tests. Installs what is missing when it may (PostgreSQL server), starts its own private PostgreSQL cluster,
# runs everything and ends with "N passed, N failed".
#   ./test.sh            the whole suite
#   ./test.sh --filter X only tests whose name contains X
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
filter=()
while [ $# -gt 0 ]; do
  case "$1" in
    --filter) filter=(--filter "FullyQualifiedName~$2"); shift 2 ;;
    --long) export SOCIALREGISTRY_LONG_TESTS=1; shift ;;
    -h|--help) sed -n '2,5p' "$0" | cut -c3-; exit 0 ;;
    *) echo "test.sh: unknown option $1 (try --help)" >&2; exit 2 ;;
  esac
done

work=$(mktemp -d)
cluster=""
finish() {
  if [ -n "$cluster" ]; then as_owner "$bin/pg_ctl" -D "$cluster" -m immediate stop >/dev/null 2>&1; fi
  rm -rf "$work"
}
trap finish EXIT

# PostgreSQL refuses to run as root, so root lends the work to the user the package made.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

find_postgres() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

bin=$(find_postgres)
[ -n "$bin" ] || { command -v initdb >/dev/null 2>&1 && bin=$(dirname "$(command -v initdb)"); }
if [ -z "$bin" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing a PostgreSQL server …"
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql) >"$work/apt.log" 2>&1 ||
    { echo "The PostgreSQL server could not be installed:"; tail -n 5 "$work/apt.log"; }
  bin=$(find_postgres)
fi

if [ -n "$bin" ]; then
  chmod 711 "$work"
  cluster="$work/cluster"
  mkdir "$cluster" && [ "$(id -u)" != 0 ] || chown postgres "$cluster"
  port=$((20000 + RANDOM % 20000))
  if as_owner "$bin/initdb" -D "$cluster" -U registry -A trust --no-sync -E UTF8 --locale=C.UTF-8 >"$work/initdb.log" 2>&1 &&
    as_owner "$bin/pg_ctl" -D "$cluster" -w -t 60 -l "$cluster/log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=128MB" \
      start >"$work/start.log" 2>&1; then
    export SOCIALREGISTRY_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=registry;Database=postgres"
  else
    echo "The test cluster of PostgreSQL did not start:"; cat "$work/initdb.log" "$work/start.log" 2>/dev/null | tail -n 10
    cluster=""
  fi
fi
if [ -z "${SOCIALREGISTRY_TEST_POSTGRES:-}" ] && [ -n "${CI:-}" ]; then
  echo "CI needs PostgreSQL: half of the promise would go untested."; echo "0 passed, 1 failed"; exit 1
fi

if [ -z "${SOCIALREGISTRY_TEST_POSTGRES:-}" ]; then echo "PostgreSQL is NOT tested: no server was found and none could be installed."; fi

dotnet restore SocialRegistry.sln --locked-mode -v quiet && dotnet build SocialRegistry.sln --no-restore -v quiet -clp:NoSummary ||
  { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }

passed=0 failed=0 skipped=0 status=0
for project in tests/*.Tests; do
  dotnet test "$project" --no-build "${filter[@]}" 2>&1 | tee "$work/run.log" | { grep -E '\[FAIL\]|^ *Error Message|^Passed!|^Failed!|^Skipped!|No test' || true; }
  [ "${PIPESTATUS[0]}" = 0 ] || { status=1; tail -n 60 "$work/run.log"; }
  counts=$(grep -oE '(Failed|Passed|Skipped): +[0-9]+' "$work/run.log" | tail -n 3 | tr -d ' ')
  if [ -z "$counts" ] && [ ${#filter[@]} = 0 ]; then echo "$project ran no test."; failed=$((failed + 1)); status=1; fi
  for count in $counts; do
    case "$count" in
      Passed:*) passed=$((passed + ${count#*:})) ;;
      Failed:*) failed=$((failed + ${count#*:})) ;;
      Skipped:*) skipped=$((skipped + ${count#*:})) ;;
    esac
  done
done
[ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
[ "$skipped" = 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
