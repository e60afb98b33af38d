# Databases: fresh ones are copied from templates kept in the server, one with the Odoo
# addons ours depend on, one with ours too, each named after the hash of what it was made
# from. Sourced.
# shellcheck shell=bash

database_exists() {
  [ -n "$(psql -d postgres -Atc "select 1 from pg_database where datname = '${1//\'/}'")" ]
}

drop_database() {
  dropdb --if-exists --force "$1" 2>/dev/null || dropdb --if-exists "$1"
  rm -rf "${DATA_DIR:?}/filestore/$1"
}

# copy_database FROM TO: rows, files, and an identity of its own.
copy_database() {
  createdb -T "$1" "$2" || return 1
  mkdir -p "$DATA_DIR/filestore"
  rm -rf "${DATA_DIR:?}/filestore/$2"
  [ ! -d "$DATA_DIR/filestore/$1" ] ||
    cp -a "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
  psql -d "$2" -qc "update ir_config_parameter set value = gen_random_uuid()
    where key in ('database.uuid', 'database.secret')"
  # As Odoo does for the databases it makes: words are found fast. Not indispensable.
  psql -d "$2" -qc "create extension if not exists pg_trgm" 2>/dev/null || true
}

rename_database() {
  psql -d postgres -qc "alter database \"$1\" rename to \"$2\"" || return 1
  rm -rf "${DATA_DIR:?}/filestore/$2"
  [ ! -d "$DATA_DIR/filestore/$1" ] ||
    mv "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
}

# The Odoo addons ours depend on, one a line.
external_addons() {
  "$PYTHON" - "$ROOT/addons" <<'PYTHON'
import ast, pathlib, sys

manifests = {
    path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))
    for path in pathlib.Path(sys.argv[1]).glob("*/__manifest__.py")
}
wanted = {name for manifest in manifests.values() for name in manifest.get("depends", [])}
print(*sorted((wanted | {"base", "mail"}) - set(manifests)), sep="\n")
PYTHON
}

# addon_hash PATH...: a hash of all that an installation reads.
addon_hash() {
  (
    cd "$ROOT" && find "$@" -type f ! -name '*.pyc' ! -path '*/tests/*' ! -name '*.md' \
      ! -name '*.rst' -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 -r sha256sum |
      sha256sum | cut -c1-12
  )
}

base_key() {
  { echo "$ODOO_VERSION $DATA_DIR $ADDONS_PATH" | sed "s#$ROOT/##g" && external_addons &&
    addon_hash test_addons && cat "$ROOT/requirements.txt"; } | sha256sum | cut -c1-12
}

# install_addons DATABASE ODOO-ARGS...: an installation that failed halfway is an error.
install_addons() {
  local name=$1 log status=0
  shift
  mkdir -p "$CACHE/log"
  log="$CACHE/log/install-$name.log"
  "$PYTHON" "$ODOO_BIN" -d "$name" --no-http --stop-after-init \
    --logfile="$log.new" "$@" >"$log.out" 2>&1 9>&- || status=1
  mv -f "$log.new" "$log" 2>/dev/null || : >"$log"
  if [ "$status" -ne 0 ] || grep -qE '^[-0-9]+ [:,0-9]+ [0-9]+ (ERROR|CRITICAL) ' "$log"; then
    echo "The installation in $name failed; the end of $log:" >&2
    grep -vE ' (INFO|DEBUG) ' "$log" | tail -n 40 >&2
    return 1
  fi
}

# base_template sets TEMPLATE to a database with Odoo's own addons, in French.
base_template() {
  TEMPLATE="grc_tmpl_base_$(base_key)"
  database_exists "$TEMPLATE" && return 0
  locked templates make_template "$TEMPLATE" "" \
    -i "$(external_addons | joined)" --load-language=fr_FR || die "No base template."
}

# full_template [--demo] sets TEMPLATE to a database with our addons.
full_template() {
  local addons kind=full day=""
  addons=$(our_addons --no-demo)
  # The demo's dates hang on the day it is installed.
  [ "${1:-}" != "--demo" ] || { kind=demo day=$(date +%F) && addons=$(our_addons); }
  base_template
  [ -n "$addons" ] || return 0
  local base=$TEMPLATE
  TEMPLATE="grc_tmpl_${kind}_$(echo "$base $(addon_hash addons) $day" | sha256sum | cut -c1-12)"
  database_exists "$TEMPLATE" && return 0
  locked templates make_template "$TEMPLATE" "$base" -i "$(echo "$addons" | joined)" ||
    die "Our addons could not be installed."
}

# make_template NAME FROM ODOO-ARGS...: complete, or not there at all.
make_template() {
  local name=$1 from=$2 new="grc_tmpl_new_$$"
  shift 2
  database_exists "$name" && return 0
  say "preparing $name"
  drop_stale_templates
  if [ -n "$from" ]; then
    copy_database "$from" "$new" || return 1
  else
    createdb -T template0 -E UTF8 --locale=C.UTF-8 "$new" 2>/dev/null ||
      createdb -T template0 -E UTF8 "$new" || return 1
  fi
  if ! install_addons "$new" "$@" || ! rename_database "$new" "$name"; then
    drop_database "$new"
    return 1
  fi
}

# The three newest of each kind are kept (another checkout may use them); unfinished ones
# of processes that are gone are not.
drop_stale_templates() {
  local kind name
  for kind in base full demo; do
    psql -d postgres -Atc "select datname from pg_database
      where datname like 'grc\_tmpl\_${kind}\_%' order by oid desc offset 3"
  done | while read -r name; do
    drop_database "$name" || true
  done
  psql -d postgres -Atc "select datname from pg_database where datname like 'grc\_tmpl\_new\_%'" |
    while read -r name; do
      kill -0 "${name##*_}" 2>/dev/null || drop_database "$name"
    done
}

# new_database NAME [--base|--demo]: fails if it exists.
new_database() {
  local name=$1
  [[ $name =~ ^[a-zA-Z0-9][a-zA-Z0-9_.-]*$ ]] && [[ $name != grc_tmpl_* ]] ||
    die "Not a database name: $name"
  ! database_exists "$name" || die "Database $name exists already."
  case "${2:-}" in
    --base) base_template ;;
    *) full_template "${2:-}" ;;
  esac
  locked templates copy_database "$TEMPLATE" "$name" || die "Database $name could not be made."
}

cmd_db() {
  local name="" demo="" word
  for word in "$@"; do
    case "$word" in
      --demo) demo=--demo ;;
      -*) wrong "./grc db NAME [--demo]" ;;
      *) [ -z "$name" ] || wrong "./grc db NAME [--demo]" && name=$word ;;
    esac
  done
  [ -n "$name" ] || wrong "./grc db NAME [--demo]"
  need_odoo
  need_postgres
  write_conf
  new_database "$name" $demo
  echo "Database $name is ready: ./grc odoo -d $name"
}
