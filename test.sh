#!/usr/bin/env bash
# Installs what the tests need, checks the format, builds with warnings as errors, and runs every test.
# The last line reads "N passed, N failed". Arguments are passed on to `dotnet test`, for example:
#   ./test.sh --filter "FullyQualifiedName~Conversations"
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

fail() {
  printf '%s\n' "$1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

# The journeys drive a real Chromium. Playwright's own download is not needed.
if ! command -v chromium >/dev/null && [ -z "${CHROMIUM:-}" ]; then
  echo "Installing Chromium…"
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo"
  if ! { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
      chromium fonts-liberation fonts-noto-color-emoji; } >/tmp/autocoder-chromium.log 2>&1; then
    tail -5 /tmp/autocoder-chromium.log >&2
    fail "Chromium could not be installed with apt-get. Install it, or set CHROMIUM=/path/to/chrome, and run ./test.sh again."
  fi
fi
# The tests of the Claude Code engine drive the real program, against a scripted model on loopback. This is the one place of its version.
claude_version=2.1.329
if [ -z "${AUTOCODER_CLAUDE:-}" ] && ! grep -qs "\"version\": \"$claude_version\"" .tools/node_modules/@anthropic-ai/claude-code/package.json; then
  if ! command -v npm >/dev/null; then
    echo "Installing Node.js…"
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    if ! { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
        nodejs npm; } >/tmp/autocoder-node.log 2>&1; then
      tail -5 /tmp/autocoder-node.log >&2
      fail "npm could not be installed with apt-get. Install Node.js, or set AUTOCODER_CLAUDE=/path/to/claude, and run ./test.sh again."
    fi
  fi
  echo "Installing Claude Code $claude_version into .tools…"
  if ! npm install --prefix .tools --no-audit --no-fund --ignore-scripts "@anthropic-ai/claude-code@$claude_version" >/tmp/autocoder-claude.log 2>&1; then
    tail -5 /tmp/autocoder-claude.log >&2
    fail "Claude Code $claude_version could not be installed with npm. Set AUTOCODER_CLAUDE=/path/to/claude, and run ./test.sh again."
  fi
fi
# Commands of agents run in bubblewrap, and the tests of the sandbox run the real one.
if ! command -v bwrap >/dev/null; then
  echo "Installing bubblewrap…"
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo"
  if ! { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
      bubblewrap; } >/tmp/autocoder-bubblewrap.log 2>&1; then
    tail -5 /tmp/autocoder-bubblewrap.log >&2
    fail "bubblewrap could not be installed with apt-get. Install it, and run ./test.sh again."
  fi
fi
command -v git >/dev/null || fail "git is not installed. The journey that initializes a project needs it."

echo "Restoring…"
dotnet restore Autocoder.sln --verbosity quiet || fail "The packages could not be restored."
echo "Building, warnings as errors…"
dotnet build Autocoder.sln --no-restore --verbosity quiet -clp:NoSummary || fail "The build failed."
echo "Checking the format…"
dotnet format Autocoder.sln --no-restore --verify-no-changes || fail "The format differs: run 'dotnet format' and look at the changes."

echo "Testing…"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet test Autocoder.Tests --no-build --logger "console;verbosity=minimal" --logger "trx;LogFileName=tests.trx" \
  --results-directory "$results" "$@"
code=$?

counters=$(grep -o '<Counters [^>]*>' "$results/tests.trx" 2>/dev/null | head -1)
count() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
passed=$(count passed) total=$(count total)
[ -n "$total" ] && [ "$total" -gt 0 ] || fail "No test was run."

# A test that did not run counts as failed: nothing is skipped silently.
failed=$((total - passed))
[ "$code" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
