"""What every command starts from: settings, the interface's sentences, and the opened dossier."""

import argparse
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.cli.status import UsageError
from bot.cli.streams import language, tell
from bot.texts import Texts, texts
from config.settings import Settings, check_settings
from knowledge.model import Article, Language, Limits

if TYPE_CHECKING:
    from knowledge.generation import Generation
    from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the command line. `lang`: what --lang says, None when it says nothing."""

    settings: Settings
    lang: Language | None

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> "Session":
        """The session of these arguments; --dossier stands above DOSSIER_DIR.

        Raises: SettingsError for a setting that cannot be used.
        """
        settings, problems = check_settings()
        # The doctor names every problem itself.
        if problems and arguments.command != "doctor":
            raise problems[0]
        if settings.log_level == "DEBUG":
            from config.logging import configure_logging

            configure_logging("DEBUG", [settings.bot_token] if settings.bot_token else [])
        if arguments.dossier is not None:
            settings = replace(settings, dossier_dir=Path(arguments.dossier).expanduser())
        return cls(settings, arguments.lang)

    @property
    def words(self) -> Texts:
        """The sentences of the interface: --lang's language, else French."""
        return texts(language())

    def library(self) -> "Library":
        """The dossier, read as it is now; what it has to say goes to standard error.

        Raises: DossierError when it cannot be used.
        """
        from bot.cli.progress import Progress
        from knowledge.library import Library, Options

        with Progress(self.words) as progress:
            library = Library.open(
                self.settings.dossier_dir,
                self.settings.data_dir,
                progress=progress.report,
                options=Options(
                    self.settings.max_file_mb,
                    self.settings.retrieval,
                    self.settings.retrieval_engine,
                    self.settings.xapian_shards,
                ),
            )
        for notice in library.notices:
            tell("cli.warning", message=notice)
        return library

    def generation(self) -> "Generation":
        """The dossier's current generation."""
        return self.library().current

    def article(self, generation: "Generation", name: str) -> Article:
        """The article of this id, or the only one whose id starts so.

        Raises: UsageError when there is none or more than one.
        """
        articles = generation.dossier.articles
        found = [a for a in articles if a.id == name] or [
            a for a in articles if name and a.id.startswith(name)
        ]
        if not found:
            raise UsageError(self.words["cli.no_article"].format(id=name))
        if len(found) > 1:
            ids = ", ".join(article.id for article in found)
            raise UsageError(self.words["cli.several_articles"].format(id=name, ids=ids))
        return found[0]

    def limits(self, arguments: argparse.Namespace) -> Limits:
        """What --from, --to and --source say.

        Raises: UsageError for a date that is none.
        """
        from knowledge.answering.search import period
        from knowledge.language.terms import fold

        def day(option: str, text: str | None, side: Literal[0, 1]) -> date | None:
            found = period(text)[side] if text is not None else None
            if text is not None and found is None:
                sentence = self.words["cli.bad_period"]
                raise UsageError(sentence.format(option=option, value=text[:40]))
            return found

        return Limits(
            outlets=tuple(fold(outlet) for outlet in arguments.outlets),
            since=day("--from", arguments.since, 0),
            until=day("--to", arguments.until, 1),
        )
