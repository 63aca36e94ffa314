#!/usr/bin/env bash
# Plants each fault of this folder in a copy of the repository and runs the property test that must catch it.
# A fault that its test does not catch means that the test proves nothing. Usage: planted-faults/run.sh [name…]
set -uo pipefail
cd "$(dirname "$0")/.."
for name; do
  git ls-files --error-unmatch "planted-faults/$name.patch" >/dev/null 2>&1 || { echo "There is no fault '$name' under version control." >&2; exit 2; }
done
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$copy"
cd "$copy" && git init -q && git add -A && git -c user.name=x -c user.email=x@x commit -qm base

caught=0 missed=0
for patch in planted-faults/*.patch; do
  name=$(basename "$patch" .patch)
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  # The first line of a patch names the test that must fail.
  filter=$(sed -n '1s/^test: //p' "$patch")
  git reset -q --hard && git clean -qfdx -e bin -e obj
  if ! git apply "$patch"; then
    echo "MISSED  $name: the patch no longer fits the code"; missed=$((missed + 1)); continue
  fi
  if ! dotnet build Autocoder.Tests --verbosity quiet -clp:NoSummary >"$copy.log" 2>&1; then
    echo "MISSED  $name: does not build, so it proves nothing"; tail -3 "$copy.log"; missed=$((missed + 1)); continue
  fi
  if dotnet test Autocoder.Tests --no-build --filter "$filter" >"$copy.log" 2>&1; then
    echo "MISSED  $name: $filter passed"; missed=$((missed + 1))
  elif ! grep -q 'Failed:  *[1-9]' "$copy.log"; then
    echo "MISSED  $name: no test ran"; missed=$((missed + 1))
  else
    after=$(grep -oE 'Falsifiable, after [0-9]+ tests?' "$copy.log" | head -1)
    echo "caught  $name by $filter${after:+ ($after)}"; caught=$((caught + 1))
  fi
done
rm -f "$copy.log"
echo "$caught caught, $missed missed"
[ "$missed" -eq 0 ]
