from odoo import fields, models, tools
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL

from ..rules.answer_indexes import answer_indexes
from ..rules.properties import schema_properties
from ..rules.words import is_code


class GrcFormQuestion(models.Model):
    """Answers that are searched every day get indexes, made once and for all."""

    _inherit = "grc.form.question"

    is_indexed = fields.Boolean(
        string="Searched every day",
        help="Keeps indexes on the answers, so that searching hundreds of thousands of "
        "requests takes milliseconds. While they are made, in seconds, the filing of "
        "requests waits.",
    )

    def write(self, vals):
        """Make the indexes of an answer that forms in use ask already."""
        result = super().write(vals)
        if vals.get("is_indexed"):
            # sudo: the dictionary is shared by all local authorities
            versions_sudo = self.sudo().field_ids.version_id.filtered("schema_sha256")
            for version in versions_sudo:
                self._index_answers(version._asked())
        return result

    def _index_answers(self, schema):
        """Make the indexes of the answers to ``schema`` that are searched every day.

        An index that exists is left as it is, and none is ever dropped.

        :param dict schema: of a version published
        """
        codes = set(self.filtered("is_indexed").mapped("code"))
        ordinary, sensitive = schema_properties(schema)
        for column, definitions in (
            ("answers", ordinary),
            ("answers_sensitive", sensitive),
        ):
            for definition in definitions:
                if definition["name"] in codes:
                    self._index_answer(column, definition["name"], definition["type"])

    def _index_answer(self, column, code, property_type):
        if not is_code(code):  # It is written in SQL.
            raise ValueError(code)
        registry = self.env.registry
        # Odoo looks for words without their accents when the database can.
        trigrams = registry.has_trigram and (
            registry.has_unaccent in (FunctionStatus.MISSING, FunctionStatus.INDEXABLE)
        )
        for index in answer_indexes(property_type, trigrams=trigrams):
            self._count_answers(column, code, index.text)
            name = tools.sql.make_identifier(
                f"grc_request_{column}_{code}_{index.suffix}_idx"
            )
            expression = f"({column} {'->>' if index.text else '->'} '{code}')"
            indexed = expression
            if index.operators == "gin_trgm_ops":
                indexed = registry.unaccent(expression)
            tools.sql.create_index(
                self.env.cr,
                name,
                self.env["grc.request"]._table,
                [f"{indexed} {index.operators}".strip()],
                index.method,
                # Requests that have no such answer are not in it, and cost nothing.
                where=f"{expression} IS NOT NULL",
            )

    def _count_answers(self, column, code, text):
        """Have PostgreSQL learn how many requests have each answer.

        Without it, it uses an index even when half of the requests are found.
        """
        cr = self.env.cr
        if cr._cnx.server_version < 140000:
            return
        kind = "text" if text else "json"
        name = tools.sql.make_identifier(f"grc_request_{column}_{code}_{kind}_stat")
        cr.execute("SELECT 1 FROM pg_statistic_ext WHERE stxname = %s", [name])
        if not cr.rowcount:
            expression = f"({column} {'->>' if text else '->'} '{code}')"
            cr.execute(
                SQL(
                    "CREATE STATISTICS %s ON %s FROM %s",
                    SQL.identifier(name),
                    SQL(expression),
                    SQL.identifier(self.env["grc.request"]._table),
                )
            )
