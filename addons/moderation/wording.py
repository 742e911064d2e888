"""Plain Python speaks English source sentences; people read their own language."""


def say(env, error):
    """A ``RuleError`` or ``FileError`` in the language of ``env``.

    :raises KeyError, ValueError: a translation with places that do not exist
    """
    text = env._(error.msgid)  # pylint: disable=translation-not-lazy
    return text % error.values if error.values else text
