"""A Reply for people and programs: plain text, terminal, Telegram pages, JSON; all pure."""
