"""What the rules across questions are about: a page, the rows of a block."""

from .conditions import sources
from .schema import walk


class Scopes:
    """Know where each code of a form stands: its page, its block.

    :param schema: checked

    Source: none (technical)
    """

    def __init__(self, schema: dict):
        self.ranks = {page["code"]: rank for rank, page in enumerate(schema["pages"])}
        self.blocks, self.pages = {}, {}
        for place in walk(schema):
            self.pages[place.item["code"]] = place.page["code"]
            if place.block is not None and place.block["kind"] == "block":
                self.blocks[place.item["code"]] = place.block["code"]

    def block(self, condition, at=()) -> str | None:
        """Return the only block in which a rule reads or speaks, None if not one.

        :param condition: of a check or of a stop
        :param at: paths beside which a check speaks

        Source: none (technical)
        """
        found = {self.blocks[code] for code in _codes(condition, at) & set(self.blocks)}
        return found.pop() if len(found) == 1 else None

    def last_page(self, condition, at=()) -> str | None:
        """Return the page on which the last of what a rule needs is asked.

        Source: none (technical)
        """
        pages = [self.pages[one] for one in _codes(condition, at) & set(self.pages)]
        return max(pages, key=self.ranks.get, default=None)


def _codes(condition, at) -> set[str]:
    return sources(condition) | {path.split(".")[0] for path in at or ()}
