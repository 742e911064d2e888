"""What may be tried over RPC and by links, as people with less rights than it
takes: nothing that is held is read, nothing that was decided is changed."""

import re

import odoorpc
import pytest
import requests

from .session import logged_in

CPF = "529.982.247-25"
HELD = "que p.a.u. de sistema, zebra-roxa"
MARK = "zebra-roxa"
REFUSED = odoorpc.error.RPCError
# The author's own company, another company, an agent, an employee of another desk.
STRANGERS = ("customer", "agent", "employee")


class Person:
    """Somebody with a browser's session and with a program."""

    def __init__(self, stack, login: str) -> None:
        self.url = stack.url
        self.odoo = stack.odoo(login)
        self.web = requests.Session()
        self.web.post(
            f"{stack.url}/web/session/authenticate",
            json={"params": {"db": stack.db, "login": login, "password": login}},
            timeout=60,
        ).raise_for_status()

    def call(self, path: str, **params) -> dict:
        """A JSON route; the whole answer, with "error" where it was refused."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.web.post(f"{self.url}{path}", json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def post(self, ticket: int, text: str, **post_data) -> dict:
        data = {"body": text, "subtype_xmlid": "mail.mt_comment", **post_data}
        return self.call(
            "/mail/message/post",
            thread_model="helpdesk.ticket",
            thread_id=ticket,
            post_data=data,
        )

    def upload(self, ticket: int, name: str, content: bytes) -> tuple[int, str]:
        """A file for the next message: its id, and the proof that it is one's own."""
        page = self.web.get(f"{self.url}/my", timeout=60).text
        answer = self.web.post(
            f"{self.url}/mail/attachment/upload",
            data={
                "csrf_token": re.search(r'csrf_token: "([^"]+)"', page)[1],
                "thread_id": ticket,
                "thread_model": "helpdesk.ticket",
                "is_pending": "true",
            },
            files={"ufile": (name, content)},
            timeout=60,
        )
        [file] = answer.json()["data"]["store_data"]["ir.attachment"]
        return file["id"], file["ownership_token"]


@pytest.fixture(scope="module", autouse=True)
def refusals_are_logged(stack):
    """Odoo itself logs each refused call as a warning; our add-ons may not."""
    with stack.trouble():
        yield


@pytest.fixture(scope="module")
def people(stack) -> dict[str, Person]:
    admin = logged_in(stack, "admin")
    admin.env["res.users"].create(
        {
            "name": "Nilo Barreto",
            "login": "employee",
            "password": "employee",
            "group_ids": [(6, 0, [admin.env.ref("base.group_user").id])],
        }
    )
    logins = ("admin", "rafael", "moderator", "moderator2", *STRANGERS)
    return {login: Person(stack, login) for login in logins}


def new_ticket(people, login: str) -> int:
    """A customer's ticket, which agents may read."""
    env = people["admin"].odoo.env
    [user] = env["res.users"].search_read([("login", "=", login)], ["partner_id"])
    return env["helpdesk.ticket"].create(
        {
            "name": "Nota rejeitada",
            "description": "<p>Erro 539</p>",
            "partner_id": user["partner_id"][0],
        }
    )


@pytest.fixture(scope="module")
def ticket(people) -> int:
    return new_ticket(people, "rafael")


@pytest.fixture(scope="module")
def held(people, ticket) -> int:
    """A message of the author's that waits for a moderator, with a file."""
    answer = people["rafael"].post(ticket, HELD)
    assert "error" not in answer, answer
    return answer["result"]["message_id"]


@pytest.fixture(scope="module")
def case(people, held) -> int:
    domain = [("res_model", "=", "mail.message"), ("res_id", "=", held)]
    [found] = people["moderator"].odoo.env["moderation.case"].search(domain)
    return found


def models(people) -> list[str]:
    """All tables of the add-on."""
    env = people["admin"].odoo.env
    found = env["ir.model"].search_read(
        [("model", "=like", "moderation.%"), ("transient", "=", False)],
        ["model", "abstract"],
    )
    return [one["model"] for one in found if not one["abstract"]]


