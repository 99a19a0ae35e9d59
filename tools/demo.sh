#!/usr/bin/env bash
# A real design study, from a bare machine to its result: installs what is missing, builds the program, and
# has CalculiX design a cantilever (examples/04_cantilever) on all cores. Where CalculiX cannot be
# installed, the beam program of examples/03_beam is studied instead.
#
#   tools/demo.sh [OPTIONS OF mystic run]
#
# Exit status: that of `mystic run` (docs/commands.md); 1 if it cannot be built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }

fresh_directory() { # BEGINNING: the first of BEGINNING-1, -2, ... that does not exist
  local number=1
  while [ -e "$1-$number" ]; do number=$((number + 1)); done
  echo "$1-$number"
}

say "what mystic needs"
tools/install-dependencies.sh build mpi demo || echo "(going on with what is there)"

say "building the program, in build/demo"
cmake -S . -B build/demo -G Ninja -D CMAKE_BUILD_TYPE=Release -D MYSTIC_TESTS=OFF -D MYSTIC_EXAMPLES=ON \
  --log-level=NOTICE
targets=(mystic_cli)
command -v ccx >/dev/null || targets+=(beam)
cmake --build build/demo --target "${targets[@]}"

mkdir -p out
if command -v ccx >/dev/null; then
  study=examples/04_cantilever/study.json
  out=$(fresh_directory out/cantilever)
else
  say "CalculiX (ccx) cannot be installed here: the beam program of example 03 is studied instead"
  study=build/demo/examples/03_beam/study.json
  out=$(fresh_directory out/beam)
fi
say "build/demo/mystic run $study --out $out --map threads $*"
exec build/demo/mystic run "$study" --out "$out" --map threads "$@"
