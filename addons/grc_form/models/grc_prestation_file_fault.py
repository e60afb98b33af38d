from odoo import api, models


class GrcPrestation(models.Model):
    """What an administrator reads of a file that is refused."""

    _inherit = "grc.prestation"

    @api.model
    def _file_fault_text(self, fault):
        """Return the sentence of a fault of a file, with its line.

        :param rules.portable.FileFault fault: see there
        :rtype: str
        """
        own = self._file_texts().get(fault.code)
        text = (
            own % fault.params
            if own
            else self.env["grc.form.version"]._fault_text(fault.code, fault.params)
        )
        if not fault.path:
            return self.env._("Line %(line)s: %(text)s", line=fault.line, text=text)
        return self.env._(
            "Line %(line)s: %(text)s [%(path)s]",
            line=fault.line,
            text=text,
            path=fault.path,
        )

    @api.model
    def _file_texts(self):
        return {
            "file_empty": self.env._("The file is empty."),
            "file_too_large": self.env._("The file is too large: %(max)s MB at most."),
            "not_utf8": self.env._("The file is no text in UTF-8."),
            "json_syntax": self.env._(
                "This is not JSON: a comma, a quote or a bracket is missing, or is one "
                "too many."
            ),
            "nested_too_deep": self.env._(
                "Objects and lists are nested too deep: %(max)s levels at most."
            ),
            "too_many_values": self.env._(
                "The file holds too many values: %(max)s at most."
            ),
            "number_refused": self.env._("This number is not accepted."),
            "text_refused": self.env._(
                "This text holds a control character that is not accepted."
            ),
            "text_active": self.env._(
                "This text holds code that would be run: it is not accepted."
            ),
            "key_twice": self.env._("“%(key)s” is given twice."),
            "file_format_unknown": self.env._(
                "This is not the file of a prestation (format: %(format)s)."
            ),
            "document_twice": self.env._(
                "The document “%(document)s” is described twice."
            ),
            "document_not_described": self.env._(
                "The document “%(document)s” is asked, but not described."
            ),
            "type_differs": self.env._(
                "The code “%(code)s” means something else in the forms of the town "
                "(%(known)s): take another code."
            ),
            "document_not_asked": self.env._(
                "The document “%(document)s” is described, but never asked."
            ),
        }
