# ./grc i18n: brings the .pot and fr.po of our addons up to their sources. Sourced.
# shellcheck shell=bash

# The terms left to translate are printed; ends non-zero when there are some.
cmd_i18n() {
  [ $# -eq 0 ] || wrong "./grc i18n"
  ready_for_odoo_tests
  local addon folders=() addons=()
  # The demo town is data, written in French: it has nothing to translate.
  mapfile -t addons < <(our_addons --no-demo)
  full_template --demo
  say "exporting the terms of ${addons[*]}"
  "$PYTHON" "$ODOO_BIN" i18n export -d "$TEMPLATE" "${addons[@]}" \
    >"$CACHE/log/i18n.log" 2>&1 || die "The export failed: $CACHE/log/i18n.log"
  for addon in "${addons[@]}"; do
    [ -f "$ROOT/addons/$addon/i18n/$addon.pot" ] || continue
    # A date of export would make every export a change.
    sed -i '/^"POT-Creation-Date\|^"PO-Revision-Date/d' \
      "$ROOT/addons/$addon/i18n/$addon.pot"
    folders+=("$ROOT/addons/$addon")
  done
  "$PYTHON" "$ROOT/scripts/merge_po.py" "${folders[@]}"
}
