"""Who the senders say they are."""

CAMILLE = {
    "partner_id": "partner_camille",
    "requester_kind": "person",
    "requester_lastname": "Roussel",
    "requester_firstname": "Camille",
    "phone": "01 99 00 45 12",
    "street": "14 rue des Tilleuls",
    "zip": "99000",
    "city": "Admiville",
}
ANTOINE = {
    "partner_id": "partner_antoine",
    "requester_kind": "person",
    "requester_lastname": "Mercier",
    "requester_firstname": "Antoine",
    "phone": "01 99 00 45 27",
    "street": "3 impasse du Moulin",
    "zip": "99000",
    "city": "Admiville",
}
LAVOIR = {
    "partner_id": "partner_fatou",
    "requester_kind": "association",
    "requester_organization": "Les Amis du Lavoir",
    "requester_rna": "W991004527",
    "requester_lastname": "Diallo",
    "requester_firstname": "Fatou",
    "phone": "01 99 00 45 33",
    "street": "Maison des associations, 8 rue du Lavoir",
    "zip": "99000",
    "city": "Admiville",
}
CAMILLE_WEB = CAMILLE | {"email_used": "camille.roussel@example.com"}
ANTOINE_WEB = ANTOINE | {"email_used": "antoine.mercier@example.com"}
LAVOIR_WEB = LAVOIR | {"email_used": "fatou.diallo@example.com"}
