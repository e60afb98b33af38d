from ast import literal_eval
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from ..rules import mail_kind

_ALIAS_DEFAULTS = ("service_id", "prestation_id", "nature")


class Place(NamedTuple):
    """Where a mail goes in a local authority. ``defaults``: what its alias says."""

    company: models.BaseModel
    service: models.BaseModel
    cause: str
    defaults: dict


class GrcMailAddressingMixin(models.AbstractModel):
    """Whom a mail is for: a service, a request, another application."""

    _name = "grc.mail.addressing.mixin"
    _description = "Routing of an e-mail received"

    # === ADDRESSES === #

    @api.model
    def _own_addresses(self):
        """Return every address of ours, in lower case: none is ever acknowledged.

        :rtype: frozenset[str]
        """
        domains = self.env["mail.alias.domain"].search([("name", "!=", False)])
        known = [("email", "!=", False)]
        services = self.env["grc.service"].with_context(active_test=False).search(known)
        companies = self.env["res.company"].search(known)
        aliases = self.env["mail.alias"].search([("alias_name", "!=", False)])
        parameters = self.env["ir.config_parameter"]
        addresses = [
            *aliases.mapped("alias_full_name"),
            *domains.mapped("catchall_email"),
            *domains.mapped("bounce_email"),
            *domains.mapped("default_from_email"),
            *services.mapped("email"),
            *companies.mapped("email"),
            parameters.get_param("mail.default.from"),
        ]
        return frozenset(filter(None, ((a or "").strip().lower() for a in addresses)))

    @api.model
    def _aliases_of(self, recipients):
        """Return the aliases that the recipients name, as core finds them.

        An alias without a domain is one of a town that has not configured any: its
        name alone is enough when it belongs to requests.
        """
        local_parts = [address.partition("@")[0] for address in recipients]
        request_model = self.env["ir.model"]._get_id("grc.request")
        by_name = Domain("alias_name", "in", local_parts) & (
            Domain("alias_incoming_local", "=", True)
            | Domain("alias_domain_id", "=", False)
            & Domain("alias_model_id", "=", request_model)
        )
        return self.env["mail.alias"].search(
            Domain("alias_full_name", "in", list(recipients)) | by_name
        )

    def _named_places(self, mail):
        """Return the services that the recipients name, one in each authority.

        In their order: the first addressee of an authority has the mail.

        :rtype: tuple[list[Place], mail.alias]
        """
        aliases = self._aliases_of(mail.recipients)
        request_model = self.env["ir.model"]._get_id("grc.request")
        ours = aliases.filtered(lambda a: a.alias_model_id.id == request_model)
        services = self.env["grc.service"].search([("email", "!=", False)])
        by_email = {service.email.strip().lower(): service for service in services}
        places = {}
        for address in mail.recipients:
            alias = ours.filtered(lambda a, address=address: _is_alias(a, address))[:1]
            place = (
                self._place_of_alias(alias)
                if alias
                else self._place_of_service(by_email.get(address))
            )
            if place:
                places.setdefault(place.company, place)
        return list(places.values()), aliases - ours

    def _place_of_alias(self, alias):
        try:
            defaults = dict(literal_eval(alias.alias_defaults or "{}"))
        except (ValueError, SyntaxError):
            defaults = {}
        defaults = {key: defaults[key] for key in _ALIAS_DEFAULTS if key in defaults}
        service = (
            self.env["grc.service"].browse(defaults.pop("service_id", [])).exists()
        )
        prestation = (
            self.env["grc.prestation"]
            .browse(defaults.pop("prestation_id", []))
            .exists()
        )
        if prestation:
            defaults["prestation_id"] = prestation.id
        company = (
            service.company_id
            or prestation.company_id
            or alias.alias_domain_id.company_ids[:1]
            or self.env.company
        )
        service = service or prestation.service_id
        if not service:
            service = self.env["grc.service"]._front_desk(company)
        return Place(company, service, "alias", defaults)

    def _place_of_service(self, service):
        return service and Place(service.company_id, service, "alias", {})

    def _front_desk_place(self, mail):
        """Return the front desk of the authority that an unknown address names.

        Any electronic sending seizes the administration, whatever the address
        (CRPA, art. R112-9-2 and L100-3).
        """
        names = [address.rpartition("@")[2] for address in mail.recipients]
        domains = self.env["mail.alias.domain"].search([("name", "in", names)])
        companies = domains.company_ids
        company = (
            self.env.company
            if self.env.company in companies or not companies
            else companies[0]
        )
        service = self.env["grc.service"]._front_desk(company)
        return Place(company, service, "no_alias", {})

    # === REQUESTS === #

    def _request_of(self, mail, companies):
        """Return the request that a mail continues, and how it is known.

        A reference to a message of ours is enough: only who received it knows its
        identifier. A number in the subject is not: it can be guessed, so that the
        address must be the citizen's.

        :param res.company companies: those addressed; none stands for any
        :rtype: tuple[grc.request, str]
        """
        request = self._request_of_references(mail.references)
        if request and (not companies or request.company_id in companies):
            return request, "reference"
        for number in mail_kind.request_numbers(mail.subject):
            domain = [("name", "=", number)]
            if companies:
                domain.append(("company_id", "in", companies.ids))
            for request in self.env["grc.request"].search(domain):
                if self._is_same_person(request, mail):
                    return request, "number"
        return self.env["grc.request"], ""

    def _request_of_references(self, references):
        requests = self.env["grc.request"]
        if not references:
            return requests
        references = list(references)
        delivery = self.env["grc.delivery"].search(
            [("message_uid", "in", references)], order="id desc", limit=1
        )
        if delivery:
            return delivery.request_id
        message = self.env["mail.message"].search(
            [("message_id", "in", references), ("model", "=", "grc.request")],
            order="id desc",
            limit=1,
        )
        request = requests.browse(message.res_id or []).exists()
        return request or requests.search(
            [("source_message_id", "in", references)], order="id desc", limit=1
        )

    def _is_same_person(self, request, mail):
        """Tell whether the sender's address is one that the request knows.

        It proves nobody's identity: it only says that nothing contradicts it.
        """
        known = (request.email_used, request.reply_email, request.partner_id.email)
        addresses = {(address or "").strip().lower() for address in known} - {""}
        return mail.sender in addresses and not mail_kind.fails_authentication(mail)

    # === OTHER APPLICATIONS === #

    def _is_for_another_application(self, mail, other_aliases):
        """Tell whether core must handle the mail, when no service is named."""
        if other_aliases:
            return True
        ids = [*mail.references, *mail.returned.ids]
        if ids:
            message = self.env["mail.message"].search(
                [("message_id", "in", ids)], order="id desc", limit=1
            )
            if message:
                return message.model != "grc.request"
        model = self.fallback_model
        return bool(model) and model not in ("grc.request", "mail.thread")

    def _hand_over(self, options):
        """Let core process the mail, as if we were not there."""
        # sudo: given back, core decides with the rights of whoever runs the gateway
        threads = self.env["mail.thread"].sudo(False)
        return threads.with_context(grc_hand_over=True).message_process(
            self.fallback_model, self._raw(), **options
        )


def _is_alias(alias, address):
    local_part = address.partition("@")[0]
    return alias.alias_full_name == address or (
        alias.alias_name == local_part
        and (alias.alias_incoming_local or not alias.alias_domain_id)
    )
