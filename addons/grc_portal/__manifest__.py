{
    "name": "GRC: the portal of the town",
    "summary": "What the citizen sees: catalogue, filing, follow-up",
    "version": "19.0.1.0.0",
    "category": "Services/GRC",
    "author": "GRC Admiville",
    "license": "AGPL-3",
    "depends": [
        "grc_sve",
        "website",
        # core's own pages, installed with it everywhere, that are mended here
        "auth_signup",
        "auth_totp_portal",
        "auth_passkey_portal",
    ],
    "data": [
        "security/ir.model.access.csv",
        "data/website_menu_data.xml",
        "views/res_company_views.xml",
        "views/layout_templates.xml",
        "views/component_templates.xml",
        "views/home_templates.xml",
        "views/catalogue_templates.xml",
        "views/filing_templates.xml",
        "views/filing_form_templates.xml",
        "views/my_templates.xml",
        "views/my_request_templates.xml",
        "views/page_templates.xml",
        "views/error_templates.xml",
        "views/core_sign_in_templates.xml",
        "views/core_account_templates.xml",
    ],
    "assets": {
        "web._assets_primary_variables": [
            (
                "after",
                "website/static/src/scss/primary_variables.scss",
                "grc_portal/static/src/scss/primary_variables.scss",
            ),
        ],
        "web.assets_frontend": ["grc_portal/static/src/scss/portal.scss"],
    },
    "post_init_hook": "post_init_hook",
}
