# Sourced by run, test and bench/run. Installs what is missing on a Debian 12, and times the steps of a script.

# What to build and run needs. `package=command`: a command of that name will do, wherever it came from.
build_packages=(build-essential=g++ cmake=cmake ninja-build=ninja ccache=ccache pkg-config=pkg-config
  default-jre-headless=java antlr4=antlr4 libantlr4-runtime-dev libboost1.81-dev libboost-json1.81-dev libcereal-dev
  libsqlite3-dev libspdlog-dev libzstd-dev libsodium-dev catch2)
test_packages=(ca-certificates chromium=chromium nodejs=node npm=npm)
bench_packages=(liblua5.4-dev libluajit-5.1-dev nodejs=node)

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_there() {
  local package=${1%%=*} command=${1#*=}
  [[ $1 == *=* ]] && command -v "$command" >/dev/null 2>&1 && return 0
  [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) == ii* ]]
}

# Installs the packages that are missing; does nothing, quickly, if none is.
need_packages() {
  local missing=() entry as_root=()
  for entry in "$@"; do
    is_there "$entry" || missing+=("${entry%%=*}")
  done
  ((${#missing[@]})) || return 0
  command -v apt-get >/dev/null 2>&1 || fail "This needs a Debian 12 with: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null 2>&1 || fail "Please install as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  printf 'Installing: %s\n' "${missing[*]}"
  local log
  log=$(mktemp)
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  # --no-remove: nothing of the machine's owner is thrown out. Boost 1.74's headers conflict with 1.81's.
  if ! { "${as_root[@]}" apt-get update -qq &&
         "${as_root[@]}" apt-get install -y -qq --no-install-recommends --no-remove "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "The packages could not be installed. If libboost1.74-dev is in the way, remove it first."
  fi
  rm -f "$log"
}

# step WORDS...: begins a step; the time the one before it took is printed.
step_words='' step_began=0
step() {
  [[ -n $step_words ]] && printf '   (%s: %d s)\n' "$step_words" $((SECONDS - step_began))
  step_words="$*" step_began=$SECONDS
  [[ -n $step_words ]] && printf '== %s\n' "$step_words"
  return 0
}

# build_preset PRESET TARGET...: configures once, then builds; only trouble and a progress line are shown.
build_preset() {
  local preset=$1 log
  shift
  log=$(mktemp)
  cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; fail "cmake could not configure $preset"; }
  rm -f "$log"
  NINJA_STATUS='[%f/%t] ' cmake --build --preset "$preset" --target "$@" | show_progress
}

# On a terminal one line that changes; elsewhere one line in fifty, and everything that is not progress.
show_progress() {
  local line count=0
  while IFS= read -r line; do
    if [[ $line != \[*/*\]* ]]; then
      printf '%s\n' "$line"
    elif [[ -t 1 && ${TERM:-dumb} != dumb ]]; then
      printf '\r\033[K%.100s' "$line"
    elif ((count++ % 50 == 0)); then
      printf '%s\n' "$line"
    fi
  done
  if [[ -t 1 && ${TERM:-dumb} != dumb ]]; then printf '\r\033[K'; fi
  return 0
}