@pytest.mark.parametrize("login", STRANGERS)
def test_nobody_else_finds_a_held_text(people, ticket, held, login):
    """Not by reading, searching, counting, grouping, nor on the ticket's page."""
    person = people[login]
    env = person.odoo.env
    messages = env["mail.message"]
    with pytest.raises(REFUSED):
        messages.read([held], ["body"])
    for domain in (
        [("body", "ilike", MARK)],
        [("id", "=", held)],
        [("moderation_state", "=", "held")],
        [("model", "=", "moderation.case")],
    ):
        try:
            assert messages.search_count(domain) == 0, domain
            assert messages.search_read(domain, ["body"]) == []
        except REFUSED:
            continue
    fetched = person.call(
        "/mail/chatter_fetch", thread_model="helpdesk.ticket", thread_id=ticket
    )
    assert MARK not in str(fetched)
    thread = person.call(
        "/mail/thread/messages", thread_model="helpdesk.ticket", thread_id=ticket
    )
    assert MARK not in str(thread)
    page = person.web.get(f"{person.url}/my/ticket/{ticket}", timeout=60)
    assert MARK not in page.text


@pytest.mark.parametrize("login", STRANGERS)
def test_nobody_else_opens_its_file(people, ticket, login):
    author = people["rafael"]
    file, token = author.upload(ticket, "nota.xml", b"zebra-azul")
    answer = author.post(ticket, HELD, attachment_ids=[file], attachment_tokens=[token])
    assert "error" not in answer, answer
    for address in (f"/web/content/{file}", f"/web/image/{file}"):
        answer = people[login].web.get(people[login].url + address, timeout=60)
        assert b"zebra-azul" not in answer.content
    with pytest.raises(REFUSED):
        people[login].odoo.env["ir.attachment"].read([file], ["name", "datas"])
    own = author.web.get(f"{author.url}/web/content/{file}", timeout=60)
    assert own.content == b"zebra-azul"


@pytest.mark.parametrize("login", ("rafael", *STRANGERS))
def test_without_rights_nothing_of_the_process_is_seen(people, case, login):
    """No case, rule, word, finding, report, sanction, decision, log."""
    env = people[login].odoo.env
    for model in models(people):
        with pytest.raises(REFUSED):
            env[model].search_read([], ["id"], limit=1)
        with pytest.raises(REFUSED):
            env[model].search_count([])


@pytest.mark.parametrize("login", ("rafael", *STRANGERS, "moderator"))
def test_nothing_is_written_past_the_buttons(people, case, login):
    """Moderators, too, decide by the decisions' buttons alone."""
    env = people[login].odoo.env
    admin = people["admin"].odoo.env
    for model in models(people):
        some = admin[model].search([], limit=1)
        with pytest.raises(REFUSED):
            env[model].create({})
        if some:
            with pytest.raises(REFUSED):
                env[model].write(some, {"display_name": "x"})
            with pytest.raises(REFUSED):
                env[model].unlink(some)


@pytest.mark.parametrize("login", ("rafael", *STRANGERS))
def test_no_decision_without_the_right(people, case, held, login):
    env = people[login].odoo.env
    for method in ("action_claim", "action_unclaim", "action_restrict", "action_next"):
        with pytest.raises(REFUSED):
            getattr(env["moderation.case"].browse(case), method)()
    for method in ("_moderation_publish", "_moderation_restore"):
        with pytest.raises(REFUSED):
            people[login].odoo.execute("mail.message", method, [held])


def test_an_author_does_not_publish_himself(people, ticket, held):
    """Holes 2, 3 and 4, over real HTTP."""
    author = people["rafael"]
    messages = author.odoo.env["mail.message"]
    for vals in (
        {"moderation_state": False},
        {"model": "helpdesk.ticket", "res_id": ticket},
        {"moderation_case_id": False},
        {"is_internal": False},
        {"body": "<p>zebra-verde</p>"},
    ):
        with pytest.raises(REFUSED):
            messages.write([held], vals)
    author.call("/mail/update_is_internal", message_id=held, is_internal=False)
    for login in STRANGERS:
        found = people[login].odoo.env["mail.message"].search_count([("id", "=", held)])
        assert found == 0


