from odoo import models

from .grc_form_builder import LINE_STEP


class GrcFormField(models.Model):
    """The order of the lines of a form: a page moves with the lines under it."""

    _inherit = "grc.form.field"

    def move_after(self, previous_id=False):
        """Put the line just after another; a page, after the page of that line.

        :param int previous_id: of the other line; False for the top of the form
        """
        self.ensure_one()
        lines, moving = self._lines_in_order(), self._lines_moved()
        rest = lines - moving
        previous = rest.filtered(lambda line: line.id == previous_id)
        if previous_id and not previous:
            # Dropped in its own page.
            return
        rank = rest.ids.index(previous.id) + 1 if previous else 0
        if self.kind == "page" and previous:
            rank = _end_of_page(rest, rank)
        self._put(rest, moving, rank)

    def action_move_up(self):
        """Put the line above the one before; a page, above the page before."""
        self.ensure_one()
        lines, moving = self._lines_in_order(), self._lines_moved()
        rank = lines.ids.index(self.id)
        if self.kind == "page":
            pages = [place for place in range(rank) if lines[place].kind == "page"]
            rank = pages[-1] if pages else rank
        else:
            # Nothing stands above the first page.
            rank = max(rank - 1, int(lines[:1].kind == "page"))
        self._put(lines - moving, moving, rank)

    def action_move_down(self):
        """Put the line under the one after; a page, under the page after."""
        self.ensure_one()
        lines, moving = self._lines_in_order(), self._lines_moved()
        rest, rank = lines - moving, lines.ids.index(self.id)
        if rank < len(rest):
            rank = _end_of_page(rest, rank + 1) if self.kind == "page" else rank + 1
        self._put(rest, moving, rank)

    def _lines_in_order(self):
        beside = self.parent_id.child_ids or self.version_id.field_ids
        return beside.sorted(lambda line: (line.sequence, line.id))

    def _lines_moved(self):
        """Return the line, with those under it when it is a page."""
        lines = self._lines_in_order()
        if self.kind != "page":
            return self
        rank = lines.ids.index(self.id)
        return lines[rank : _end_of_page(lines, rank + 1)]

    def _put(self, rest, moving, rank):
        for place, line in enumerate(rest[:rank] + moving + rest[rank:]):
            sequence = LINE_STEP * (place + 1)
            if line.sequence != sequence:
                line.sequence = sequence


def _end_of_page(lines, rank):
    """Return the rank of the next page, or that of the end."""
    while rank < len(lines) and lines[rank].kind != "page":
        rank += 1
    return rank
