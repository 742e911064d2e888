"""Two hundred people at once, each with a session of his own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from devkit.inside.live import Live

from .room import Room
from .session import Person, persons

CONNECTIONS = 40
WAITING = "the crowd has all workers, a job waits until it is asked for twice"
BETWEEN = "two transactions met on a row; the second is repeated and nobody sees it"


class Crowd(Room):
    """Makes many people as quickly as Odoo can."""

    def __init__(self, stack: Live) -> None:
        super().__init__(stack)
        for table in ("post", "member", "search", "notice"):
            stack.allow_log(r"^odoo\.sql_db$", f"community_{table}", BETWEEN)
        stack.allow_log(r"\.queue_job\.", "Re-queued dead job", WAITING)
        stack.allow_log(r"\.queue_job\.", "was requested to run job", WAITING)

    def people(self, name: str, count: int, employer: int = 0) -> list[Person]:
        """``count`` customers who have agreed to the house rules, logged in; each
        works alone, or all for ``employer``."""
        portal = self._id_of("base", "group_portal")
        users = self.env["res.users"].with_context(no_reset_password=True)
        made = users.create(
            [
                {
                    "name": f"{name} {number}",
                    "login": f"{name.lower()}{number}x{self.number}",
                    "email": f"{name.lower()}{number}x{self.number}@example.com",
                    "parent_id": employer or False,
                    "group_ids": [(6, 0, [portal])],
                }
                for number in range(count)
            ]
        )
        self.env["community.member"].create(
            [{"user_id": user, "rules_version": 1000} for user in made]
        )
        return persons(self.stack, made)

    def waited_in_a_ring(self) -> bool:
        """Whether two transactions have waited for each other, and one had to go."""
        return "deadlock detected" in self.stack.log_text()


def at_once(what: Callable[[int], object], count: int) -> list:
    """``what(number)`` of all numbers: many times more at once than Odoo has workers,
    and not so many that this program is too slow to send what it began (Odoo waits
    two seconds for that)."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(what, range(count)))
