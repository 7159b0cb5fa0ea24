"""The database of generations: what was indexed once is read at the next start."""

from knowledge.store.database import KEPT, Store
from knowledge.store.home import dossier_home
from knowledge.store.values import ELSEWHERE, GenerationInfo, Stored

__all__ = ["ELSEWHERE", "KEPT", "GenerationInfo", "Store", "Stored", "dossier_home"]
