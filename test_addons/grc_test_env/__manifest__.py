{
    "name": "GRC: test environment",
    "summary": "Mends Debian's Odoo build, which lacks one script file of mail",
    "version": "19.0.1.0.0",
    "author": "GRC Admiville",
    "license": "AGPL-3",
    "category": "Hidden",
    "depends": ["mail"],
    "auto_install": True,
    "assets": {
        "web.assets_backend": [
            (
                "remove",
                "mail/static/lib/selfie_segmentation/selfie_segmentation.js",
            ),
        ],
    },
}
