from odoo import fields


class Answers(fields.Properties):
    """Properties whose definitions are compiled: read for many requests at once.

    Core copies the whole definition, options included, twice for each record: three
    quarters of the time of a list or of an export (``./grc bench forms``). Here a
    definition is read once for each prestation, and its options are shared: what is
    read is sent or written out, nobody changes it. Our types have no comodel.
    """

    @classmethod
    def _dict_to_list(cls, values_dict, properties_definition):
        lines = []
        for definition in properties_definition:
            line = dict(definition)
            line.pop("value", None)
            if definition["name"] in values_dict:
                line["value"] = values_dict[definition["name"]]
            lines.append(line)
        return lines

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return the lists of properties of ``records``, one definition a container."""
        definitions, lists = {}, []
        for record, value in zip(records, values, strict=True):
            container_id = record[self.definition_record].id
            if container_id not in definitions:
                found = self._get_properties_definition(record)
                definitions[container_id] = found or []
            value = getattr(value, "_values", value) or {}
            lists.append(self._dict_to_list(value, definitions[container_id]))
        for lines in lists:
            self._parse_json_types(lines, records.env, {})
        return lists
