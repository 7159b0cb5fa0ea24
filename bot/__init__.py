"""The shells around the core: command line and Telegram."""
