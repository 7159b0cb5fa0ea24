"""Settings are typed, checked, and never give a secret away."""

import copy
import pickle
import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.secret import Secret, looks_like_a_token, redact
from config.settings import (
    SETTINGS,
    TELEGRAM,
    Address,
    Settings,
    SettingsError,
    check_settings,
    load_settings,
)

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456789:" + "AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


def read(**environ: str) -> Settings:
    """The settings of this environment alone."""
    return load_settings(environ, None)


def test_defaults() -> None:
    """An empty environment gives the built-in dossier, polling, and Telegram's own servers."""
    settings = read()
    assert settings.dossier_dir is None
    assert settings.bot_token is None
    assert settings.bot_mode == "polling"
    assert settings.api_base_url == f"{TELEGRAM}/bot"
    assert settings.data_dir.name == "dossier"
    assert settings.max_file_mb == 20


def test_every_field_is_a_setting() -> None:
    """Each field of Settings has a name in the environment, and the other way round."""
    assert sorted(field.name.upper() for field in fields(Settings)) == sorted(SETTINGS)


def test_values_are_typed() -> None:
    """Lists, numbers, paths and addresses come out as such, duplicates once."""
    settings = read(
        DOSSIER_DIR="/srv/articles",
        ADMIN_IDS="12, 34;12 56",
        ALLOWED_CHATS="-1001234567890,7",
        LISTEN="[::1]:8443",
        METRICS_LISTEN=":9090",
        XAPIAN_SHARDS="shard1:4001, shard2:4001",
        RETRIEVAL="Lexical",
        LOG_LEVEL="debug",
        RATE_PER_MINUTE="0",
    )
    assert settings.dossier_dir == Path("/srv/articles")
    assert settings.admin_ids == (12, 34, 56)
    assert settings.allowed_chats == (-1001234567890, 7)
    assert settings.listen == Address("::1", 8443)
    assert str(settings.listen) == "[::1]:8443"
    assert settings.metrics_listen == Address("127.0.0.1", 9090)
    assert settings.xapian_shards == ("shard1:4001", "shard2:4001")
    assert settings.retrieval == "lexical"
    assert settings.log_level == "DEBUG"
    assert settings.rate_per_minute == 0


def test_fetching_is_off_until_told() -> None:
    """FETCH_URLS: off, on, or on with the private networks that may be asked."""
    assert read().fetch_urls is None
    assert read(FETCH_URLS="off").fetch_urls is None
    assert read(FETCH_URLS="on").fetch_urls == ()
    listed = read(FETCH_URLS="on, 10.0.0.0/8 ::1").fetch_urls
    assert listed is not None
    assert [str(network) for network in listed] == ["10.0.0.0/8", "::1/128"]


def test_empty_counts_as_not_set() -> None:
    """An empty or blank value is the default."""
    assert read(DOSSIER_DIR="", MAX_FILE_MB="  ", BOT_TOKEN="").max_file_mb == 20


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RETRIEVAL", "magic"),
        ("RETRIEVAL_ENGINE", "lucene"),
        ("XAPIAN_SHARDS", "shard1"),
        ("BOT_API_URL", "telegram"),
        ("BOT_API_URL", "ftp://example.org"),
        ("BOT_API_URL", "http://[::1"),
        ("ADMIN_IDS", "@anna"),
        ("ADMIN_IDS", "-5"),
        ("ALLOWED_CHATS", "--5"),
        ("ALLOWED_CHATS", "0"),
        ("BOT_MODE", "push"),
        ("WEBHOOK_URL", "http://example.org"),
        ("WEBHOOK_SECRET", "é"),
        ("LISTEN", "example.org"),
        ("LISTEN", "example.org:99999"),
        ("METRICS_LISTEN", "a b:1"),
        ("MAX_FILE_MB", "0"),
        ("MAX_FILE_MB", "2,5"),
        ("MAX_FILE_MB", "9" * 5000),
        ("RATE_PER_MINUTE", "-1"),
        ("RETENTION_DAYS", "toujours"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("READER_IDS", "names"),
        ("FETCH_URLS", "peut-être"),
        ("FETCH_URLS", "off, 10.0.0.0/8"),
        ("FETCH_URLS", "on, 10.0.0.1/8"),
        ("FETCH_URLS", ","),
        ("DOSSIER_DIR", "~nobodyhasthisname/x"),
        ("DATA_DIR", "a\0b"),
    ],
)
def test_a_bad_value_is_one_sentence(name: str, value: str) -> None:
    """A bad value is told in one line that begins with the setting's name."""
    with pytest.raises(SettingsError) as caught:
        read(**{name: value})
    message = str(caught.value)
    assert caught.value.setting == name
    assert message.startswith(f"{name} : ")
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 220


