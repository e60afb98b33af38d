"""What came by the website and by e-mail."""

from .people import ANTOINE_WEB, CAMILLE_WEB, LAVOIR_WEB

INSURANCE = (
    "attestation-assurance.txt",
    "Attestation d’assurance scolaire (exemple)\nÉlève : Inès Roussel, CE1\n".encode(),
)

ELECTRONIC = (
    {
        "key": "cantine",
        "by": "user_camille",
        "channel": "portal",
        "files": (INSURANCE,),
        "vals": CAMILLE_WEB
        | {
            "prestation_id": "prestation_canteen",
            "subject": "Inscription d’Inès à la cantine",
            "description": "Bonjour,\n\nje souhaite inscrire ma fille Inès, en CE1 à "
            "l’école des Tilleuls, à la cantine les lundis, mardis et jeudis.\n\n"
            "Merci d’avance.",
        },
    },
    {
        "key": "nid-de-poule",
        "by": "user_antoine",
        "channel": "portal",
        "vals": ANTOINE_WEB
        | {
            "prestation_id": "prestation_repair",
            "subject": "Nid-de-poule impasse du Moulin",
            "description": "Un trou d’une quarantaine de centimètres s’est formé "
            "devant le numéro 5 de l’impasse du Moulin, côté rivière.",
        },
        "then": (
            ("user_works", "action_take"),
            (
                "user_works",
                "_message_citizen",
                "Votre signalement",
                (
                    "Bonjour Monsieur Mercier,\n\nune équipe passe jeudi matin pour "
                    "reboucher le trou. Merci de votre signalement.\n\nJulien Faure, "
                    "services techniques"
                ),
            ),
        ),
    },
    {
        "key": "subvention",
        "by": "user_fatou",
        "channel": "portal",
        "vals": LAVOIR_WEB
        | {
            "prestation_id": "prestation_grant",
            "subject": "Subvention pour la restauration du lavoir",
            "description": "Notre association restaure le lavoir de la rue basse avec "
            "des bénévoles. Nous demandons 2 000 € pour l’achat de chaux et de "
            "tuiles. Budget total : 3 400 €.",
        },
        "then": (
            ("user_culture", "action_take"),
            (
                "user_culture",
                "_decide",
                "partial",
                (
                    "Le conseil municipal a accordé 1 500 € sur les 2 000 € demandés : "
                    "l’enveloppe du patrimoine est partagée entre quatre associations."
                ),
                (
                    "Bonjour Madame Diallo,\n\nnous avons le plaisir de vous annoncer "
                    "une subvention de 1 500 €. Elle sera versée sous trente jours."
                ),
            ),
        ),
    },
    {
        "key": "buvette",
        "by": "user_fatou",
        "channel": "portal",
        "vals": LAVOIR_WEB
        | {
            "prestation_id": "prestation_bar",
            "subject": "Buvette pour la fête du lavoir",
            "description": "Nous tiendrons une buvette sans alcool fort place du "
            "Marché, un samedi de 10 h à 19 h. Environ 200 personnes attendues.",
        },
    },
    {
        "key": "visiteur",
        "by": "base.public_user",
        "channel": "portal",
        "vals": {
            "prestation_id": "prestation_question",
            "requester_kind": "person",
            "requester_lastname": "Lopez",
            "requester_firstname": "Inma",
            "email_used": "inma.lopez@example.com",
            "street": "25 avenue de la Gare",
            "zip": "99000",
            "city": "Admiville",
            "subject": "Marché de Noël",
            "description": "Bonjour, où faut-il s’adresser pour tenir un chalet au "
            "marché de Noël ?",
        },
        "then": (
            ("user_desk", "action_take"),
            (
                "user_desk",
                "_decide",
                "answered",
                (
                    "Le marché de Noël est organisé par le service du développement "
                    "économique."
                ),
                (
                    "Bonjour,\n\nles chalets se réservent auprès du développement "
                    "économique, au 01 99 00 10 30, avant la fin du mois de septembre."
                ),
            ),
            ("user_desk", "action_close"),
        ),
    },
    {
        "key": "courriel",
        "by": "base.user_root",
        "channel": "mail",
        "vals": {
            "service_id": "service_culture",
            "requester_kind": "person",
            "email_used": "b.tessier@example.com",
            "subject": "Horaires de la médiathèque pendant les vacances",
            "description": "Bonjour,\n\nla médiathèque est-elle ouverte entre Noël et "
            "le jour de l’An ?\n\nB. Tessier",
        },
    },
    {
        "key": "aide",
        "by": "user_antoine",
        "channel": "portal",
        "vals": ANTOINE_WEB
        | {
            "prestation_id": "prestation_aid",
            "subject": "Aide pour une facture de chauffage",
            "description": "Ma facture de chauffage a doublé cet hiver et ma retraite "
            "ne suffit pas. Je demande une aide pour la régler.",
        },
        "then": (("user_social", "action_take"),),
    },
)
