# ./grc backup and restore: a tar with the database (pg_dump, custom format) and its
# files. Sourced.
# shellcheck shell=bash

cmd_backup() {
  local name="" file="" usage="./grc backup -d NAME FILE"
  backup_words "$usage" "$@"
  need_venv
  need_postgres
  database_exists "$name" || die "Database $name does not exist."
  local work
  work=$(mktemp -d "$CACHE/backup.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  # Rows first: a file written meanwhile is then one too many, never one too few.
  pg_dump -Fc --no-owner --no-privileges -f "$work/database.dump" "$name"
  mkdir -p "$DATA_DIR/filestore/$name"
  (umask 077 && tar -cf "$file.part" -C "$work" database.dump \
    --transform "s,^\./,filestore/," -C "$DATA_DIR/filestore/$name" .)
  mv "$file.part" "$file"
  echo "$name is in $file ($(du -h "$file" | cut -f1))"
}

cmd_restore() {
  local name="" file="" usage="./grc restore FILE -d NAME"
  backup_words "$usage" "$@"
  [ -f "$file" ] || die "No such file: $file"
  [[ $name =~ ^[a-zA-Z0-9][a-zA-Z0-9_.-]*$ ]] && [[ $name != grc_tmpl_* ]] ||
    die "Not a database name: $name"
  need_venv
  need_postgres
  ! database_exists "$name" || die "Database $name exists already."
  local work
  work=$(mktemp -d "$CACHE/restore.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  tar -xf "$file" -C "$work" --no-same-owner || die "Not an archive of ./grc backup: $file"
  [ -f "$work/database.dump" ] || die "Not an archive of ./grc backup: $file"
  createdb -T template0 -E UTF8 --locale=C.UTF-8 "$name" 2>/dev/null ||
    createdb -T template0 -E UTF8 "$name"
  if ! pg_restore --no-owner --no-privileges --exit-on-error -d "$name" "$work/database.dump"; then
    dropdb "$name"
    die "The database could not be restored."
  fi
  mkdir -p "$DATA_DIR/filestore" "$work/filestore"
  rm -rf "${DATA_DIR:?}/filestore/$name"
  mv "$work/filestore" "$DATA_DIR/filestore/$name"
  echo "$name is restored: ./grc odoo -d $name"
}

# backup_words USAGE WORDS...: sets the caller's name and file.
backup_words() {
  local usage=$1
  shift
  while [ $# -gt 0 ]; do
    case "$1" in
      -d) [ $# -ge 2 ] || wrong "$usage" && name=$2 && shift 2 ;;
      -*) wrong "$usage" ;;
      *) [ -z "$file" ] || wrong "$usage" && file=$1 && shift ;;
    esac
  done
  [ -n "$name" ] && [ -n "$file" ] || wrong "$usage"
}
