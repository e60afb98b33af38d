# Settings, messages and locks shared by the parts of ./grc. Sourced, never run.
# shellcheck shell=bash
export LC_ALL=C.UTF-8 LANG=C.UTF-8
export HOME="${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}"
export PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"
export PYTHONDONTWRITEBYTECODE=1

CACHE=$(mkdir -p "${GRC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/grc}" &&
  cd "${GRC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/grc}" && pwd)
DATA_DIR="$CACHE/data"
VENV="$CACHE/venv"
PYTHON="$VENV/bin/python"
export GRC_ROOT="$ROOT" GRC_CACHE="$CACHE" GRC_PYTHON_VENV="$PYTHON"

say() { echo "Set-up: $*" >&2; }
die() {
  echo "grc: $*" >&2
  exit 1
}
wrong() {
  echo "Usage: $*" >&2
  exit 2
}

# locked NAME COMMAND...: one process at a time. The descriptor of the lock is closed
# in what the command starts in the background, by the functions that start it.
locked() {
  local name=$1 status=0
  shift
  (
    flock 9
    "$@"
  ) 9>"$CACHE/$name.lock" || status=$?
  return "$status"
}

# stamped FILE VALUE: does the stamp FILE say VALUE?
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

hash_of() { cat "$@" | sha256sum | cut -c1-16; }

free_port() {
  "$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

is_root() { [ "$(id -u)" -eq 0 ]; }

# as_root COMMAND...: as root, through sudo if we are not.
as_root() {
  if is_root; then
    "$@"
  elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    sudo "$@"
  else
    return 126
  fi
}

# as_postgres COMMAND...: as the owner of Debian's clusters.
as_postgres() {
  if is_root; then
    (cd / && runuser -u postgres -- "$@")
  elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    (cd / && sudo -u postgres "$@")
  else
    return 126
  fi
}

# our_addons [--no-demo]: the names of our addons, one a line; GRC_ADDONS narrows them.
our_addons() {
  local manifest name
  for manifest in "$ROOT"/addons/*/__manifest__.py; do
    [ -f "$manifest" ] || continue
    name=$(basename "$(dirname "$manifest")")
    [ "${1:-}" = "--no-demo" ] && [ "$name" = grc_demo ] && continue
    [ -z "${GRC_ADDONS:-}" ] || [[ ",$GRC_ADDONS," == *",$name,"* ]] || continue
    echo "$name"
  done
}

joined() { paste -sd, -; }
