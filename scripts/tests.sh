# ./grc test: four parts, each counted; a part that fails does not stop the others.
# Sourced.
# shellcheck shell=bash

cmd_test() {
  local parts=() words="" all=(unit consistency odoo e2e)
  while [ $# -gt 0 ]; do
    case "$1" in
      unit | consistency | odoo | e2e) parts+=("$1") && shift ;;
      -k) [ $# -ge 2 ] || wrong "./grc test [PART] [-k WORDS]" && words=$2 && shift 2 ;;
      *) wrong "./grc test [unit|consistency|odoo|e2e] [-k WORDS]" ;;
    esac
  done
  [ ${#parts[@]} -gt 0 ] || parts=("${all[@]}")
  need_venv
  RESULTS=$(mktemp -d "$CACHE/results.XXXXXX")
  SCRATCH_DATABASES=()
  trap end_of_tests EXIT
  trap 'exit 130' INT TERM
  local part status=0
  for part in "${parts[@]}"; do
    echo "== $part"
    case "$part" in
      odoo) test_odoo "$words" || status=1 ;;
      e2e) test_e2e "$words" || status=1 ;;
      *) test_pytest "$part" "$words" || status=1 ;;
    esac
  done
  "$PYTHON" "$ROOT/scripts/summary.py" total "$RESULTS" ${words:+--some} "${parts[@]}" || status=1
  exit "$status"
}

end_of_tests() {
  local name
  jobs -p | xargs -r kill 2>/dev/null || true
  for name in "grc_test_1_$$" "grc_test_2_$$" ${SCRATCH_DATABASES[@]+"${SCRATCH_DATABASES[@]}"}; do
    drop_database "$name"
  done
  [ -z "${RESULTS:-}" ] || rm -rf "$RESULTS"
}

# test_pytest PART WORDS
test_pytest() {
  local part=$1 words=$2 status=0
  if ! [ -d "$ROOT/tests/$part" ]; then
    echo "There is no tests/$part." >&2
    return 1
  fi
  if [ "$part" = unit ] || [ "$part" = consistency ]; then need_libraries; fi
  if [ "$part" = unit ]; then
    need_strange_mails
    need_node
  fi
  (cd "$ROOT" && "$PYTHON" -m pytest "tests/$part" -q --junitxml="$RESULTS/$part.xml" \
    ${words:+-k "$words"}) || status=$?
  # 5: nothing was selected; the summary judges that.
  [ "$status" -eq 5 ] && [ -n "$words" ] && status=0
  return "$status"
}

# About half of the time of Odoo's tests: those that ask for pages.
WITH_PAGES="grc_portal grc_franceconnect"

# All of them go in two processes at once, each on its own database.
test_odoo() {
  local words=$1 status=0 addons pages others
  addons=$(our_addons --no-demo)
  if [ -z "$addons" ]; then
    echo "There is no addon in addons/." >&2
    return 1
  fi
  ready_for_odoo_tests
  pages=$(grep -xFf <(tr ' ' '\n' <<<"$WITH_PAGES") <<<"$addons" || true)
  others=$(grep -vxFf <(tr ' ' '\n' <<<"$WITH_PAGES") <<<"$addons" || true)
  mkdir -p "$CACHE/log"
  if [ -n "$words" ] || [ -z "$pages" ] || [ -z "$others" ]; then
    run_odoo_tests 1 "$(odoo_tags "$words")" || status=1
    report_odoo_tests 1 || status=1
    return "$status"
  fi
  run_odoo_tests 1 "/${pages//$'\n'/,/}" &
  local first=$!
  run_odoo_tests 2 "/${others//$'\n'/,/}" || status=1
  wait "$first" || status=1
  report_odoo_tests 1 || status=1
  report_odoo_tests 2 || status=1
  return "$status"
}

# run_odoo_tests NUMBER TAGS
run_odoo_tests() {
  local name="grc_test_$1_$$" log="$CACHE/log/test-odoo-$$-$1.log" status=0
  echo "Odoo's tests of our addons: $2"
  (new_database "$name" --base) || return 1
  "$PYTHON" "$ODOO_BIN" -d "$name" -i "$(our_addons --no-demo | joined)" \
    --test-tags="$2" --stop-after-init --http-port="$(free_port)" \
    --logfile="$log" >"$log.out" 2>&1 || status=1
  drop_database "$name"
  return "$status"
}

# report_odoo_tests NUMBER: what its log says
report_odoo_tests() {
  local log="$CACHE/log/test-odoo-$$-$1.log"
  if "$PYTHON" "$ROOT/scripts/summary.py" odoo "$log" "$RESULTS/odoo-$1.txt"; then
    rm -f "$log" "$log.out"
  else
    echo "The whole log: $log"
    return 1
  fi
}

ready_for_odoo_tests() {
  need_odoo
  need_postgres
  need_test_tools
  need_strange_mails
  write_conf
}

# odoo_tags WORDS: --test-tags for our addons only.
odoo_tags() {
  local words=$1 addon tags=()
  case "$words" in
    /*)
      echo "$words"
      return
      ;;
    '' | [:.]*) ;;
    test_*) words=".$words" ;;
    *)
      if [ -f "$ROOT/addons/$words/__manifest__.py" ]; then
        echo "/$words"
        return
      fi
      words=":$words"
      ;;
  esac
  for addon in $(our_addons --no-demo); do
    tags+=("/$addon$words")
  done
  printf '%s\n' "${tags[@]}" | joined
}

# The suite starts its own servers; it gets a demo database and the tools' places.
test_e2e() {
  local status=0
  if ! [ -d "$ROOT/tests/e2e" ]; then
    echo "There is no tests/e2e." >&2
    return 1
  fi
  ready_for_odoo_tests
  need_npm
  need_simulators
  export GRC_E2E_DB="${GRC_E2E_DB:-grc_e2e_$$}"
  export GRC_CHROMIUM="${GRC_CHROMIUM:-$(command -v chromium || command -v google-chrome)}"
  export GRC_MAILDEV="$CACHE/npm/node_modules/.bin/maildev"
  export GRC_AXE="$CACHE/npm/node_modules/axe-core/axe.min.js"
  export GRC_ODOO_BIN="$ODOO_BIN"
  # The town whose clock is moved has a database of its own; the suite makes it.
  [ -n "${GRC_E2E_KEEP:-}" ] || SCRATCH_DATABASES+=("${GRC_E2E_DB}_clock")
  if ! database_exists "$GRC_E2E_DB"; then
    [ -n "${GRC_E2E_KEEP:-}" ] || SCRATCH_DATABASES+=("$GRC_E2E_DB")
    (new_database "$GRC_E2E_DB" --demo) || return 1
  fi
  test_pytest e2e "$1" || status=1
  return "$status"
}
