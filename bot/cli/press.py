"""`dossier verify`, `who`, `timeline`, `brief`, `compare` and `wires`: the press desk."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.questions import print_json
from bot.cli.session import Session
from bot.cli.status import ABSTAINED, DONE, UsageError
from bot.cli.streams import clean, is_empty
from bot.render.lines import Line, lines_text

if TYPE_CHECKING:
    from knowledge.generation import Generation
    from knowledge.press.timeline import Event


def verify(session: Session, arguments: argparse.Namespace) -> int:
    """Checks a quote of a draft: 0 exact, 1 anything else."""
    quote = clean(" ".join(arguments.quote)).strip()
    if is_empty(quote):
        raise UsageError(session.words["cli.empty_quote"])
    speaker = clean(arguments.speaker).strip() if arguments.speaker else None
    generation = session.generation()
    from knowledge.press import verify as check

    found = check(generation, quote, speaker or None)
    if arguments.json:
        from bot.render.json import verification_object

        print_json(verification_object(found))
    else:
        from bot.render.press import verification_lines

        show_lines(verification_lines(found, session.words.language, generation.article))
    return DONE if found.verdict == "exact" else ABSTAINED


def who(session: Session, arguments: argparse.Namespace) -> int:
    """Shows who somebody is and what they said: 0 known, 1 the dossier does not name them."""
    name = clean(" ".join(arguments.name)).strip()
    if is_empty(name):
        raise UsageError(session.words["cli.empty_name"])
    generation = session.generation()
    from knowledge.press import who as profile

    found = profile(generation, name)
    if arguments.json:
        from bot.render.json import profile_object

        print_json(profile_object(found))
    else:
        from bot.render.press import profile_lines

        show_lines(profile_lines(found, session.words.language, generation.article))
    return DONE if found else ABSTAINED


def timeline(session: Session, arguments: argparse.Namespace) -> int:
    """Shows dated events, oldest first: 0 some, 1 none."""
    limits = session.limits(arguments)
    name = clean(arguments.name).strip() if arguments.name else None
    generation = session.generation()
    from knowledge.press import timeline as dated
    from knowledge.press.timeline import needs_a_name

    if not name and needs_a_name(generation):
        raise UsageError(session.words["press.timeline_of_whom"])
    events = dated(generation, name or None, limits)
    drawn = draw(session, generation, events, arguments) if arguments.picture and events else None
    if arguments.json:
        from bot.render.json import timeline_object

        picture = {"picture": str(drawn)} if drawn else {}
        print_json({**timeline_object(events), **picture})
    elif drawn:
        print(session.words["cli.file_written"].format(path=drawn))
    else:
        from bot.render.press import timeline_lines

        show_lines(timeline_lines(events, session.words.language, generation.article))
    return DONE if events else ABSTAINED


def draw(
    session: Session,
    generation: "Generation",
    events: "Sequence[Event]",
    arguments: argparse.Namespace,
) -> Path:
    """The file that now shows the events as a picture.

    Raises: UsageError without matplotlib, or for a file that cannot be written.
    """
    from bot.render.moments import PICTURED, moments, picture_about, telling
    from bot.render.picture import timeline_picture

    language = session.words.language
    title = generation.dossier.title
    if arguments.name:
        title = f"{title} — {clean(arguments.name).strip()}"
    shown = telling(events, PICTURED)
    about = picture_about(shown, len(events), language)
    made = timeline_picture(
        moments(shown, language, generation.article), title, about, dark=arguments.dark
    )
    if made is None:
        raise UsageError(session.words["cli.no_plots"])
    return save_file(session, arguments.picture, made)


def write_file(session: Session, name: str, content: bytes) -> None:
    """Writes a file and says so.

    Raises: UsageError when it cannot be written.
    """
    path = save_file(session, name, content)
    print(session.words["cli.file_written"].format(path=path))


def save_file(session: Session, name: str, content: bytes) -> Path:
    """The path of a file that now holds this.

    Raises: UsageError when it cannot be written.
    """
    path = Path(name).expanduser()
    try:
        path.write_bytes(content)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(session.words["cli.file_unwritable"].format(path=path, why=why)) from error
    return path


def brief(session: Session, arguments: argparse.Namespace) -> int:
    """Sums up the dossier or one article by extracts: 0, or 1 when there is nothing to quote."""
    generation = session.generation()
    article = session.article(generation, arguments.id) if arguments.id else None
    from knowledge.press import brief as sum_up

    found = sum_up(generation, article.id if article else None)
    if arguments.json:
        from bot.render.json import brief_object

        print_json(brief_object(found, session.words))
    else:
        from bot.render.briefing import brief_part

        title = article.title if article else generation.dossier.title
        language = session.words.language
        show_lines(brief_part(found, title, language, generation.article).lines(language))
    return DONE if found else ABSTAINED


def compare(session: Session, arguments: argparse.Namespace) -> int:
    """Shows what each source says of a subject: 0, or 1 when the dossier does not hold it."""
    subject = clean(" ".join(arguments.subject)).strip()
    if is_empty(subject):
        raise UsageError(session.words["cli.empty_subject"])
    generation = session.generation()
    from knowledge.press import compare as side_by_side

    found = side_by_side(generation, subject)
    if arguments.json:
        from bot.render.json import comparison_object

        print_json(comparison_object(found))
    else:
        from bot.render.briefing import compare_part

        language = session.words.language
        show_lines(compare_part(found, language, generation.article).lines(language))
    return DONE if found else ABSTAINED


def wires(session: Session, arguments: argparse.Namespace) -> int:
    """Shows which articles carry one agency copy, and how many sources are independent."""
    generation = session.generation()
    from knowledge.press import wires as group

    found = group(generation)
    if arguments.json:
        from bot.render.json import wires_object

        print_json(wires_object(found))
    else:
        from bot.render.press import wires_lines

        show_lines(wires_lines(found, session.words.language, generation.article))
    return DONE


def show_lines(lines: Sequence[Line]) -> None:
    """Lines on standard output: with colours for a terminal, else plain."""
    if sys.stdout.isatty():
        from bot.render.terminal import show_lines as show

        show(lines)
    else:
        print(lines_text(lines))
