# ./grc simulators: FranceConnect, a plain OpenID provider and public APIs, all invented
# (tests/simulators). Sourced.
# shellcheck shell=bash

SIMULATORS_PORT=${GRC_SIM_PORT:-1090}

cmd_simulators() {
  local action=${1:-}
  [ $# -le 1 ] || wrong "./grc simulators [start|stop]"
  case "$action" in
    '') run_simulators ;;
    start) start_simulators_apart ;;
    stop) stop_simulators_apart ;;
    *) wrong "./grc simulators [start|stop]" ;;
  esac
}

run_simulators() {
  need_simulators
  check_port "$SIMULATORS_PORT" GRC_SIM_PORT
  start_simulators "${GRC_HTTP_PORT:-8069}"
  trap 'kill "$!" 2>/dev/null || true' EXIT INT TERM HUP
  wait_for_simulators $! || die "They did not start, see $CACHE/log/simulators.log"
  simulators_banner
  echo "  Arrêter                 Ctrl-C"
  wait $! || true
}

# In the background, until ./grc simulators stop.
start_simulators_apart() {
  need_simulators
  check_port "$SIMULATORS_PORT" GRC_SIM_PORT
  start_simulators "${GRC_HTTP_PORT:-8069}"
  wait_for_simulators $! || die "They did not start, see $CACHE/log/simulators.log"
  mkdir -p "$CACHE/state"
  echo $! >"$(simulators_pid_file)"
  simulators_banner
  echo "  Arrêter                 ./grc simulators stop"
}

stop_simulators_apart() {
  local file pid
  file=$(simulators_pid_file)
  pid=$(cat "$file" 2>/dev/null) || die "No simulators were started on port $SIMULATORS_PORT."
  rm -f "$file"
  # The number may belong to another program by now.
  [[ $(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null) != *simulators/server.mjs* ]] ||
    kill "$pid"
}

simulators_pid_file() { echo "$CACHE/state/simulators.$SIMULATORS_PORT.pid"; }

# start_simulators ODOO-PORT, on the loopback interface only; its pid is $!
start_simulators() {
  mkdir -p "$CACHE/log"
  GRC_SIM_PORT="$SIMULATORS_PORT" GRC_SIM_MODULES="$CACHE/simulators" \
    GRC_SIM_SITES="${GRC_SIM_SITES:-http://localhost:$1,http://127.0.0.1:$1}" \
    setsid node "$ROOT/tests/simulators/server.mjs" >"$CACHE/log/simulators.log" 2>&1 &
}

# wait_for_simulators PID
wait_for_simulators() {
  local try
  for try in $(seq 150); do
    kill -0 "$1" 2>/dev/null || return 1
    grep -q '^Simulators: ' "$CACHE/log/simulators.log" && return 0
    sleep 0.1
  done
  return 1
}

simulators_banner() {
  local base="http://127.0.0.1:$SIMULATORS_PORT"
  echo
  echo "Simulateurs (personnes et données inventées)"
  echo "  Qui est qui             $base/"
  echo "  FranceConnect           $base/api/v2  (client admiville)"
  echo "  OpenID Connect simple   $base/oidc  (client admiville-oidc)"
  echo "  API Particulier         $base"
  echo "  Sirene, RNA, BAN        $base/entreprises, /associations, /adresses"
  # shellcheck disable=SC2016
  node -e '
    const people = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    for (const [key, p] of Object.entries(people)) {
      const name = `${p.given_names[0]} ${p.family_name}`;
      const short = name.length > 30 ? `${name.slice(0, 29)}…` : name;
      console.log(`    ${key.padEnd(20)} ${short.padEnd(31)} ${p.note}`);
    }' "$ROOT/tests/simulators/data/people.json"
}
