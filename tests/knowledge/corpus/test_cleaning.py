"""Cleaning of pasted pages: what goes, by which rule, and what must stay."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.corpus import lines
from knowledge.corpus.article import build
from knowledge.corpus.cleaning import clean
from knowledge.corpus.draft import Cleaned, Draft
from knowledge.corpus.furniture import rule_of

TITLE = "La passerelle du canal sera construite au printemps"
LEAD = "Le conseil municipal a voté jeudi la construction d'une passerelle au-dessus du canal."
ONE = (
    "Le conseil municipal a voté jeudi la construction d'une passerelle au-dessus du canal, après "
    "trois heures de débats et malgré l'opposition de deux élus du quartier du port."
)
TWO = (
    "La maire a assuré que les riverains seraient consultés avant chaque étape du chantier, qui "
    "doit durer six mois et coûter deux millions d'euros à la commune."
)
THREE = "« Nous serons vigilants », a répondu le président du comité de quartier à la sortie."


def cleaned(*paragraphs: str, pasted: bool = True) -> Cleaned:
    """The cleaned page of these paragraphs."""
    return clean(Draft(lines.read("\n\n".join(paragraphs)), pasted=pasted))


def body(page: Cleaned) -> list[str]:
    """The body paragraphs that are left."""
    return [text for kind, text in page.paragraphs if kind == "body"]


def rules(page: Cleaned) -> list[tuple[str, str]]:
    """Rule and text of what was dropped."""
    return [(item.rule, item.text) for item in page.dropped]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Partager cet article", "share"),
        ("PartagerTweeterEnvoyer", "share"),
        ("Partager 12", "share"),
        ("Partager sur Facebook", "share"),
        ("Copier le lien", "share"),
        ("Facebook", "social"),
        ("Facebook Twitter LinkedIn WhatsApp", "social"),
        ("PUBLICITÉ", "advertising"),
        ("— Publicité —", "advertising"),
        ("La suite après cette publicité", "advertising"),
        ("Rechercher", "navigation"),
        ("Accueil > Monde > Asie", "navigation"),
        ("Ce site utilise des cookies pour améliorer votre expérience.", "cookies"),
        ("Tout accepter", "cookies"),
        ("Votre adresse e-mail ne sera pas publiée. Les champs * sont requis.", "comments"),
        ("#ville #canal", "hashtags"),
        ("https://exemple.fr/passerelle", "link"),
        ("3 min de lecture", "counter"),
        ("Abonnez-vous à partir de 1 € par mois", "subscription"),
        ("Mots-clés : pont, canal", "tags"),
        ("* * *", "symbols"),
    ],
)
def test_furniture_line(line: str, rule: str) -> None:
    """A line of page furniture is known by itself."""
    assert rule_of(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        ONE,
        "Partager le pouvoir",
        "Plus de moyens pour l'école",
        "Facebook condamné à une amende",
        "Menu unique à la cantine",
        "Recherche et développement : la France recule",
        "La publicité recule",
        "Contactez-nous, dit-il.",
        "Il y a 3 ans, tout changeait.",
        "#MeToo a changé la loi",
        "Abonnés absents",
        "12 morts",
        "Tags et graffitis",
    ],
)
def test_text_is_no_furniture(line: str) -> None:
    """Words of furniture inside a heading or a sentence are text."""
    assert rule_of(line) is None


def test_top_of_a_page() -> None:
    """Outlet, section, title, caption, byline and a repeated lead leave the body."""
    page = cleaned(
        "Rechercher", "La Gazette du Port", "Société", TITLE, TITLE,
        "Le canal vu du pont, en mars. Photo Anne DURAND / AFP", "Par Anne Durand avec AFP",
        LEAD, "PUBLICITÉ", ONE, TWO,
    )  # fmt: skip
    assert page.facts.title == TITLE
    assert page.facts.publisher == "La Gazette du Port"
    assert page.facts.authors == ("Anne Durand",)
    assert page.facts.agency == "AFP"
    assert body(page) == [ONE, TWO]
    assert [rule for rule, _ in rules(page)] == [
        "navigation", "outlet", "section", "title", "repeated_title", "byline", "repeated_lead",
        "advertising",
    ]  # fmt: skip


def test_title_without_furniture() -> None:
    """A first line that is no prose is the title; without one nothing is taken for it."""
    assert cleaned(TITLE, ONE).facts.title == TITLE
    assert cleaned(ONE, TWO).facts.title is None


def test_kicker_is_no_outlet() -> None:
    """A word above the title is no outlet unless press names are made of it."""
    page = cleaned("Bretagne", TITLE, ONE)
    assert (page.facts.title, page.facts.publisher) == (TITLE, None)
    assert ("section", "Bretagne") in rules(page)


def test_headings_stay() -> None:
    """Headings inside the text are paragraphs of it."""
    assert body(cleaned(TITLE, ONE, "Un chantier contesté", TWO)) == [
        ONE, "Un chantier contesté", TWO,
    ]  # fmt: skip


def test_inline_related() -> None:
    """A "Lire aussi" with a headline is one line of furniture; the text goes on after it."""
    page = cleaned(TITLE, ONE, "Lire aussi  Port : les quais vont changer", TWO,
                   "À lire aussi : Le canal, deux siècles d'histoire", THREE)  # fmt: skip
    assert body(page) == [ONE, TWO, THREE]


def test_lone_related_marker() -> None:
    """After a lone marker the headlines go, the text and its heading stay."""
    page = cleaned(
        TITLE, ONE, "Lire aussi", "Port : les quais vont changer de visage",
        "Le canal, deux siècles d'histoire", "Un chantier contesté", TWO,
    )  # fmt: skip
    assert body(page) == [ONE, "Un chantier contesté", TWO]


def test_related_at_the_end() -> None:
    """A block of headlines after the text goes as a whole, teasers included."""
    page = cleaned(
        TITLE, ONE, TWO, "À découvrir également", "Port : les quais vont changer de visage",
        "Les pêcheurs ont manifesté.", "Un pont fermé pour travaux",
    )  # fmt: skip
    assert body(page) == [ONE, TWO]


def test_sentence_that_begins_as_a_marker() -> None:
    """A sentence that begins with the words of a marker stays."""
    text = "Voir aussi loin que possible était le but de l'expédition, racontent ses membres."
    assert body(cleaned(TITLE, ONE, text)) == [ONE, text]


def test_lead_at_the_end_and_cut_tail() -> None:
    """A lead repeated after the text goes, and the beginning of a paragraph cut off by dots."""
    page = cleaned(TITLE, ONE, TWO, THREE, ONE, "La maire a assuré que les riv...")
    assert body(page) == [ONE, TWO, THREE]
    assert [rule for rule, _ in rules(page)][1:] == ["repeated_paragraph", "truncated_tail"]


def test_near_identical_lead_at_the_end() -> None:
    """A lead that differs by a word or two is still the lead."""
    again = LEAD.replace("jeudi la", "jeudi soir la")
    assert body(cleaned(TITLE, ONE, TWO, THREE, again)) == [ONE, TWO, THREE]


def test_lead_with_another_number_stays() -> None:
    """A lead with a number that the text does not have says something else."""
    lead = "Le conseil municipal a voté jeudi 62 mesures pour rénover le quartier du port."
    text = (
        "Le conseil municipal a voté jeudi 64 mesures pour rénover le quartier du port, "
        "après trois heures de débats."
    )
    assert body(cleaned(TITLE, lead, text)) == [lead, text]


def test_unfinished_text_stays() -> None:
    """A last paragraph that ends with dots and repeats nothing is text."""
    text = "Et la suite dépendra des juges…"
    assert body(cleaned(TITLE, ONE, text)) == [ONE, text]


def test_caption_and_its_repetition() -> None:
    """A caption repeated without its credit is one caption; a bare credit is dropped."""
    caption = "La maire et le préfet sur le quai du port"
    page = cleaned(TITLE, caption, f"{caption} Tous droits réservés Anne Durand/AP",
                   "Tous droits réservés Anne Durand/AP", ONE)  # fmt: skip
    assert page.paragraphs == (("caption", caption), ("body", ONE))
    assert page.facts.agency is None
    assert [rule for rule, _ in rules(page)][1:] == ["repeated_caption", "photo_credit"]


@pytest.mark.parametrize(
    "line",
    [
        "Le port au lever du jour, le 3 mars 2023. Photo Anne DURAND / AFP",
        "Le port au lever du jour (Photo : Anne Durand)",
        "Le port au lever du jour. © Anne Durand",
        "Le port au lever du jour. REUTERS/Anne Durand",
        "Le port au lever du jour - Crédit photo : Anne Durand",
        "Le port au lever du jour Anne Durand / Hans Lucas / AFP",
        "Le port au lever du jour. (photo d'illustration)",
        "Le port au lever du jour. Anne Durand via Getty Images",
    ],
)
def test_caption_forms(line: str) -> None:
    """A line with a photo credit is a caption, however the credit is written."""
    assert cleaned(TITLE, line, ONE).paragraphs == (("caption", line), ("body", ONE))


@pytest.mark.parametrize(
    "text",
    [
        "La photo de la maire a fait le tour de la ville en deux jours, selon les élus.",
        "Le document a été transmis à l'agence Reuters par un conseiller de la préfecture.",
        "Selon l'AFP, le préfet a quitté la réunion. Une image rare, jugent les élus.",
        "Photo volée : un élu porte plainte contre un site de la ville.",
    ],
)
def test_text_is_no_caption(text: str) -> None:
    """A sentence about a photo or an agency is text."""
    assert body(cleaned(TITLE, ONE, text)) == [ONE, text]


def test_comments_after_the_text() -> None:
    """A comment form takes with it all that follows, when the article stands before it."""
    page = cleaned(TITLE, ONE, TWO, "Laisser un commentaire", "Jean dit que c'est cher.")
    assert body(page) == [ONE, TWO]


def test_signature() -> None:
    """Initials in brackets after the text are its signature."""
    page = cleaned(TITLE, ONE, "(AD)", "Plus")
    assert body(page) == [ONE]
    assert rules(page)[1:] == [("signature", "(AD)"), ("navigation", "Plus")]


def test_repeated_section_is_no_title() -> None:
    """A section named twice above the title is not the title."""
    page = cleaned("International", "International", TITLE, ONE)
    assert page.facts.title == TITLE
    assert body(page) == [ONE]


def test_outlet_below_the_title() -> None:
    """An outlet alone on a line between title and text is the outlet."""
    page = cleaned(TITLE, "Texte par :", "La Gazette du Port", "4 mn", ONE)
    assert (page.facts.publisher, body(page)) == ("La Gazette du Port", [ONE])


def test_newsletter_block() -> None:
    """What stands between "Newsletter" and its button goes with both."""
    page = cleaned(TITLE, ONE, "Newsletter", "« À la une »", "Le matin, l'essentiel de la ville.",
                   "S'inscrire", TWO)  # fmt: skip
    assert body(page) == [ONE, TWO]


def test_video_line() -> None:
    """A line that leads to a video is furniture; a title that does so is the title."""
    assert body(cleaned(TITLE, ONE, "VIDÉO - Les images du chantier", TWO)) == [ONE, TWO]
    assert cleaned("VIDÉO. La passerelle du canal est posée", ONE).facts.title is not None


def test_paragraphs_after_a_headline_block() -> None:
    """Short paragraphs after a headline are text, not teasers."""
    texts = ["Les secours sur place", "« C'était l'enfer », a raconté un riverain.",
             "La préfète est venue dans la matinée de mercredi."]  # fmt: skip
    page = cleaned(TITLE, ONE, TWO, "À LIRE AUSSI", "Le gouvernement promet une enquête", *texts)
    assert body(page) == [ONE, TWO, *texts]


def test_heading_that_begins_as_a_byline() -> None:
    """A heading that begins with "Par" names no author."""
    page = cleaned(TITLE, ONE, "Par la mer", TWO, "Par 12 voix contre 3", THREE)
    assert page.facts.authors == ()
    assert body(page) == [ONE, "Par la mer", TWO, "Par 12 voix contre 3", THREE]


@pytest.mark.parametrize(
    "piece",
    ["a", "(", '"', "« ", "A. ", "… ", "#a ", "1/", "Photo ", "Lire aussi ", "Par A ", ", "],
)
def test_hostile_lines(piece: str) -> None:
    """A very long line of anything is cleaned and split in a moment."""
    started = time.process_time()
    text = piece * (40_000 // len(piece))
    page = cleaned(TITLE, text, f"{text[:250]}x", f"x{text[:250]}")
    build("a", page)
    assert time.process_time() - started < 2


def test_safe_rules_only() -> None:
    """A Markdown text loses nothing but lines of furniture and its title again."""
    again = cleaned(ONE, TWO, ONE, "La maire a assuré que les riv...", "Partager", pasted=False)
    assert body(again) == [ONE, TWO, ONE, "La maire a assuré que les riv..."]


def test_a_text_that_somebody_wrote_keeps_its_sentences() -> None:
    """In Markdown a line goes when all of it is furniture, not because it begins like furniture."""
    told = ("Suivez-nous, a crié le pompier.", "Estimez votre risque", "Recevez les vœux du maire.")
    assert body(cleaned(ONE, *told, "Partager 12", pasted=False)) == [ONE, *told]


def test_a_heading_on_reactions_ends_no_article() -> None:
    """A heading "Réactions" belongs to the article; with a count it heads what readers wrote."""
    assert body(cleaned(TITLE, ONE, TWO, "Réactions", THREE))[-1] == THREE
    assert body(cleaned(TITLE, ONE, TWO, "Réactions (3)", "Bravo", "Honteux")) == [ONE, TWO]


@given(
    st.lists(
        st.sampled_from([
            TITLE, LEAD, ONE, TWO, THREE, "Partager", "Lire aussi", "(AD)", "AFP", "Plus",
            "Le port. © Anne Durand", "Par Anne Durand", "Publié le 3 mars 2023", "#a", "…",
        ]),
        max_size=12,
    )
)  # fmt: skip
def test_nothing_is_lost(paragraphs: list[str]) -> None:
    """Each line is kept or dropped, once, in order."""
    draft = Draft(lines.read("\n\n".join(paragraphs)))
    page = clean(draft)
    given_lines = sorted(line.text for line in draft.lines)
    assert sorted([t for _, t in page.paragraphs] + [d.text for d in page.dropped]) == given_lines


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("👍 J'aime 💬 52 commentaires", True),
        ("Sports / Voile / Coupe des ports", True),
        ("> Accueil > Voile > Coupe des ports", True),
        ("Votre avis nous intéresse : répondez à notre enquête", True),
        ("J'accepte de recevoir des offres de nos partenaires", True),
        ("Vous aimez La Gazette ? Faites un don", True),
        ("Assurance auto : comparez en 3 minutes", True),
        ("Sur le web : une vitamine qui étonne les médecins", True),
        ("Cookies : gérer mes préférences", True),
        ("Nos autres sites : Emploi - Immobilier", True),
        ("Vous avez repéré une erreur ? Écrivez-nous", True),
        ("Boutique : découvrez nos hors-séries", True),
        ("Découvrez notre boutique", True),
        ("Il vous reste 62,3 % de cet article à lire. La suite est réservée aux abonnés.", True),
        ("Faites un don", True),
        ("En cliquant sur « Je m'inscris », vous acceptez nos conditions.", True),
        ("Toute reproduction, même partielle, est interdite.", True),
        ("Temps de lecture : 3 min", True),
        ("Lecture : 3 minutes", True),
        ("Télécharger l'application", True),
        ("Recevoir les alertes info", True),
        ("Poursuivre la lecture de cet article", True),
        ("Votre navigateur ne prend pas en charge la vidéo.", True),
        ("Le maire compare les devis des trois entreprises.", False),
        ("Boutique : le centre-ville perd ses enseignes", False),
        ("Boutique : la mairie rachète les murs de la librairie.", False),
        ("Il vous reste trois jours pour vous inscrire sur les listes électorales", False),
        ("Faire un don d'organes : ce que dit la loi", False),
        ("Comment faire un don du sang à Rennes", False),
        ("En cliquant sur ce lien, les victimes ouvraient leur compte aux voleurs.", False),
        ("Toute reproduction des sangliers est surveillée dans le parc.", False),
        ("Lecture : les enfants lisent deux fois moins", False),
        ("Temps de lecture des élèves : l'écart se creuse", False),
        ("Recevoir les alertes des pompiers sur son téléphone devient possible", False),
        ("Télécharger l'application reste facultatif, rappelle le ministère.", False),
        ("Poursuivre la lecture du contrat serait inutile, a dit le juge.", False),
        ("Votre navigateur ne vous protège pas, avertit l'agence.", False),
        ("Nous suivre serait une erreur, a dit le syndicat.", False),
        ("Cookies : la CNIL condamne un site marchand", False),
        ("« Comparez nos devis, vous verrez »", False),
        ("La ligne Brest / Quimper rouvrira lundi.", False),
        ("Vous avez vu juste, a répondu la maire.", False),
    ],
)
def test_furniture_between_the_paragraphs(line: str, furniture: bool) -> None:  # noqa: FBT001
    """What a page says to its visitor goes; what the article says stays, whatever its words."""
    assert (rule_of(line) is not None) == furniture
