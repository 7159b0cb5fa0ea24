"""Where the things of one dossier are kept."""

import hashlib
import os
import re
import unicodedata
from pathlib import Path


def dossier_home(data_dir: Path, folder: Path) -> Path:
    """The folder of DATA_DIR where what belongs to this dossier is kept; it may not exist."""
    resolved = folder.resolve()
    plain = unicodedata.normalize("NFKD", resolved.name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "dossier"
    unique = hashlib.sha256(os.fsencode(resolved)).hexdigest()[:8]
    return data_dir / "dossiers" / f"{slug}-{unique}"