def test_all_problems_are_told_at_once() -> None:
    """`check_settings` lists each problem and still gives settings to work with."""
    settings, problems = check_settings(
        {"MAX_FILE_MB": "x", "BOT_MODE": "y", "LOG_LEVEL": ""}, None
    )
    assert [problem.setting for problem in problems] == ["BOT_MODE", "MAX_FILE_MB"]
    assert settings.max_file_mb == 20


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """.env is read, with quotes, comments and a byte order mark; the environment wins."""
    env_file = tmp_path / ".env"
    env_file.write_bytes(
        b"\xef\xbb\xbf# mine\nDOSSIER_DIR='/a b'\nMAX_FILE_MB=3\nRETRIEVAL=lexical\n"
    )
    settings = load_settings({"MAX_FILE_MB": "5", "RETRIEVAL": ""}, env_file)
    assert settings.dossier_dir == Path("/a b")
    assert settings.max_file_mb == 5
    assert settings.retrieval == "auto"


def test_an_unreadable_file_is_one_sentence(tmp_path: Path) -> None:
    """A .env that is no UTF-8 text is named, and is no traceback."""
    env_file = tmp_path / ".env"
    env_file.write_bytes(b"DOSSIER_DIR=/\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env"):
        load_settings({}, env_file)


def test_a_local_server_may_be_plain_http() -> None:
    """With a Bot API server of one's own, http addresses are fine, and slashes do not double."""
    settings = read(BOT_API_URL="http://127.0.0.1:8081/", WEBHOOK_URL="http://127.0.0.1:9000/hook")
    assert settings.api_base_url == "http://127.0.0.1:8081/bot"
    assert settings.api_file_url == "http://127.0.0.1:8081/file/bot"


@pytest.mark.parametrize(
    ("environ", "setting"),
    [
        ({}, "BOT_TOKEN"),
        ({"BOT_TOKEN": "hello"}, "BOT_TOKEN"),
        ({"BOT_TOKEN": TOKEN + " x"}, "BOT_TOKEN"),
        ({"BOT_TOKEN": TOKEN, "BOT_MODE": "webhook"}, "WEBHOOK_URL"),
        (
            {"BOT_TOKEN": TOKEN, "BOT_MODE": "webhook", "WEBHOOK_URL": "https://example.org"},
            "WEBHOOK_SECRET",
        ),
    ],
)
def test_what_the_bot_needs_is_asked_for(environ: dict[str, str], setting: str) -> None:
    """A missing or malformed token, or half a webhook, is told when the bot starts, not before."""
    settings = load_settings(environ, None)
    with pytest.raises(SettingsError) as caught:
        settings.require_token()
    assert caught.value.setting == setting
    assert "hello" not in str(caught.value)


def test_a_good_token_is_given_back() -> None:
    """A token of the right form comes out by `reveal` alone."""
    assert read(BOT_TOKEN=f" {TOKEN} ").require_token().reveal() == TOKEN


def test_a_secret_never_shows() -> None:
    """Neither repr, str, format nor an error shows a token; it cannot be pickled or copied."""
    settings = read(BOT_TOKEN=TOKEN, WEBHOOK_SECRET="s3cret_of_mine")
    secret = settings.bot_token
    assert secret is not None
    for shown in (repr(settings), str(settings), repr(secret), str(secret), f"{secret:>20}"):
        assert TOKEN[10:] not in shown
        assert "s3cret" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)


def test_a_token_in_the_wrong_line_is_not_repeated() -> None:
    """A token pasted into another setting does not come out in the error."""
    for name in ("ADMIN_IDS", "ALLOWED_CHATS", "RETRIEVAL", "LISTEN", "MAX_FILE_MB", "BOT_API_URL"):
        _, problems = check_settings({name: TOKEN}, None)
        assert problems
        assert TOKEN[10:] not in str(problems[0])


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=80))
def test_no_value_breaks_the_reading(text: str) -> None:
    """Any text in any setting gives settings and sentences, never another error."""
    _, problems = check_settings(dict.fromkeys(SETTINGS, text), None)
    assert all(str(problem).startswith(problem.setting) for problem in problems)


@given(st.integers(10**6, 10**12), st.text("abcXYZ019_-", min_size=35, max_size=35))
def test_any_token_is_struck_out(number: int, rest: str) -> None:
    """A token is struck out of a URL, plain or percent-encoded."""
    token = f"{number}:{rest}"
    assert looks_like_a_token(token)
    for url in (f"https://example.org/bot{token}/getMe", f"/bot{token.replace(':', '%3A')}/x"):
        assert rest not in redact(url)


def test_each_setting_is_explained() -> None:
    """.env.example and README name each setting; .env.example nothing else, in our order."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE)) == SETTINGS
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in SETTINGS if name not in readme] == []


def test_the_example_is_valid() -> None:
    """.env.example with every line uncommented, but for the secrets, is read without a problem."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    values = dict(re.findall(r"^#([A-Z_]+)=(.*)$", example, re.MULTILINE))
    assert check_settings(values, None)[1] == ()


def test_a_secret_is_equal_by_value() -> None:
    """Two secrets of one value are equal and hash alike."""
    assert Secret("a") == Secret("a")
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
