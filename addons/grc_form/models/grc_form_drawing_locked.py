"""An answer that an administration gave: shown, posted again, never typed."""

from ..rules.types import TYPES


def locked_node(version, item, node, locked):
    """Return the node of an answer that is not the citizen's to change.

    :param grc.form.version version: the form
    :param dict item: question of the schema
    :param dict node: what is known of any question (``path``, ``label``, ``hidden``…)
    :param dict locked: ``value``, canonical, and ``note``: who said it, in words
    :rtype: dict
    """
    kind = TYPES[item["type"]]
    context = version.env["grc.request"]._form_context(version.company_id)
    raw = kind.write(item, locked["value"])
    return node | {
        "kind": "locked",
        "text": kind.text(item, locked["value"], context),
        "note": locked["note"],
        # For the conditions that the browser reads; the server imposes the value.
        "inputs": [
            (f"{node['path']}.{part}" if part else node["path"], text)
            for part, texts in raw.items()
            for text in (texts if isinstance(texts, list) else [texts])
        ],
    }
