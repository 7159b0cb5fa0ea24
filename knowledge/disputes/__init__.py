"""Where articles contradict each other; shared by answering and press."""

from knowledge.disputes.amounts import frame_forms, frames_by_sentence, frames_of
from knowledge.disputes.claims import SAME_TIME, Claim, Dispute, Kind, Read, read
from knowledge.disputes.disagreeing import disputes

__all__ = [
    "SAME_TIME",
    "Claim",
    "Dispute",
    "Kind",
    "Read",
    "disputes",
    "frame_forms",
    "frames_by_sentence",
    "frames_of",
    "read",
]
