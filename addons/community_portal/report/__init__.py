from . import community_report
from . import community_report_exchange
from . import community_report_activity
from . import community_report_idea
from . import community_dashboard
from . import digest_digest