@pytest.mark.parametrize("message_type", ("email", "notification", "auto_comment"))
def test_no_kind_of_message_is_a_way_past_the_gate(people, ticket, message_type):
    answer = people["rafael"].post(
        ticket, "é um p-a-u, zebra-cinza", message_type=message_type
    )
    found = (
        people["agent"]
        .odoo.env["mail.message"]
        .search_count([("body", "ilike", "zebra-cinza")])
    )
    assert found == 0, answer


def test_a_context_is_no_way_past_the_gate(people, ticket):
    author = people["rafael"]
    data = {"body": "é um p_a_u, zebra-preta", "subtype_xmlid": "mail.mt_comment"}
    for context in (
        {"moderation_gate": True},
        {"moderation_insist": True},
        {"import_file": True, "install_mode": True},
    ):
        author.call(
            "/mail/message/post",
            thread_model="helpdesk.ticket",
            thread_id=ticket,
            post_data=data,
            context=context,
        )
    found = (
        people["agent"]
        .odoo.env["mail.message"]
        .search_count([("body", "ilike", "zebra-preta")])
    )
    assert found == 0


def test_a_coached_text_is_nowhere(stack, people):
    """Refused is not stored, and in no log."""
    ticket = new_ticket(people, "customer")
    answer = people["customer"].post(ticket, f"Meu CPF: {CPF}")
    assert answer["error"]["data"]["name"].endswith(".Coached")
    advice = answer["error"]["data"]["context"]["moderation"]
    assert advice["masked"] and CPF not in str(advice["masked"])
    assert CPF not in stack.log_text()
    assert not stack.psql(
        "SELECT 1 FROM mail_message WHERE body LIKE %s"
        " AND model = 'helpdesk.ticket' AND res_id = %s",
        f"%{CPF}%",
        ticket,
    )
    for table in ("moderation_log", "moderation_finding", "moderation_case"):
        assert not stack.psql(
            f"SELECT 1 FROM {table} t WHERE t::text LIKE %s", f"%{CPF}%"
        )


@pytest.mark.parametrize("login", ("admin", "moderator"))
def test_the_log_only_grows(stack, people, case, login):
    """For administrators as well, by RPC and by SQL."""
    env = people[login].odoo.env
    [entry] = env["moderation.log"].search([], limit=1)
    before = stack.psql("SELECT count(*) FROM moderation_log")
    with pytest.raises(REFUSED):
        env["moderation.log"].write([entry], {"reason": "x"})
    with pytest.raises(REFUSED):
        env["moderation.log"].unlink([entry])
    for statement in (
        "UPDATE moderation_log SET reason = 'x'",
        "DELETE FROM moderation_log",
        "TRUNCATE moderation_log",
    ):
        with pytest.raises(Exception, match="only be added to"):
            stack.psql(statement)
    assert stack.psql("SELECT count(*) FROM moderation_log") == before


def test_a_moderator_without_rights_over_rules(people):
    env = people["moderator"].odoo.env
    [rule] = env["moderation.rule"].search([("state", "=", "on")], limit=1)
    for change in (
        lambda: env["moderation.rule"].write([rule], {"state": "off"}),
        lambda: env["moderation.rule"].write([rule], {"action": "allow"}),
        lambda: env["moderation.rule"].browse(rule).action_switch_off(),
        lambda: env["moderation.rule"].unlink([rule]),
        lambda: env["moderation.term"].create({"rule_id": rule, "text": "x"}),
    ):
        with pytest.raises(REFUSED):
            change()
    assert env["moderation.rule"].read([rule], ["state"])[0]["state"] == "on"
