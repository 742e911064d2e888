"""Plain Python speaks English source sentences; people read their own language."""


def say(env, found):
    """A ``Problem`` or ``FileError`` of the readers in the language of ``env``."""
    text = env._(found.msgid)  # pylint: disable=translation-not-lazy
    return text % found.values if found.values else text
