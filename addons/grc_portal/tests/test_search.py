from odoo.tests import BaseCase

from ..rules import search

SHEET = ("Inscription à la crèche", "Accueil des tout-petits", "De 10 semaines à 3 ans")


class TestSearch(BaseCase):
    def test_accents_and_capitals_do_not_matter(self):
        self.assertTrue(search.score("CRECHE", SHEET))
        self.assertTrue(search.score("crèche", ("Creche municipale",)))

    def test_plurals_do_not_matter(self):
        self.assertTrue(search.score("inscriptions", SHEET))

    def test_a_beginning_of_word_is_enough(self):
        self.assertTrue(search.score("inscri", SHEET))

    def test_every_word_must_be_there(self):
        self.assertFalse(search.score("crèche cantine", SHEET))

    def test_words_without_meaning_are_ignored(self):
        self.assertTrue(search.score("je veux une inscription dans la crèche", SHEET))

    def test_nothing_typed_finds_nothing(self):
        self.assertFalse(search.score("  de la  ", SHEET))

    def test_the_name_counts_more_than_the_description(self):
        self.assertGreater(
            search.score("crèche", SHEET), search.score("semaines", SHEET)
        )
