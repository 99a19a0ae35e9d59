#!/usr/bin/env bash
# Installs what mystic needs from Debian packages, as far as it is missing.
#
#   tools/install-dependencies.sh [GROUP...]     groups: build nlopt mpi test demo codes bench (default: build nlopt mpi test)
#
# Exit status: 0 everything is there; 1 something could not be installed (it says what); 2 unknown group.
set -euo pipefail

packages_of() {
  case $1 in
    build) echo g++ cmake ninja-build pkg-config libeigen3-dev libboost-dev libboost-context-dev libfmt-dev libpcre2-dev \
                libarchive-dev libmuparser-dev libpugixml-dev nlohmann-json3-dev libcli11-dev libspdlog-dev ;;
    nlopt) echo libnlopt-dev ;;
    mpi)   echo openmpi-bin libopenmpi-dev libboost-mpi-dev libboost-serialization-dev ;;
    test)  echo ccache libgtest-dev libgmock-dev clang-19 libclang-rt-19-dev libomp-19-dev ;;
    demo)  echo calculix-ccx ;;
    codes) echo calculix-ccx ngspice octave ;;
    bench) echo libbenchmark-dev libnlopt-dev libnlopt-cxx-dev libpagmo-dev python3-openturns python3-scipy ;;
    *)     echo "install-dependencies: unknown group '$1' (build, nlopt, mpi, test, demo, codes, bench)" >&2
           return 2 ;;
  esac
}

is_there() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_of() {
  local package
  for package in "$@"; do is_there "$package" || echo "$package"; done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=300 -qq -y install --no-install-recommends "$@" >/dev/null
}

main() {
  local wanted=() missing=() group names
  [ $# -gt 0 ] || set -- build nlopt mpi test
  for group in "$@"; do
    names=$(packages_of "$group") || exit 2
    read -ra names <<<"$names"
    wanted+=("${names[@]}")
  done

  if ! command -v apt-get >/dev/null; then
    echo "install-dependencies: no apt-get here. mystic needs what these Debian packages have:" >&2
    echo "  ${wanted[*]}" >&2
    exit 1
  fi
  mapfile -t missing < <(missing_of "${wanted[@]}")
  [ ${#missing[@]} -gt 0 ] || exit 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    echo "install-dependencies: neither root nor sudo. Have this run as root:" >&2
    echo "  apt-get install ${missing[*]}" >&2
    exit 1
  fi

  echo "installing: ${missing[*]}"
  as_root apt-get -o DPkg::Lock::Timeout=300 -qq update >/dev/null ||
    echo "install-dependencies: apt-get update failed; trying with the lists that are there" >&2
  # All at once is fastest; one by one tells which of them cannot be had.
  if ! install "${missing[@]}"; then
    for names in "${missing[@]}"; do install "$names" || true; done
  fi
  mapfile -t missing < <(missing_of "${missing[@]}")
  if [ ${#missing[@]} -gt 0 ]; then
    echo "install-dependencies: could not install: ${missing[*]}" >&2
    exit 1
  fi
}

main "$@"
