from werkzeug.exceptions import NotFound

from odoo.http import request, route

from odoo.addons.grc_base.const import OPEN_STATES

from .account import GrcAccount
from .common import drafts_sudo, largest_sending, uploaded_files


class GrcPieces(GrcAccount):
    """The documents that the service asked for, sent one by one by the citizen."""

    @route(
        "/my/demandes/<int:demand_id>/pieces/<int:piece_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=largest_sending,
    )
    def send_piece(self, demand_id, piece_id, **post):
        """Receive the files of one document asked for; twice is once."""
        demand_sudo = self._own_demand(demand_id)
        piece_sudo = demand_sudo.missing_piece_ids.filtered(
            lambda piece: piece.id == piece_id
        )
        if not piece_sudo:
            raise NotFound()
        if piece_sudo in demand_sudo._awaited_pieces():
            files = uploaded_files()
            error = self._piece_error(demand_sudo, files)
            if error:
                return self._render_demand(
                    demand_sudo, drafts_sudo(), {f"piece-{piece_id}": error}
                )
            demand_sudo._produce_piece(piece_sudo, files)
        return request.redirect(
            f"/my/demandes/{demand_id}?piece={piece_id}#grc-pieces", code=303
        )

    def _piece_error(self, demand, files):
        """Say why these files are not received, empty when they are."""
        if demand.state not in OPEN_STATES:
            return request.env._(
                "Your request was answered: write to the service instead."
            )
        if not files:
            return request.env._("Choose the file to send.")
        _accepted, refused = demand._sort_files(files, demand.company_id)
        return " ".join(refused.values())
