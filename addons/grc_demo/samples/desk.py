"""What came by telephone, at the counter and by letter."""

from datetime import timedelta

from .people import ANTOINE, CAMILLE

DESK = (
    {
        "key": "absence",
        "by": "user_desk",
        "channel": "phone",
        "days_ago": timedelta(hours=2),
        "vals": CAMILLE
        | {
            "prestation_id": "prestation_absence",
            "reply_email": "camille.roussel@example.com",
            "subject": "Absence d’Inès demain",
            "description": "Inès Roussel, CE1, école des Tilleuls, sera absente demain "
            "toute la journée. Prévenir la cantine.",
        },
        "then": (
            ("user_school", "action_take"),
            (
                "user_school",
                "_decide",
                "answered",
                "L’absence est notée ; le repas ne sera pas facturé.",
                (
                    "Bonjour,\n\nl’absence d’Inès est bien notée. Le repas ne vous "
                    "sera pas facturé."
                ),
            ),
            ("user_school", "action_close"),
        ),
    },
    {
        "key": "passeport",
        "by": "user_desk",
        "channel": "desk",
        "days_ago": timedelta(days=1),
        "vals": ANTOINE
        | {
            "prestation_id": "prestation_cni",
            "reply_email": "antoine.mercier@example.com",
            "subject": "Rendez-vous pour un passeport",
            "description": "Pré-demande faite. Disponible tous les matins. Préfère le "
            "samedi.",
        },
        "then": (("user_civil", "action_take"),),
    },
    {
        "key": "echafaudage",
        "by": "user_desk",
        "channel": "letter",
        "days_ago": timedelta(days=6),
        "vals": {
            "prestation_id": "prestation_space",
            "requester_kind": "company",
            "requester_organization": "Façades du Canal",
            "requester_siret": "99100452400013",
            "requester_lastname": "Brunet",
            "requester_firstname": "Odile",
            "reply_email": "contact@facades-du-canal.example.com",
            "phone": "01 99 00 62 18",
            "street": "40 quai du Canal",
            "zip": "99000",
            "city": "Admiville",
            "subject": "Échafaudage 12 rue du Marché",
            "description": "Pose d’un échafaudage de 8 mètres sur 1,20 mètre devant le "
            "12 rue du Marché, pendant trois semaines à partir du mois prochain.",
        },
        "then": (("user_works", "action_take"),),
    },
    {
        "key": "deliberation",
        "by": "user_desk",
        "channel": "letter",
        "days_ago": timedelta(days=3),
        "vals": {
            "prestation_id": "prestation_record",
            "requester_kind": "person",
            "requester_lastname": "Vidal",
            "requester_firstname": "Régine",
            "street": "9 rue des Forges",
            "zip": "99000",
            "city": "Admiville",
            "subject": "Copie d’une délibération sur la vente du presbytère",
            "description": "Je souhaite recevoir copie de la délibération du conseil "
            "municipal sur la vente de l’ancien presbytère.",
        },
    },
    {
        "key": "dechetterie",
        "by": "user_desk",
        "channel": "phone",
        "days_ago": timedelta(hours=1),
        "vals": {
            "service_id": "service_front",
            "nature": "question",
            "requester_kind": "person",
            "requester_lastname": "Anonyme",
            "subject": "Horaires de la déchetterie",
            "description": "La déchetterie est-elle ouverte le dimanche ?",
        },
        "then": (
            (
                "user_desk",
                "_answer_orally",
                "Oui, de 9 h à 12 h d’avril à octobre.",
            ),
        ),
    },
    {
        "key": "dossier-perdu",
        "by": "user_desk",
        "channel": "desk",
        "days_ago": timedelta(hours=4),
        "vals": {
            "service_id": "service_front",
            "nature": "complaint",
            "requester_kind": "person",
            "requester_lastname": "Hamon",
            "requester_firstname": "Yannick",
            "phone": "01 99 00 71 40",
            "subject": "Attente trop longue au guichet",
            "description": "M. Hamon a attendu plus d’une heure samedi matin et "
            "demande l’ouverture d’un second guichet.",
        },
    },
)
