#!/usr/bin/env bash
# Installs what the tests need, builds and runs them all:
#   asan     AddressSanitizer and UndefinedBehaviorSanitizer over all tests
#   release  as users build it, with MPI on 1, 2 and 3 ranks, the examples, and a project that uses mystic
#   tsan     ThreadSanitizer over the maps
#
#   tools/test.sh [PRESET...]     some of them only
#
# Exit status: 0 all passed, 1 otherwise. Everything is built below build/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

jobs=$(nproc)
summary=()
failures=0

note() {
  summary+=("$(printf '%-8s %-6s %5ds  %s' "$1" "$2" "$3" "$4")")
  [ "$2" = passed ] || failures=$((failures + 1))
}

stage() { # PRESET NAME COMMAND...: runs it and notes how it went
  local preset=$1 name=$2 begin=$SECONDS
  shift 2
  printf '\n=== %s: %s\n' "$preset" "$name"
  if "$@"; then
    note "$preset" passed $((SECONDS - begin)) "$name"
  else
    note "$preset" FAILED $((SECONDS - begin)) "$name"
    return 1
  fi
}

build() {
  cmake --preset "$1" && cmake --build --preset "$1" -j "$jobs"
}

begin=$SECONDS
stage setup "install dependencies" tools/install-dependencies.sh build nlopt mpi test codes || true
[ $# -gt 0 ] || set -- asan release tsan
for preset in "$@"; do
  stage "$preset" "configure and build" build "$preset" || continue
  stage "$preset" "tests" ctest --preset "$preset" -j "$jobs" || true
done

printf '\n'
printf '%s\n' "${summary[@]}"
if [ "$failures" -gt 0 ]; then
  printf 'FAILED: %d of %d stages, after %d s\n' "$failures" "${#summary[@]}" $((SECONDS - begin))
  exit 1
fi
printf 'all passed, in %d s\n' $((SECONDS - begin))
