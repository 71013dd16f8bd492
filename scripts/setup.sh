# shellcheck shell=bash disable=SC2034
# Sourced by ./run, ./test and bench/run. Installs the Debian packages that are missing, and nothing else.

export DEBIAN_FRONTEND=noninteractive

build_packages=(build-essential cmake ninja-build ccache pkg-config antlr4 default-jre-headless libantlr4-runtime-dev
  libboost1.81-dev libboost-json1.81-dev libcereal-dev libsqlite3-dev libspdlog-dev catch2 libzstd-dev libsodium-dev
  ca-certificates git)
test_packages=(chromium nodejs npm clang-19 libclang-rt-19-dev)
bench_packages=(lua5.4 liblua5.4-dev libluajit-5.1-dev nodejs)

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }

# Runs a command as root; quiet unless it fails.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo --preserve-env=DEBIAN_FRONTEND "$@"
  else
    complain "I need to be root for this, and there is no sudo: $*"
    return 1
  fi
}

quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# A package counts as there if dpkg has it; programs that people like to install by other means, if they can be run.
has_package() {
  case $1 in
    nodejs) command -v node >/dev/null 2>&1 && return 0 ;;
    npm | chromium) command -v "$1" >/dev/null 2>&1 && return 0 ;;
  esac
  dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
}

# install_packages NAME...: those that are missing.
install_packages() {
  local missing=() name
  for name in "$@"; do
    has_package "$name" || missing+=("$name")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    return 0
  fi
  if ! command -v apt-get >/dev/null 2>&1; then
    complain "These Debian 12 packages are needed, and there is no apt-get: ${missing[*]}"
    return 1
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  quietly as_root apt-get update -qq
  quietly as_root apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# configure_preset NAME [OPTION...]: configures build/NAME; quiet unless it fails.
configure_preset() {
  local preset=$1
  shift
  mkdir -p "build/$preset"
  if ! cmake --preset "$preset" "$@" >"build/$preset/configure.log" 2>&1; then
    cat "build/$preset/configure.log" >&2
    return 1
  fi
}

# build_preset NAME [TARGET...]: one progress line on a terminal, a line in fifty elsewhere; everything on failure.
build_preset() {
  local preset=$1
  shift
  local log="build/$preset/build.log"
  local every=50
  if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
    every=1
  fi
  if ! NINJA_STATUS='[%f/%t] ' ninja -C "build/$preset" "$@" 2>&1 | tee "$log" | show_progress "$every"; then
    grep -v '^\[' "$log" | tail -n 80 >&2
    complain "The build failed; all of its output is in $log"
    return 1
  fi
}

show_progress() {
  local every=$1 line count=0
  while IFS= read -r line; do
    case $line in
      "["*)
        count=$((count + 1))
        if [ "$every" -eq 1 ]; then
          printf '\r\033[K  %.90s' "$line"
        elif [ $((count % every)) -eq 0 ]; then
          printf '  %.90s\n' "$line"
        fi
        ;;
    esac
  done
  if [ "$every" -eq 1 ] && [ "$count" -gt 0 ]; then
    printf '\r\033[K'
  fi
}
