"""Coverage-guided fuzzing of every door with atheris: `make fuzz` (FUZZ_SECONDS: ten minutes).

The time is shared among the doors, one process each. What is found is printed with the input,
and the status is 1; a finding is mended and kept as a case of test_kept.py.
"""

# ruff: noqa: T201
import argparse
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from tests.fuzz.doors import BYTES, TEXTS, in_time
from tests.fuzz.seeds import SEEDS

WATCHED = ("bot.render", "bot.telegram.callbacks", "bot.telegram.unpacking", "knowledge", "pypdf")


def main() -> int:
    """Fuzzes the doors named, or all of them: 0, or 1 with a finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("doors", nargs="*", metavar="DOOR", help=", ".join((*TEXTS, *BYTES)))
    parser.add_argument("--seconds", type=int, default=600)
    given = parser.parse_args()
    doors = given.doors or [*TEXTS, *BYTES]
    if os.environ.get("FUZZED_DOOR"):
        _fuzz(doors[0], given.seconds)
    share = max(1, given.seconds // len(doors))
    found = [door for door in doors if not _run(door, share)]
    print(f"{len(doors)} doors, {share} s each:", ", ".join(found) or "nothing found", flush=True)
    return bool(found)


def _run(door: str, seconds: int) -> bool:
    print(f"== {door}", flush=True)
    command = [sys.executable, "-m", "tests.fuzz.run", door, f"--seconds={seconds}"]
    done = subprocess.run(
        command,
        env={**os.environ, "FUZZED_DOOR": door},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    lines = done.stderr.splitlines() + done.stdout.splitlines()
    if done.returncode == 0:
        print("\n".join(line for line in lines if line.startswith(("Done", "stat::"))), flush=True)
        return True
    print("\n".join(lines[-60:]), flush=True)
    return False


def _fuzz(door: str, seconds: int) -> None:
    import atheris

    warnings.simplefilter("ignore")

    def one(content: bytes) -> None:
        # An arbitrary text: valid UTF-8 as it is, other bytes as halves of characters.
        if door in TEXTS:
            TEXTS[door](content.decode("utf-8", "surrogateescape"))
        else:
            BYTES[door](content)

    def timed(content: bytes) -> None:
        try:
            with in_time(door):
                one(content)
        except BaseException:
            print("input:", repr(content), flush=True)
            raise

    # Modules are imported where they are needed: the seeds need them all.
    with atheris.instrument_imports(include=list(WATCHED)):
        for seed in SEEDS:
            one(seed)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS):
            Path(folder, str(number)).write_bytes(seed)
        options = [
            f"-max_total_time={seconds}",
            "-max_len=8192",
            "-timeout=20",
            "-rss_limit_mb=2048",
        ]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", folder], timed)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
