# What ./grc installs: Debian packages, the virtual environment, Odoo 19, PostgreSQL and
# the npm tools. Every need_* does nothing, quickly, when the thing is there. Sourced.
# shellcheck shell=bash

# need_packages PACKAGE...: installs Debian packages, or says how to.
need_packages() {
  command -v apt-get >/dev/null ||
    die "Missing: $*. This is not a Debian machine: install them with its own tools."
  say "installing Debian packages: $*"
  if ! locked apt install_packages "$@"; then
    tail -n 5 "$CACHE/apt.log" >&2 2>/dev/null || true
    die "Missing: $*. Install with: sudo apt-get install -y --no-install-recommends $*"
  fi
}

install_packages() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300)
  local install=("${apt[@]}" install --no-install-recommends "$@")
  as_root "${install[@]}" >"$CACHE/apt.log" 2>&1 9>&- && return 0
  as_root "${apt[@]}" update >"$CACHE/apt.log" 2>&1 9>&- &&
    as_root "${install[@]}" >>"$CACHE/apt.log" 2>&1 9>&-
}

# need_command COMMAND PACKAGE...
need_command() {
  local command=$1
  shift
  command -v "$command" >/dev/null || need_packages "$@"
}

need_libraries() {
  local missing=() pair known
  known=$(ldconfig -p 2>/dev/null || true)
  for pair in libpango-1.0.so.0=libpango-1.0-0 libpangoft2-1.0.so.0=libpangoft2-1.0-0 \
    libharfbuzz-subset.so.0=libharfbuzz-subset0 libmagic.so.1=libmagic1; do
    [[ $known == *"${pair%%=*}"* ]] || missing+=("${pair##*=}")
  done
  [ -d /usr/share/fonts/truetype/dejavu ] || [ -n "${GRC_NO_FONTS:-}" ] ||
    missing+=(fonts-dejavu-core)
  [ ${#missing[@]} -eq 0 ] || need_packages "${missing[@]}"
}

# The browser and the readers of PDF files and translations that tests use.
need_test_tools() {
  local missing=()
  command -v chromium >/dev/null || command -v google-chrome >/dev/null ||
    missing+=(chromium)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  command -v msgfmt >/dev/null || missing+=(gettext)
  [ ${#missing[@]} -eq 0 ] || need_packages "${missing[@]}"
}

# Python tests itself with strange mails, and so do we; Debian packs them apart.
need_strange_mails() {
  local package
  "$PYTHON" -c 'import test.test_email' 2>/dev/null && return 0
  package=$("$PYTHON" -c 'import sys; print("libpython%d.%d-testsuite" % sys.version_info[:2])')
  command -v apt-get >/dev/null || return 0
  say "installing Debian packages: $package"
  # Wanted, not needed: without them a test says that it was skipped, and why.
  locked apt install_packages "$package" || say "no $package: some tests are skipped"
}

need_venv() {
  need_command flock util-linux
  local base=${GRC_PYTHON:-}
  if [ -z "$base" ]; then
    base=/usr/bin/python3
    [ -x "$base" ] || base=$(command -v python3 || true)
    [ -n "$base" ] || need_packages python3 python3-venv
    [ -n "$base" ] || base=/usr/bin/python3
  fi
  local stamp
  stamp="$base $(readlink -f "$base") $(hash_of "$ROOT/requirements.txt" "$ROOT/requirements-dev.txt")"
  stamped "$VENV/.stamp" "$stamp" && [ -x "$PYTHON" ] && return 0
  need_python "$base"
  locked setup make_venv "$base" "$stamp" ||
    die "The Python packages could not be installed, see $CACHE/pip.log"
}

need_python() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    die "Python 3.11 or later is needed, $1 is older: set GRC_PYTHON."
  "$1" -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
}

make_venv() {
  local base=$1 stamp=$2
  stamped "$VENV/.stamp" "$stamp" && return 0
  say "installing the Python packages (half a minute)"
  rm -f "$VENV/.stamp"
  if ! [ -x "$PYTHON" ] || ! "$PYTHON" -c 'import pip' 2>/dev/null ||
    ! "$PYTHON" -m pip --version >/dev/null 2>&1; then
    rm -rf "$VENV"
    "$base" -m venv "$VENV" || return 1
  fi
  "$PYTHON" -m pip install --disable-pip-version-check --no-input --no-compile \
    -r "$ROOT/requirements.txt" -r "$ROOT/requirements-dev.txt" >"$CACHE/pip.log" 2>&1 ||
    {
      grep -v "is ignored: it is neither" "$CACHE/pip.log" | tail -n 5 >&2
      return 1
    }
  "$PYTHON" -m pip uninstall -y -q PyPDF2 >/dev/null 2>&1 || true
  echo "$stamp" >"$VENV/.stamp"
}

# need_odoo sets ODOO_BIN (the program) and ADDONS_PATH.
need_odoo() {
  need_venv
  need_libraries
  if [ -n "${ODOO_SRC:-}" ]; then
    use_odoo_source
  else
    use_odoo_debian
  fi
  # Debian's build lacks a file that grc_test_env makes up for; GRC_TEST_CLOCK asks for
  # grc_test_clock.
  if [ -n "${GRC_TEST_CLOCK:-}" ] ||
    ! [ -f "$ODOO_ADDONS/mail/static/lib/selfie_segmentation/selfie_segmentation.js" ]; then
    ADDONS_PATH="$ROOT/test_addons,$ADDONS_PATH"
  fi
  [ -z "$(our_addons)" ] || ADDONS_PATH="$ROOT/addons,$ADDONS_PATH"
}

use_odoo_source() {
  local place
  ODOO_SRC=$(cd "$ODOO_SRC" 2>/dev/null && pwd) || die "ODOO_SRC: no such folder."
  for place in "$ODOO_SRC" "$ODOO_SRC/usr/lib/python3/dist-packages" "${ODOO_SRC%/odoo}"; do
    [ -f "$place/odoo/release.py" ] && break
  done
  [ -f "$place/odoo/release.py" ] || die "ODOO_SRC: no Odoo in $ODOO_SRC"
  ODOO_VERSION=$(odoo_release "$place/odoo/release.py")
  export PYTHONPATH="$place${PYTHONPATH:+:$PYTHONPATH}"
  ODOO_BIN="$ROOT/scripts/odoo_bin.py"
  ODOO_ADDONS="$place/odoo/addons"
  ADDONS_PATH="$place/odoo/addons"
  if [ -d "$place/addons/mail/static" ]; then
    ODOO_ADDONS="$place/addons"
    ADDONS_PATH="$place/addons,$ADDONS_PATH"
  fi
}

odoo_release() {
  local version
  version=$(PYTHONPATH='' "$PYTHON" -c \
    'import runpy, sys; print(runpy.run_path(sys.argv[1])["version"])' "$1")
  case "$version" in
    19.0*) echo "$version" ;;
    *) die "Odoo 19 is needed, ODOO_SRC has $version" ;;
  esac
}

use_odoo_debian() {
  local packages="$CACHE/odoo/usr/lib/python3/dist-packages"
  if ! [ -f "$CACHE/odoo/.version" ]; then
    need_command dpkg-deb dpkg
    locked setup fetch_odoo || die "Odoo 19 could not be fetched, see $CACHE/apt/log.
Set ODOO_SRC=/path/to/odoo to use an Odoo 19 that is already there."
  fi
  local site
  for site in "$VENV"/lib/python3.*/site-packages; do
    [ "$(readlink "$site/odoo" || true)" = "$packages/odoo" ] ||
      ln -sfn "$packages/odoo" "$site/odoo"
    [ -L "$site/odoo-19.0.egg-info" ] ||
      ln -sfn "$packages/odoo-19.0.egg-info" "$site/odoo-19.0.egg-info"
  done
  ODOO_VERSION=$(cat "$CACHE/odoo/.version")
  ODOO_BIN="$CACHE/odoo/usr/bin/odoo"
  ODOO_ADDONS="$packages/odoo/addons"
  ADDONS_PATH="$ODOO_ADDONS"
}

# Debian's unstable suite has Odoo 19. An apt state of our own reads it: the machine's
# sources stay as they are and say only where their mirror is.
fetch_odoo() {
  [ -f "$CACHE/odoo/.version" ] && return 0
  local state="$CACHE/apt" mirror keyring
  say "fetching Odoo 19 from Debian's unstable suite (125 MB)"
  rm -rf "$state" "$CACHE/odoo.new"
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/debs"
  mirror=$(debian_mirror)
  if [ -z "$mirror" ]; then
    say "reading the machine's package lists"
    as_root apt-get update >"$state/log" 2>&1 9>&- || true
    mirror=$(debian_mirror)
  fi
  [ -n "$mirror" ] || { echo "No Debian mirror in the sources of apt." >"$state/log" && return 1; }
  for keyring in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do
    [ -f "$keyring" ] && break
  done
  echo "deb [signed-by=$keyring] $mirror unstable main" >"$state/sources.list"
  local apt=(apt-get -o "Dir::Etc::SourceList=$state/sources.list"
    -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$state/lists"
    -o "Dir::Cache=$state/cache" -o Acquire::Languages=none
    -o "APT::Sandbox::User=$(id -un)")
  (
    cd "$state/debs"
    "${apt[@]}" update && "${apt[@]}" download odoo-19 libjs-jquery libjs-underscore \
      libjs-jquery-form fonts-montserrat fonts-roboto-unhinted fonts-inconsolata &&
      # unstable's fonts-font-awesome has other file names
      fetch_font_awesome
  ) >"$state/log" 2>&1 9>&- || return 1
  say "unpacking Odoo 19"
  local deb
  for deb in "$state"/debs/*.deb; do
    dpkg-deb -x "$deb" "$CACHE/odoo.new" || return 1
  done
  dpkg-deb -f "$state"/debs/odoo-19_*.deb Version >"$CACHE/odoo.new/.version"
  rm -rf "$CACHE/odoo"
  mv "$CACHE/odoo.new" "$CACHE/odoo"
  rm -rf "$state/debs" "$state/lists" "$state/cache"
}

debian_mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
    'Component: main' 2>/dev/null | grep -v security | head -n 1 || true
}

fetch_font_awesome() {
  local download=(apt-get -o "APT::Sandbox::User=$(id -un)" download fonts-font-awesome)
  "${download[@]}" || { as_root apt-get update && "${download[@]}"; }
}

# need_postgres: a server that answers, and a role that may create databases.
need_postgres() {
  if [ -n "${PGHOST:-}${PGHOSTADDR:-}${PGSERVICE:-}" ]; then
    need_command psql postgresql-client
    psql -d "${PGDATABASE:-postgres}" -Atc 'select 1' >/dev/null ||
      die "The PostgreSQL server of the environment (PGHOST=${PGHOST:-}) does not answer."
    return 0
  fi
  if command -v psql >/dev/null && command -v pg_ctlcluster >/dev/null; then
    use_cluster_port
    can_create_databases && return 0
  else
    need_packages postgresql
  fi
  locked postgres start_postgres || postgres_help
  use_cluster_port
  can_create_databases || postgres_help
}

postgres_help() {
  die "PostgreSQL is not ready for $(id -un). Do, with a version of 'pg_lsclusters':
  sudo pg_ctlcluster VERSION main start
  sudo -u postgres createuser --createdb $(id -un)
or set PGHOST, PGUSER, ... to use another server."
}

# Debian may run several clusters: take the first, and its port if it is not 5432.
use_cluster_port() {
  local port
  [ -z "${PGPORT:-}" ] || return 0
  port=$(pg_lsclusters -h 2>/dev/null | awk 'NR == 1 {print $3}')
  [ -z "$port" ] || [ "$port" = 5432 ] || export PGPORT="$port"
}

can_create_databases() {
  [ "$(psql -w -d postgres -Atc "select rolcreatedb or rolsuper from pg_roles
    where rolname = current_user" 2>/dev/null)" = t ]
}

start_postgres() {
  can_create_databases && return 0
  local version name try
  if [ -z "$(pg_lsclusters -h)" ]; then
    version=$(basename "$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 | sort -V | tail -n 1)")
    say "creating a PostgreSQL $version cluster"
    as_root pg_createcluster -e UTF8 --locale C.UTF-8 "$version" main >/dev/null 9>&- || return 1
  fi
  read -r version name _ < <(pg_lsclusters -h)
  if [[ $(pg_lsclusters -h "$version" "$name") != *online* ]]; then
    say "starting PostgreSQL $version"
    as_root pg_ctlcluster "$version" "$name" start >&2 9>&- || return 1
  fi
  use_cluster_port
  for try in $(seq 50); do
    pg_isready -q && break
    sleep 0.2
  done
  can_create_databases && return 0
  say "creating the PostgreSQL role $(id -un)"
  as_postgres createuser ${PGPORT:+-p "$PGPORT"} --createdb --no-superuser "$(id -un)" 2>/dev/null 9>&- ||
    as_postgres psql ${PGPORT:+-p "$PGPORT"} -d postgres -qc "alter role \"$(id -un)\" createdb" >&2 9>&-
}

# need_npm: the mail catcher and axe-core, in the cache.
need_npm() { npm_packages "$ROOT" npm "the mail catcher and axe-core"; }

# need_simulators: what FranceConnect's simulator is made of, in the cache.
need_simulators() { npm_packages "$ROOT/tests/simulators" simulators "the simulators"; }

# The rules of forms run in the browser too: their tests ask both.
need_node() { command -v node >/dev/null || need_packages nodejs; }

# npm_packages SOURCE NAME WHAT: the packages that SOURCE pins, in the folder NAME of the
# cache.
npm_packages() {
  local source=$1 name=$2 what=$3 stamp
  stamp=$(hash_of "$source/package.json" "$source/package-lock.json")
  stamped "$CACHE/$name/.stamp" "$stamp" && command -v node >/dev/null && return 0
  if ! command -v node >/dev/null; then
    need_packages nodejs npm
  elif ! command -v npm >/dev/null; then
    need_packages npm
  fi
  locked setup make_npm "$source" "$name" "$what" "$stamp" ||
    die "The npm packages of $what could not be installed, see $CACHE/$name.log"
}

make_npm() {
  local source=$1 name=$2 what=$3 stamp=$4
  stamped "$CACHE/$name/.stamp" "$stamp" && return 0
  say "installing $what"
  rm -rf "${CACHE:?}/$name"
  mkdir -p "$CACHE/$name"
  cp "$source/package.json" "$source/package-lock.json" "$CACHE/$name"
  # Node trusts a list of its own: let it trust what the machine trusts, too.
  local trusted=/etc/ssl/certs/ca-certificates.crt
  [ -n "${NODE_EXTRA_CA_CERTS:-}" ] || ! [ -f "$trusted" ] ||
    export NODE_EXTRA_CA_CERTS="$trusted"
  npm_config_cache="$CACHE/npm-cache" npm ci --prefix "$CACHE/$name" --ignore-scripts \
    --no-audit --no-fund >"$CACHE/$name.log" 2>&1 9>&- || {
    tail -n 5 "$CACHE/$name.log" >&2
    return 1
  }
  rm -rf "$CACHE/npm-cache"
  echo "$stamp" >"$CACHE/$name/.stamp"
}

# write_conf: our configuration completed with what depends on this machine. Odoo finds
# it by itself (ODOO_RC), whatever its sub-command.
write_conf() {
  local source=${GRC_CONF:-$ROOT/odoo.conf} target
  [ -f "$source" ] || die "GRC_CONF: no such file: $source"
  mkdir -p "$CACHE/conf" "$DATA_DIR"
  local own
  own=$(
    echo "addons_path = $ADDONS_PATH"
    grep -q '^data_dir' "$source" || echo "data_dir = $DATA_DIR"
    [ -z "${GRC_HTTP_PORT:-}" ] || echo "http_port = $GRC_HTTP_PORT"
    [ -z "${GRC_SMTP_HOST:-}" ] || echo "smtp_server = $GRC_SMTP_HOST"
    [ -z "${GRC_SMTP_PORT:-}" ] || echo "smtp_port = $GRC_SMTP_PORT"
  )
  target="$CACHE/conf/$({ cat "$source" && echo "$own"; } | sha256sum | cut -c1-16).conf"
  if ! [ -f "$target" ]; then
    local keys
    keys=$(echo "$own" | cut -d' ' -f1 | paste -sd'|')
    { grep -vE "^($keys) *=" "$source" && echo "$own"; } >"$target.$$"
    mv "$target.$$" "$target"
  fi
  export ODOO_RC="$target"
}
