"""Providers speak English source sentences; people read their own language."""


def say(env, note):
    """A provider's ``Note`` in the language of ``env``.

    :raises KeyError, ValueError: a translation with places that do not exist
    """
    text = env._(note.text)  # pylint: disable=translation-not-lazy
    return text % note.values if note.values else text


def explain(env, error):
    """A ``ProviderError`` for a person: our sentence, then the provider's own."""
    text = say(env, error.note)
    return f"{text} ({error.details})" if error.details else text
