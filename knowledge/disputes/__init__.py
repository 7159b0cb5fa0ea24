"""Where articles contradict each other; shared by answering and press."""

from knowledge.disputes.amounts import frame_forms, frames_by_sentence, frames_of, number_disputes
from knowledge.disputes.claims import SAME_TIME, Claim, Dispute, Kind, Read, leading, read
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
    "leading",
    "number_disputes",
    "read",
]
