from . import test_doors
from . import test_held
from . import test_verdict
from . import test_rules
from . import test_rules_switch
from . import test_packs
from . import test_trial
from . import test_import
