"""No test of the readers looks at a clock: a busy machine would decide it."""

from hypothesis import settings

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
