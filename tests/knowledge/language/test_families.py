"""Word families and irregular forms."""

import unicodedata
from importlib import resources

import pytest

from knowledge.language.families import counterparts, family, lemma
from knowledge.language.terms import fold, stem, stop_words

TABLES = resources.files("knowledge.language") / "fr"


def _rows(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("annexion", "annexer"),
        ("soutien", "soutenir"),
        ("achat", "acheter"),
        ("mort", "mourir"),
        ("deces", "décéder"),
        ("election", "élire"),
        ("depart", "partir"),
        ("don", "donner"),
        ("fuite", "fuir"),
        ("crainte", "craindre"),
        ("victoire", "vaincre"),
        ("parlement", "parlementaire"),
        ("hopital", "hospitaliser"),
    ],
)
def test_derivation(term: str, other: str) -> None:
    """A noun finds its verb, and the verb its noun."""
    assert (other, "derivation") in family(term)
    assert fold(term) in [fold(word) for word, _ in family(fold(other))]


def test_synonyms_are_flagged() -> None:
    """Words that are only close in press use are told from derivations."""
    assert ("soldat", "synonym") in family("armee")
    assert ("décès", "synonym") in family("mort")
    assert ("mortel", "derivation") in family("mort")


@pytest.mark.parametrize(
    ("inflected", "headword"),
    [
        ("dirigeants", "dirigeant"), ("soldats", "soldat"), ("annoncees", "annoncer"),
        ("livres", "livre"), ("livraient", "livrer"), ("hopitaux", "hopital"),
        ("electrices", "electeur"), ("debutera", "debuter"), ("reunissaient", "reunir"),
    ],
)  # fmt: skip
def test_inflected_word_has_the_family_of_its_headword(inflected: str, headword: str) -> None:
    """A plural, a feminine or a regular verb form is looked up under its headword, nouns first."""
    assert family(inflected) == family(headword) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("entraineur", ("entraineuse",)), ("entraineuse", ("entraineur",)),
        ("directrices", ("directeur",)), ("electeur", ("electrice",)), ("erreur", ()),
        ("bonheur", ()), ("ministre", ()), ("juge", ()),
    ],
)  # fmt: skip
def test_an_agent_has_two_genders(one: str, other: tuple[str, ...]) -> None:
    """The coach asked for may be a woman in print; what is no agent has one gender."""
    assert counterparts(one) == other


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("triche", "fraude"), ("web", "internet"), ("barrer", "bloquer"), ("rançon", "argent"),
        ("encourir", "risquer"), ("surenchérir", "relever"), ("chèque", "indemnité"),
        ("racheter", "acquéreur"), ("rachat", "reprise"), ("toucher", "concerner"),
        ("valoir", "prix"), ("achever", "finir"), ("relaxer", "blanchir"), ("tué", "décès"),
        ("délestage", "coupure"), ("forfait", "absence"), ("cortège", "marche"),
        ("échauffourée", "heurt"), ("débrayage", "mouvement"), ("succomber", "périr"),
        ("halle", "marché"), ("calciner", "brûler"),
    ],
)  # fmt: skip
def test_one_thing_in_other_words(asked: str, printed: str) -> None:
    """What readers say for what articles say, in the fields of the press."""
    assert fold(printed) in [fold(word) for word, _ in family(fold(asked))]


def test_unknown_word_has_no_family() -> None:
    """A word that is in no table has neither family nor infinitive."""
    assert family("zzz") == ()
    assert lemma("zzz") is None


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("rendra", "rendre"),
        ("partiraient", "partir"),
        ("caméra", None),
        ("elu", "élire"), ("reelus", "réélire"), ("fui", "fuir"), ("tenu", "tenir"),
        ("vu", "voir"), ("pris", "prendre"), ("mis", "mettre"), ("dû", "devoir"),
        ("recu", "recevoir"), ("alle", None), ("allé", "aller"), ("venu", "venir"),
        ("né", "naître"), ("ne", None), ("du", None), ("mort", "mourir"), ("fait", "faire"),
        ("su", "savoir"), ("pu", "pouvoir"), ("voulu", "vouloir"), ("va", "aller"),
        ("vont", "aller"), ("ira", "aller"), ("irait", "aller"), ("sont", "être"),
        ("sera", "être"), ("etait", "être"), ("craignent", "craindre"), ("peint", "peindre"),
        ("souffert", "souffrir"), ("plus", None), ("parti", None), ("maintenant", None),
        ("devant", None), ("revenus", None),
    ],
)  # fmt: skip
def test_lemma(form: str, infinitive: str | None) -> None:
    """Irregular forms give their infinitive; forms that are another word give nothing."""
    assert lemma(form) == infinitive


def test_families_say_what_stems_do_not() -> None:
    """There are at least 350 derivations, and each holds two stems or more."""
    derivations = [words for kind, *words in _rows("families.tsv") if kind == "derivation"]
    assert len(derivations) >= 350
    for words in derivations:
        assert len({stem(word) for word in words}) > 1, words


def test_tables_are_clean() -> None:
    """Members are NFC words without stop words; kinds are known; irregular forms have one verb."""
    for kind, *words in _rows("families.tsv"):
        assert kind in ("derivation", "synonym")
        assert len(words) == len(set(words)) > 1, words
        for word in words:
            assert word == unicodedata.normalize("NFC", word)
            assert fold(word) not in stop_words(), word
    forms = [form for form, _ in _rows("irregular.tsv")]
    assert len(forms) == len(set(forms))
