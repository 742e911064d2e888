from . import community
from . import people
from . import post
from . import write
from . import notices
from . import editor
