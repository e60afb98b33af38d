"""The errors of a page as its summary lists them: where, what, and of which row."""


class ErrorSummary:
    """Gather the errors of a page, each with the identifier that it leads to."""

    def __init__(self, env, errors):
        self.env, self.errors = env, errors
        self.list, self.told, self.targets = [], set(), {}

    def place(self, path, identifier):
        """Say where a line is, for the errors that no input of it tells."""
        self.targets[path] = identifier

    def tell(self, node, found):
        """Add errors, with the label and the row that a message alone does not say.

        :param dict node: what is wrong: ``label``, ``row`` (« Enfant 2 », or nothing)
        :param found: ``(identifier, message)``
        """
        for target, message in found:
            self.told.add(message)
            text, label = message, node["label"]
            if label and label not in message:
                text = self._joined(label.rstrip(" :?"), message)
            if node.get("row"):
                text = self._joined(node["row"], _continued(text))
            self.list.append((target, text))

    def _joined(self, name, message):
        return self.env._("%(label)s: %(message)s", label=name, message=message)

    def whole(self):
        """Return the list, errors of no input included: nothing is kept silent."""
        others = [
            (self._target(path), text)
            for path, text in self.errors.items()
            if not self.told.issuperset(text.splitlines()) and text not in self.told
        ]
        return self.list + others

    def _target(self, path):
        while path:
            if path in self.targets:
                return self.targets[path]
            path = path.rpartition(".")[0]
        return "formulaire"


def row_name(item, index):
    """Return how a row of a block is called: « Enfant 2 ».

    :param dict item: block of the schema
    :param int index: from 0
    :rtype: str
    """
    name = item.get("item_label") or item.get("label") or ""
    return f"{name} {index + 1}".strip()


def _continued(text):
    """Return a sentence as it goes on after « Enfant 2 : »; acronyms stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
