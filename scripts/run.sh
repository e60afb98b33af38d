# ./grc run: the demo town with its mail catcher and its simulators. Sourced.
# shellcheck shell=bash

cmd_run() {
  [ $# -eq 0 ] || wrong "./grc run"
  local name=${GRC_DB:-admiville} web=${GRC_MAIL_PORT:-1080} smtp=${GRC_SMTP_PORT:-1025}
  need_odoo
  need_postgres
  [ -n "${GRC_SMTP_HOST:-}" ] || need_npm
  need_simulators
  write_conf
  local http
  http=$(sed -n 's/^http_port *= *//p' "$ODOO_RC" | tail -n 1)
  http=${http:-8069}
  check_port "$http" GRC_HTTP_PORT
  [ -n "${GRC_SMTP_HOST:-}" ] || {
    check_port "$smtp" GRC_SMTP_PORT
    check_port "$web" GRC_MAIL_PORT
  }
  check_port "$SIMULATORS_PORT" GRC_SIM_PORT
  prepare_town "$name"
  point_town "$name" "$http" || die "$name could not be told its ports."
  CHILDREN=()
  trap stop_children EXIT
  trap 'exit 0' INT TERM HUP
  if [ -z "${GRC_SMTP_HOST:-}" ]; then
    start_mail_catcher "$smtp" "$web"
    CHILDREN+=($!)
  fi
  start_simulators "$http"
  CHILDREN+=($!)
  wait_for_simulators $! || die "The simulators did not start, see $CACHE/log/simulators.log"
  mkdir -p "$CACHE/log"
  setsid "$PYTHON" "$ODOO_BIN" -d "$name" --http-port="$http" \
    --logfile="$CACHE/log/odoo-$name.log" >"$CACHE/log/odoo-$name.out" 2>&1 &
  CHILDREN+=($!)
  if ! wait_for_http "$http" "${CHILDREN[-1]}"; then
    tail -n 30 "$CACHE/log/odoo-$name.log" >&2
    die "Odoo did not start, see $CACHE/log/odoo-$name.log"
  fi
  banner "$name" "$http" "$web"
  wait -n "${CHILDREN[@]}" || true
  echo "A server has stopped by itself, see $CACHE/log" >&2
  exit 1
}

check_port() {
  port_taken "$1" || return 0
  die "Port $1 is taken (is ./grc run running already?). Choose another with $2=..."
}

# start_mail_catcher SMTP-PORT WEB-PORT, on the loopback interface only; its pid is $!
start_mail_catcher() {
  mkdir -p "$CACHE/log"
  setsid node "$CACHE/npm/node_modules/maildev/bin/maildev" --ip 127.0.0.1 --smtp "$1" \
    --web-ip 127.0.0.1 --web "$2" --silent >"$CACHE/log/maildev.log" 2>&1 &
}

stop_children() {
  trap '' INT TERM HUP
  [ ${#CHILDREN[@]} -eq 0 ] || kill "${CHILDREN[@]}" 2>/dev/null || true
  wait || true
}

# Made once, then brought up to date when the files of an addon have changed.
prepare_town() {
  local name=$1 state
  if ! database_exists "$name"; then
    say "creating the town $name (a minute or two)"
    new_database "$name" --demo
    state=$(town_state "$name")
    addon_hashes >"$state"
    return 0
  fi
  state=$(town_state "$name")
  locked "town-$name" update_town "$name" "$state" || die "$name could not be updated."
}

# point_town NAME PORT: the town is at this port, and its simulators at theirs. Other
# services than the simulators', real ones that somebody has set, are left as they are.
point_town() {
  psql -d "$1" -q -v site="http://localhost:$2" -v sim="http://127.0.0.1:$SIMULATORS_PORT" \
    -v own='^http://127\.0\.0\.1:[0-9]+' <<'SQL'
update ir_config_parameter set value = :'site' where key = 'web.base.url';
update grc_identity_provider set issuer = regexp_replace(issuer, :'own', :'sim')
  where client_id = 'admiville';
update grc_data_source set base_url = regexp_replace(base_url, :'own', :'sim');
update res_company set grc_map_template = regexp_replace(grc_map_template, :'own', :'sim');
SQL
}

# Keyed by the database's own number: a database made anew starts from nothing.
town_state() {
  mkdir -p "$CACHE/state"
  echo "$CACHE/state/$1.$(psql -d postgres -Atc "select oid from pg_database where datname = '$1'")"
}

addon_hashes() {
  local addon
  our_addons | while read -r addon; do
    echo "$addon $(addon_hash "addons/$addon")"
  done
}

update_town() {
  local name=$1 state=$2 now changed installed
  now=$(addon_hashes)
  if [ -f "$state" ] && [ "$(cat "$state")" = "$now" ]; then return 0; fi
  changed=$(grep -vxFf <([ ! -f "$state" ] || cat "$state") <<<"$now" | cut -d' ' -f1 | joined)
  if [ -n "$changed" ]; then
    say "updating $name: ${changed//,/ }"
    installed=$(psql -d "$name" -Atc "select name from ir_module_module where state = 'installed'")
    local update install
    update=$(tr , '\n' <<<"$changed" | grep -xFf <(echo "$installed") | joined || true)
    install=$(tr , '\n' <<<"$changed" | grep -vxFf <(echo "$installed") | joined || true)
    install_addons "$name" ${update:+-u "$update"} ${install:+-i "$install"} || return 1
  fi
  echo "$now" >"$state"
}

wait_for_http() {
  local try
  for try in $(seq 300); do
    kill -0 "$2" 2>/dev/null || return 1
    "$PYTHON" -c 'import sys, urllib.request as r
r.urlopen("http://127.0.0.1:%s/web/health" % sys.argv[1], timeout=5)' "$1" 2>/dev/null &&
      return 0
    sleep 0.3
  done
  return 1
}

banner() {
  local name=$1 http=$2 web=$3 logins="$ROOT/addons/grc_demo/logins.txt" login password who
  echo
  echo "Admiville est ouverte."
  echo "  Portail des usagers     http://localhost:$http/"
  echo "  Espace des agents       http://localhost:$http/odoo"
  [ -n "${GRC_SMTP_HOST:-}" ] ||
    echo "  Courriels envoyés       http://localhost:$web/"
  echo
  echo "  Identifiants de démonstration :"
  if [ -f "$logins" ]; then
    while IFS=$'\t' read -r login password who || [ -n "$login" ]; do
      case "$login" in
        '' | '#'*) ;;
        *) printf '    %-32s %-14s %s\n' "$login" "$password" "$who" ;;
      esac
    done <"$logins"
  else
    printf '    %-32s %-14s %s\n' admin admin "Administrateur"
  fi
  simulators_banner
  echo
  echo "  Recevoir un courriel    ./grc mail -d $name MESSAGE.eml"
  echo "  Journal                 $CACHE/log/odoo-$name.log"
  echo "  Arrêter                 Ctrl-C"
}
