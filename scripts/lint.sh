# ./grc lint. Sourced.
# shellcheck shell=bash

cmd_lint() {
  [ $# -eq 0 ] || wrong "./grc lint"
  local status=0
  need_venv
  SCRATCH_DATABASES=()
  trap end_of_tests EXIT
  lint_ruff || status=1
  if [ -n "$(our_addons)" ]; then
    lint_pylint || status=1
    lint_odoo || status=1
  fi
  [ "$status" -eq 0 ] && echo "lint: nothing to say" || echo "lint: something to mend, see above"
  exit "$status"
}

lint_ruff() {
  local place places=() status=0
  for place in addons test_addons scripts tests bench; do
    [ ! -d "$ROOT/$place" ] || places+=("$place")
  done
  echo "== ruff"
  (cd "$ROOT" && "$VENV/bin/ruff" check --no-cache "${places[@]}") || status=1
  (cd "$ROOT" && "$VENV/bin/ruff" format --check --no-cache "${places[@]}") || status=1
  return "$status"
}

lint_pylint() {
  echo "== pylint-odoo"
  # An addon may extend a model in several files, one concern each.
  # shellcheck disable=SC2046
  (cd "$ROOT" && "$VENV/bin/pylint" --rcfile=.pylintrc -j 2 \
    --disable=consider-merging-classes-inherited \
    $(our_addons | sed 's,^,addons/,'))
}

# test_lint also looks at Odoo's own addons: only what it says of ours counts.
lint_odoo() {
  local name="grc_lint_$$" log
  echo "== test_lint"
  need_odoo
  need_postgres
  write_conf
  SCRATCH_DATABASES+=("$name")
  (new_database "$name") || return 1
  mkdir -p "$CACHE/log"
  log="$CACHE/log/lint-$$.log"
  "$PYTHON" "$ODOO_BIN" -d "$name" -i test_lint --stop-after-init --http-port="$(free_port)" \
    --test-tags='/test_lint,-/test_lint:TestPyLint,-/test_lint:L10nLinter' \
    --logfile="$log" >"$log.out" 2>&1 || true
  if "$PYTHON" "$ROOT/scripts/summary.py" lint "$log" "$ROOT/addons"; then
    rm -f "$log" "$log.out"
  else
    echo "The whole log: $log"
    return 1
  fi
}
