"""The press desk: checks and views of a whole dossier; pure functions of a generation."""

from knowledge.press.brief import brief
from knowledge.press.compare import compare
from knowledge.press.coverage import coverage
from knowledge.press.timeline import timeline
from knowledge.press.verify import verify
from knowledge.press.who import who
from knowledge.press.wires import wires

__all__ = ["brief", "compare", "coverage", "timeline", "verify", "who", "wires"]
