"""The compose file of a cluster: its parts fit together; what needs no Docker is run."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cluster import (
    HAPROXY,
    HISTORY,
    free_port,
    haproxy_configuration,
    missing_programs,
    wait_for,
)

pytest.importorskip("xapian", reason="the extra [scale] is not installed")

from knowledge.library import Library, Options
from knowledge.retrieval.xapian import Reader, Server
from tests.knowledge.retrieval.coast import articles

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

HOME = Path(__file__).parent.parent / "deploy" / "cluster"
COMPOSE = yaml.safe_load((HOME / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


def test_the_bot_asks_what_haproxy_serves() -> None:
    """The shards of the bot, HAProxy's addresses and the replicas' names are the same."""
    shards = SERVICES["bot"]["environment"]["XAPIAN_SHARDS"].split(",")
    assert shards == ["haproxy:7100", "haproxy:7101"]
    replicas = {
        f":710{shard}": [f"replica{shard}{letter}:7020" for letter in "ab"] for shard in (0, 1)
    }
    expected = haproxy_configuration(replicas).removeprefix(HAPROXY)
    written = (HOME / "haproxy.cfg").read_text(encoding="ascii")
    assert expected.strip() in written
    for line in HAPROXY.splitlines():
        assert line in written
    assert HISTORY.items() <= SERVICES["bot"]["environment"].items()


def test_every_replica_copies_its_shard() -> None:
    """Two copies of each of two shards, and nothing but the bot reaches the outside."""
    replicas = [name for name in SERVICES if name.startswith("replica")]
    assert {name: SERVICES[name]["command"] for name in replicas} == {
        f"replica{shard}{letter}": ["replica", "primary", str(shard)]
        for shard in (0, 1)
        for letter in "ab"
    }
    assert COMPOSE["networks"]["cluster"] == {"internal": True}
    assert [name for name, one in SERVICES.items() if "outside" in one["networks"]] == ["bot"]
    assert not any("ports" in one for one in SERVICES.values())


@pytest.mark.skipif(shutil.which("haproxy") is None, reason="haproxy is not installed")
def test_haproxy_takes_its_configuration() -> None:
    """It is valid, also while the replicas have no address yet."""
    subprocess.run(
        ["haproxy", "-c", "-f", str(HOME / "haproxy.cfg")], check=True, capture_output=True
    )


@pytest.mark.skipif(bool(missing_programs()), reason=f"missing: {missing_programs()}")
def test_a_replica_serves_a_copy(tmp_path: Path) -> None:
    """The script of the image copies a shard, once there is one, and answers from it."""
    folder = tmp_path / "littoral"
    folder.mkdir()
    for one in articles(6):
        (folder / f"{one.id}.txt").write_text(f"{one.title}\n\n{one.text}\n", encoding="utf-8")
    library = Library.open(folder, tmp_path / "data", options=Options(engine="xapian"))
    shards = library.write_shards(1)
    ports = free_port(), free_port()
    commands = [
        ["sh", str(HOME / "replica.sh"), "127.0.0.1", "0"],
        ["xapian-replicate-server", "--interface", "127.0.0.1", "--port", str(ports[0]),
         str(shards)],
    ]  # fmt: skip
    told = {"REPLICA": str(tmp_path / "copy"), "PRIMARY_PORT": str(ports[0])}
    told["PORT"] = str(ports[1])
    running = [
        subprocess.Popen(
            command, env=os.environ | told, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]  # fmt: skip
    try:
        wait_for(ports[1], greeting=True)
        assert Reader([Server("127.0.0.1", ports[1])]).size() == library.current.index.size
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
