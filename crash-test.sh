#!/usr/bin/env bash
# Kills the real server with SIGKILL at random moments and compares what viewers had seen with what is there after the restart.
# Usage: ./crash-test.sh [cycles, 1000 when absent] [seed, to choose the same moments again]
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export AUTOCODER_CRASH_CYCLES="${1:-1000}" AUTOCODER_CRASH_SEED="${2:-$RANDOM}"
AUTOCODER_CRASH_REPORT=$(mktemp)
export AUTOCODER_CRASH_REPORT
log=$(mktemp)
telling=""
trap '[ -z "$telling" ] || kill "$telling" 2>/dev/null; rm -f "$log" "$AUTOCODER_CRASH_REPORT"' EXIT

echo "Building…"
dotnet build Autocoder.sln --verbosity quiet -clp:NoSummary || exit 1
echo "$AUTOCODER_CRASH_CYCLES cycles, seed $AUTOCODER_CRASH_SEED. Every 25 cycles a line:"
tail -f "$AUTOCODER_CRASH_REPORT" & telling=$!
if dotnet test Autocoder.Tests --no-build --filter "FullyQualifiedName~Crashes.CrashTests" >"$log" 2>&1 && grep -q 'Passed: *1,' "$log"; then
  sleep 1 && exit 0
fi
tail -40 "$log"
exit 1
