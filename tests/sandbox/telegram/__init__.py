"""Telegram Bot API, as a bot sees it."""
