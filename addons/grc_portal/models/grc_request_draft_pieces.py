from odoo import models

from odoo.addons.grc_form.rules import snapshot

from ..const import MAX_ID

_DESCRIBED = ("name", "size", "mimetype", "sha256")


class GrcRequestDraft(models.Model):
    """The files of a form being filled, each kept for the piece that it is.

    ``piece_files``: by attachment, ``path`` (``code``, ``block.r1.code`` in a row) and
    what the answer says of the file (name, size, mimetype, sha256).
    """

    _inherit = "grc.request.draft"

    def _answers(self):
        """Add to the answers the files joined to each piece."""
        answers = super()._answers()
        owners = self._owners()
        if not owners:
            return answers
        rows: dict = {}
        for file in owners.values():
            described = {name: file[name] for name in _DESCRIBED}
            block, _dot, rest = file["path"].partition(".")
            if not rest:
                answers.setdefault(block, []).append(described)
                continue
            row_id, _dot, code = rest.partition(".")
            if block not in rows:
                given = answers.get(block) or []
                rows[block] = {row["_id"]: dict(row) for row in given}
            # A row of which only the file is given is a row.
            row = rows[block].setdefault(row_id, {"_id": row_id})
            row.setdefault(code, []).append(described)
        return answers | {code: list(found.values()) for code, found in rows.items()}

    def _owners(self):
        """Return ``piece_files`` of the files that are still there, the oldest first.

        :rtype: dict
        """
        kept = self.piece_files or {}
        ids = set(map(str, self.attachment_ids.ids)) if kept else ()
        return {key: kept[key] for key in sorted(kept, key=int) if key in ids}

    def _keep_piece(self, path, document_code, files):
        """Keep the files of one piece that can be, say why for the others.

        :param str path: ``code``, or ``block.r1.code`` in a row
        :param str document_code: kind of document asked
        :param files: ``(file name, bytes)`` of each file
        :return: one message for each file refused
        :rtype: list[str]
        """
        self.ensure_one()
        kind = self.form_version_id._document_type(document_code)
        owners = dict(self._owners())
        mine = {
            (file["name"], file["sha256"])
            for file in owners.values()
            if file["path"] == path
        }
        refused = []
        for name, content in files:
            fingerprint = self._fingerprint(name, content)
            if fingerprint in mine:
                continue
            message = kind._file_problem(
                name, content, len(mine) + 1, len(owners) + 1, self.company_id
            )
            if message:
                refused.append(message)
                continue
            mine.add(fingerprint)
            attachment = self._attach(name, content)
            owners[str(attachment.id)] = {
                "path": path,
                "name": name,
                "size": len(content),
                "mimetype": self.env["grc.request.document"]._sniff(content),
                "sha256": fingerprint[1],
            }
        self.piece_files = owners
        return refused

    def _attach(self, name, content):
        vals = {"name": name, "raw": content, "res_model": self._name}
        attachment = self.env["ir.attachment"].create(vals | {"res_id": self.id})
        self.attachment_ids |= attachment
        return attachment

    def _drop_piece_file(self, attachment_id):
        """Forget a file; one that is not of this draft does nothing.

        :return: the piece it was, empty when there was none
        :rtype: str
        """
        owners, key = dict(self._owners()), str(attachment_id)
        if not key.isdigit() or int(key) > MAX_ID or key not in owners:
            return ""
        path = owners.pop(key)["path"]
        self._drop_file(key)
        self.piece_files = owners
        return path

    def _drop_row_files(self, block, row_id):
        """Forget the files of a row that is taken away."""
        for key, file in self._owners().items():
            if file["path"].startswith(f"{block}.{row_id}."):
                self._drop_piece_file(key)

    def _files_by_path(self, page, raw):
        """Return the files of the pieces of a page, by path of their inputs."""
        places, documents = {}, self.env["grc.request.document"]
        for _item, path, kept_at in self._piece_places(page, raw):
            places[kept_at] = path
        found: dict = {}
        for key, file in self._owners().items():
            path = places.get(file["path"])
            if path:
                found.setdefault(path, []).append(
                    {
                        "id": key,
                        "name": file["name"],
                        "size_text": documents._grc_size_text(file["size"]),
                        # Made of what an administration told, not by the citizen.
                        "is_obtained": bool(file.get("data")),
                    }
                )
        return found

    def _piece_places(self, page, raw):
        """Yield each piece of a page: item, path of its input, path it is kept at."""
        for item in page["items"]:
            if item["kind"] == "piece":
                yield item, item["code"], item["code"]
            elif item["kind"] == "block":
                ids = self.form_version_id._row_ids(item, raw)
                for index, row_id in enumerate(ids):
                    for child in item["items"]:
                        if child.get("kind") == "piece":
                            block, code = item["code"], child["code"]
                            yield (
                                child,
                                f"{block}.{index}.{code}",
                                f"{block}.{row_id}.{code}",
                            )

    def _files(self):
        """Send the files of the pieces that the form still asks for, and no other."""
        if not self.form_version_id:
            return super()._files()
        # The same file may answer two pieces: it is sent for each.
        wanted = [
            (kept["name"], kept["sha256"])
            for piece in snapshot.pieces(self._filled())
            for kept in piece["files"]
        ]
        files, contents = [], {str(a.id): a.raw for a in self.attachment_ids}
        for key, file in self._owners().items():
            fingerprint = (file["name"], file["sha256"])
            if fingerprint in wanted:
                wanted.remove(fingerprint)
                files.append((file["name"], contents[key]))
        return files
