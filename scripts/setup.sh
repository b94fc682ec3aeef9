# shellcheck shell=bash
# Shared by scripts/demo and scripts/test: installs what is missing, builds, installs the Python package into .venv.
# Every step is skipped when nothing has changed. To be sourced from the project's root.

packages=(g++ cmake ninja-build ccache git libeigen3-dev libboost-dev libhdf5-dev libtomlplusplus-dev nlohmann-json3-dev
  libcli11-dev libfmt-dev librandom123-dev libxxhash-dev libgtest-dev libsundials-dev zlib1g-dev universal-ctags python3 python3-venv python3-dev)

export CCACHE_DIR=${CCACHE_DIR:-$HOME/.cache/nadir-ccache} CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=2G
# shellcheck disable=SC2034  # read by the scripts that source this one
build=build/release
step_start=0

step() {
  step_start=$SECONDS
  printf '[%s] %s … ' "$1" "$2"
}
finished() { printf '%s (%d s)\n' "${1:-ok}" $((SECONDS - step_start)); }

# Runs a command with its output in a log, which is shown when it fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    printf 'failed\n'
    tail -n 40 "$log" >&2
    printf 'the whole log: %s\n' "$log" >&2
    return 1
  fi
}

install_system_packages() {
  step "$1" "system packages"
  local missing=() name
  for name in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    finished "all there"
    return
  fi
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q)
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      printf 'missing\nPlease run this once, then try again:\n  sudo apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
      exit 2
    fi
    apt=(sudo -n "${apt[@]}")
  fi
  quietly build/logs/apt.log "${apt[@]}" update
  quietly build/logs/apt.log "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
  finished "installed ${missing[*]}"
}

install_python_packages() {
  step "$1" "Python packages in .venv"
  local stamp=.venv/requirements.sha256
  if [ -x .venv/bin/python ] && sha256sum --status -c "$stamp" 2>/dev/null; then
    finished "all there"
    return
  fi
  # Debian's own Python first: it is the one that python3-venv and python3-dev belong to.
  local python=/usr/bin/python3
  "$python" -c 'import sys, venv, ensurepip; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null || python=python3
  [ -x .venv/bin/python ] || quietly build/logs/venv.log "$python" -m venv .venv
  quietly build/logs/pip.log .venv/bin/python -m pip install --disable-pip-version-check -r requirements-dev.txt
  sha256sum requirements-dev.txt >"$stamp"
  finished
}

# $2: ON to build the C++ tests too.
build_program() {
  step "$1" "program"
  quietly build/logs/configure.log cmake --preset release -DNADIR_TESTS="$2"
  quietly build/logs/build.log cmake --build --preset release
  finished
}

install_package() {
  step "$1" "Python package"
  local stamp=build/package.sha256 now
  now=$(find CMakeLists.txt pyproject.toml cmake sim models python configs -type f ! -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && .venv/bin/python -c 'import nadir' 2>/dev/null; then
    finished "unchanged"
    return
  fi
  # The compiler's name as CMake calls it for the program: ccache then has every object already.
  CC=cc CXX=c++ CMAKE_CXX_COMPILER_LAUNCHER=ccache quietly build/logs/package.log \
    .venv/bin/python -m pip install --disable-pip-version-check --no-build-isolation --no-deps --force-reinstall .
  mkdir -p build && printf '%s\n' "$now" >"$stamp"
  finished
}
