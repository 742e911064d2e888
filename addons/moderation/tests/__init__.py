from . import test_doors
from . import test_held
from . import test_verdict
