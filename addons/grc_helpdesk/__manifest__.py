{
    "name": "GRC: the front desk",
    "summary": "One screen for the telephone, the counter and the letters",
    "version": "19.0.1.0.0",
    "category": "Services/GRC",
    "author": "GRC Admiville",
    "license": "AGPL-3",
    "depends": ["grc_sve"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "wizards/grc_desk_intake_views.xml",
        "views/grc_request_views.xml",
        "views/res_partner_views.xml",
        "views/grc_helpdesk_menus.xml",
    ],
}
