"""Pictures for the chat, drawn with matplotlib (extra `[plots]`); None without it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

INK, DONE, REFUSED, PAGE = "#24292f", "#3390ec", "#c9d1d9", "#ffffff"


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day; `refused` of them were not answered."""

    label: str
    questions: int
    refused: int


def can_draw() -> bool:
    """Whether the extra is installed."""
    return find_spec("matplotlib") is not None


def days_picture(days: Sequence[Day], title: str, answered: str, refused: str) -> bytes | None:
    """Questions a day as bars, oldest left: a PNG, or None when nothing can draw it."""
    if not can_draw():
        return None
    # The figure is made without pyplot, which keeps state and is not safe in threads.
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(6.4, 3.2), dpi=150, facecolor=PAGE, layout="constrained")
    axes = figure.add_subplot()
    labels = [day.label for day in days]
    done = [day.questions - day.refused for day in days]
    axes.bar(labels, done, color=DONE, label=answered)
    axes.bar(labels, [day.refused for day in days], bottom=done, color=REFUSED, label=refused)
    axes.set_title(title, color=INK, loc="left", fontsize=11)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(0, max(4, *(day.questions for day in days)) * 1.15)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9, length=0)
    axes.grid(axis="y", color="#eaeef2")
    axes.set_axisbelow(True)
    axes.legend(frameon=False, fontsize=9, loc="upper left", labelcolor=INK)
    made = io.BytesIO()
    # No date and no version in the file: the same figures give the same bytes.
    figure.savefig(made, format="png", metadata={"Software": None})
    return made.getvalue()
