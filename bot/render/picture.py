"""Pictures for the chat, drawn with matplotlib (extra `[plots]`); None without it."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

INK, DONE, REFUSED, PAGE = "#24292f", "#3390ec", "#c9d1d9", "#ffffff"
GREYS = ("#8250df", "#bf8700", "#1a7f37", "#cf222e", "#57606a")
"""The curves that are not ours."""


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


@dataclass(frozen=True, slots=True)
class Moment:
    """An event in a picture: when, what happened, who says so."""

    when: str
    text: str
    source: str
    certain: bool
    period: bool
    gap: bool
    """Whether much more time lies before it than between the others."""


@dataclass(frozen=True, slots=True)
class _Look:
    page: str
    ink: str
    dim: str
    line: str
    mark: str


_LIGHT = _Look("#ffffff", "#1b1f24", "#57606a", "#d0d7de", "#1a6fc4")
_DARK = _Look("#17212b", "#f2f5f8", "#9fb0c0", "#3a4a5a", "#6ab3f3")

WIDTH = 1080
"""Pixels: three of them a point of a phone, and what Telegram keeps of a picture."""

_DPI = 150
_EDGE, _RAIL, _TEXT = 56, 74, 128
"""Pixels from the left: the title, the line with its dots, the words."""


def timeline_picture(
    moments: Sequence[Moment], title: str, about: str, *, dark: bool = False
) -> bytes | None:
    """Events from top to bottom, oldest first: a PNG, or None when nothing can draw it.

    It brings its own background, so that it reads the same on a light and on a dark screen.
    """
    if not moments or not can_draw():
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    look = _DARK if dark else _LIGHT
    figure = Figure(figsize=(WIDTH / _DPI, 1), dpi=_DPI, facecolor=look.page)
    canvas: Any = FigureCanvasAgg(figure)
    sheet = _Sheet(canvas.get_renderer())
    sheet.write(_EDGE, title, 44, look.ink, bold=True)
    sheet.y += 8
    sheet.write(_EDGE, about, 30, look.dim)
    sheet.y += 34
    dots: list[tuple[float, Moment]] = []
    for moment in moments:
        dots.append((sheet.y + 23, moment))
        sheet.write(_TEXT, moment.when, 36, look.mark, bold=True)
        sheet.write(_TEXT, moment.text, 36, look.ink)
        sheet.y += 4
        sheet.write(_TEXT, moment.source, 27, look.dim)
        sheet.y += 36
    height = sheet.y + 16
    figure.set_figheight(height / _DPI)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0), frame_on=False)
    axes.set_axis_off()
    for (above, _), (below, moment) in pairwise(dots):
        # Many years in between: the line is dotted.
        style = (0, (1, 2)) if moment.gap else "solid"
        axes.plot(
            [_RAIL, _RAIL], [above, below], color=look.line, linewidth=3, linestyle=style, zorder=1
        )
    for y, moment in dots:
        axes.plot(
            _RAIL, y, marker="s" if moment.period else "o", markersize=11, zorder=2,
            color=look.mark if moment.certain else look.page,
            markeredgecolor=look.mark, markeredgewidth=2.5,
        )  # fmt: skip
    for x, y, text, size, color, weight in sheet.lines:
        axes.text(x, y, text, fontsize=size, color=color, weight=weight, parse_math=False)
    made = io.BytesIO()
    figure.savefig(made, format="png", facecolor=look.page, metadata={"Software": None})
    return made.getvalue()


class _Sheet:
    """Lines of text from top to bottom, wrapped by the width of their letters."""

    def __init__(self, renderer: Any) -> None:
        self.lines: list[tuple[float, float, str, float, str, str]] = []
        self.y = float(_EDGE)
        self._renderer = renderer

    def write(self, x: int, text: str, pixels: int, color: str, *, bold: bool = False) -> None:
        """The text below what is written already, in letters of so many pixels."""
        from matplotlib.font_manager import FontProperties, findfont, get_font

        weight = "bold" if bold else "normal"
        size = pixels * 72 / _DPI
        font = FontProperties(size=size, weight=weight)
        known = get_font(findfont(font)).get_charmap()

        def width(line: str) -> float:
            measured: tuple[float, float, float] = self._renderer.get_text_width_height_descent(
                line, font, ismath=False
            )
            return measured[0]

        # A letter that the font lacks is shown as a box, not as a warning.
        shown = "".join(letter if ord(letter) in known else "□" for letter in text)
        for line in wrapped(shown, width, WIDTH - x - _EDGE):
            # All lines on one base, whatever accents they bear.
            self.lines.append((x, self.y + pixels, line, size, color, weight))
            self.y += round(pixels * 1.36)


def wrapped(text: str, width: Callable[[str], float], most: float) -> list[str]:
    """The text in lines at most so wide, cut between words, a word only when it is too wide."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        rest = word
        if line and width(f"{line} {rest}") <= most:
            line = f"{line} {rest}"
            continue
        if line:
            lines.append(line)
        while width(rest) > most and len(rest) > 1:
            fits = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or width(rest[:n]) <= most)
            lines.append(rest[:fits])
            rest = rest[fits:]
        line = rest
    return [*lines, line] if line else lines


def curves_picture(
    panels: Sequence[Mapping[str, Sequence[tuple[float, float]]]],
    axis: str,
    titles: Sequence[str],
) -> bytes | None:
    """Curves side by side, both axes logarithmic: a PNG, or None when nothing can draw it.

    The first curve of the first panel is ours: it is drawn in the colour of answers.
    """
    if not can_draw():
        return None
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10.5, 3.6), dpi=150, facecolor=PAGE, layout="constrained")
    for place, (curves, title) in enumerate(zip(panels, titles, strict=True), start=1):
        axes = figure.add_subplot(1, len(panels), place)
        for number, (name, points) in enumerate(curves.items()):
            colour = DONE if number == 0 else GREYS[(number - 1) % len(GREYS)]
            xs, ys = zip(*points, strict=True)
            axes.plot(xs, ys, color=colour, marker="o", markersize=3, linewidth=2 - (number > 0))
            axes.annotate(name, (xs[-1], ys[-1]), xytext=(4, 0), textcoords="offset points",
                          color=colour, fontsize=7, va="center")  # fmt: skip
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.margins(x=0.25)
        axes.set_title(title, color=INK, loc="left", fontsize=10)
        axes.set_xlabel(axis, color=INK, fontsize=8)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=INK, labelsize=8)
        axes.grid(color="#eaeef2")
        axes.set_axisbelow(True)
    made = io.BytesIO()
    figure.savefig(made, format="png", metadata={"Software": None})
    return made.getvalue()
