"""The second guard is complete: no table with content without a policy, no role with more rights than it needs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver

from comms.models import Attachment, Publication
from cwn.core.guard import WEB_ROLE
from cwn.core.models import AuditEntry
from tests.comms.test_policies import ASKED

pytestmark = pytest.mark.django_db

OURS = ("cwn", "partners", "comms", "functions", "recognition")
POLICIES = {
    "portal": "ALL",
    "readers": "SELECT",
    "writers_insert": "INSERT",
    "writers_update": "UPDATE",
    "writers_delete": "DELETE",
}
#: Who may see every row inside a request, and why. A new name here is a decision, not a repair.
MAY_ACT_AS_THE_PORTAL = {
    "comms/planning/actions/entries.py": "a stricter label or a removal may take the item away from whoever set it",
    "cwn/core/guard.py": "makes it",
    "comms/events/actions/seating.py": "seats are counted and given out over everybody's registrations; whoever asks "
    "gets a number",
    "comms/events/partner_mails.py": "an organiser sees whether the mail about a decision left, no address",
    "comms/events/links.py": "a signed link finds one registration before anybody is known",
    "cwn/delivery/providers.py": "a provider that showed its secret reports about deliveries, which no reader sees",
    "cwn/search/indexing.py": "one reader makes the documents for everybody; who may find one stands in it",
    "comms/actions/steps.py": "a stricter label may take the row away from whoever set it",
    "comms/actions/receiving.py": "a receipt is written for the owner, not for the reader",
    "cwn/delivery/actions/queueing.py": "whoever queues a mail may not read the outbox",
    "cwn/delivery/actions/controlling.py": "the outbox is closed for readers; views ask first who may control",
    "cwn/delivery/progress.py": "counts mails, shows no address",
    "cwn/delivery/subjects.py": "reads what stood above mails with an open label, for coordinators",
    "cwn/delivery/overview.py": "coordinators decide about mails in doubt; addresses come out masked",
    "comms/planning/actions/feeds.py": "a calendar address is looked up by its secret before anybody is known",
    "comms/planning/dated.py": "calendar programs are told that something is gone, not what it was",
    "comms/subscriptions/actions/subscribing.py": "an address has one subscription per list, whoever asks; what blocks "
    "an address is read by nobody",
    "comms/subscriptions/actions/ending.py": "a digest of who left goes where no reader looks",
    "comms/subscriptions/actions/moving.py": "the new address may have subscriptions of its own",
    "comms/subscriptions/actions/importing.py": "a file is compared with addresses that the desk never sees",
    "comms/subscriptions/figures.py": "the desk sees numbers of people, no small ones and never a row",
    "comms/cobranding/actions/counting.py": "downloads are counted for all readers together",
    "comms/newsletters/segments.py": "counts subscribers of a segment; no row of theirs is shown",
    "comms/newsletters/actions/approving.py": "the approver puts mails in the outbox for people whose rows nobody sees",
    "comms/newsletters/actions/steering.py": "the desk steers a mailing, of which it sees how far it is",
    "comms/newsletters/actions/testing.py": "a test mail goes to the desk only, so its addresses are looked up",
    "comms/newsletters/counting/figures.py": "counts mails, shows no address",
    "comms/newsletters/media.py": "a mail program asks for a picture of a CLEAR issue without a log-in; a yes or a no",
    "comms/newsletters/views/reading.py": "a signed link of a mail leads to its page before anybody is known",
    "comms/register.py": "coordinators see that RED exists, the policy owner titles of AMBER where a group allows it",
}
#: Views without a transaction around them, so without this guard: the search keeps its index equal to what was
#: committed. They read search documents, which carry their own visibility, and what is the reader's own.
WITHOUT_TRANSACTION = {
    "result_list", "result_data", "suggestions", "saved_search_list", "save", "change", "look", "health_live",
    "health_ready", "health_mail",
    "my_cwn",  # opens one for what it reads from the tables
}  # fmt: skip


# --- tables ------------------------------------------------------------------------------------------
def tables_with_content() -> set[str]:
    """Walk the models: publications, all that refers to one or to its attachment, and the history of all that."""
    parents = (Publication, Attachment)
    every = apps.get_models(include_auto_created=True)
    refers = {
        model for model in every for field in model._meta.fields if field.is_relation and field.related_model in parents
    }
    return {model._meta.db_table for model in {*parents, *refers}} - ASKED


def rows_of(sql: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def test_every_table_with_content_is_closed():
    closed = {
        name for (name,) in rows_of("SELECT relname::text FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    }
    assert len(tables_with_content()) > 30
    assert tables_with_content() <= closed


def test_every_closed_table_has_every_policy():
    found: dict[str, dict[str, str]] = {}
    for table, policy, verb in rows_of("SELECT tablename::text, policyname::text, cmd FROM pg_policies"):
        found.setdefault(table, {})[policy] = verb
    assert {table: policies for table, policies in found.items() if policies != POLICIES} == {}
    assert tables_with_content() <= set(found)


#: Apps of the communication desk, and the tables of theirs without a policy. A new name here is a decision.
OF_THE_DESK = ("planning", "events", "subscriptions", "newsletters", "cobranding", "delivery")
OPEN = {
    "delivery_mailing": "what a mailing is about and how far it is, no address; only coordinators have a page of it",
    "delivery_outbox": "one row: whether all mail is held",
    "delivery_reminder": "keys and moments, no text; whoever moves a thing moves its reminders",
    "delivery_suppression": "digests made with a secret, never an address",
    "planning_coremessage": "sentences to be said by everybody; who suggested one is known to the network",
    "planning_acceptedfinding": "keys of what a rule found, with the reason to leave it alone",
    "planning_calendarrule": "the sentences of the rules",
    "planning_yearplan": "the ambition of a year, on a page for everybody",
    "planning_programmephase": "the phases of the strategy, on a page for everybody",
    "planning_phaseactivity": "what happens in them, on the same page",
    "cobranding_partnerlogo": "a logo is made to be seen; its file goes to its owner and the desk",
    "subscriptions_newsletter": "name and purpose of a list; who is on it is closed",
    "subscriptions_topic": "words to choose from",
    "subscriptions_consenttext": "what people are asked; what they answered is closed",
    "newsletters_linkcheck": "addresses on the web, without the issue that they stand in",
}


def test_every_table_of_the_desk_has_a_policy_or_a_reason():
    closed = {name for (name,) in rows_of("SELECT relname::text FROM pg_class WHERE relrowsecurity")}
    tables = set()
    for model in apps.get_models(include_auto_created=True):
        holds_only_keys = all(field.primary_key or field.is_relation for field in model._meta.fields)
        if model._meta.app_label in OF_THE_DESK and not holds_only_keys:
            of = getattr(model, "pgh_tracked_model", model)  # the history of an open table is as open
            tables.add(of._meta.db_table if of._meta.db_table in OPEN else model._meta.db_table)
    assert tables - closed == set(OPEN)


def test_links_without_a_policy_hold_nothing_but_keys():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in ASKED:
            assert all(field.primary_key or field.is_relation for field in model._meta.fields), model


# --- the role ----------------------------------------------------------------------------------------
def test_the_web_role_cannot_log_in_or_do_more_than_its_rows():
    ((*powers,),) = rows_of(
        "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles "
        "WHERE rolname = %s",
        WEB_ROLE,
    )
    assert not any(powers)
    assert rows_of("SELECT 1 FROM pg_auth_members WHERE member = %s::regrole", WEB_ROLE) == []


def test_the_web_role_owns_nothing():
    owned = rows_of("SELECT relname FROM pg_class WHERE relowner = %s::regrole", WEB_ROLE)
    owned += rows_of("SELECT proname FROM pg_proc WHERE proowner = %s::regrole", WEB_ROLE)
    assert owned == []


def test_no_function_lends_the_rights_of_its_owner():
    lending = "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    assert rows_of(lending) == []


def test_no_view_reads_around_the_policies():
    assert (
        rows_of("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace")
        == []
    )


def test_the_web_role_can_use_every_table_but_empty_none():
    missing, emptied = [], []
    for table, may_read, may_empty in rows_of(
        "SELECT relname::text, has_table_privilege(%s, oid, 'SELECT'), has_table_privilege(%s, oid, 'TRUNCATE') "
        "FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace",
        WEB_ROLE,
        WEB_ROLE,
    ):
        missing += [] if may_read else [table]
        emptied += [table] if may_empty else []
    assert (missing, emptied) == ([], [])


def tables_that_only_grow() -> list[str]:
    history = [model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return sorted({*history, AuditEntry._meta.db_table})


def refused(statement: str) -> bool:
    """Tell whether the web role is refused a statement, in a table that has a row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
            cursor.execute("SELECT set_config('cwn.principals', 'public role:coordinator members', true)")
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("table", tables_that_only_grow())
def test_no_history_and_no_audit_can_be_rewritten(table):
    """security.md I04: not changed, not shortened, not emptied; that is said without a row to try it on."""
    may_not = rows_of(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O' AND NOT tgisinternal "
        "AND tgtype & 24 = 24 AND tgtype & 2 = 2",  # before, update and delete
        table,
    )
    assert may_not or refused(f"DELETE FROM {table}")  # noqa: S608
    assert refused(f"TRUNCATE {table}")


def test_a_line_of_the_history_stays(cast):
    table = "partners_organisationevent"
    assert rows_of(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608
    assert refused(f"UPDATE {table} SET name = 'Anders'")  # noqa: S608
    assert refused(f"DELETE FROM {table}")  # noqa: S608


# --- code --------------------------------------------------------------------------------------------
def python_files() -> Iterator[tuple[str, Path]]:
    for app in OURS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            yield str(path.relative_to(settings.BASE_DIR)), path


def names_in(source: str) -> set[str]:
    tree = ast.parse(source)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_only_named_modules_act_as_the_portal():
    acting = {name for name, path in python_files() if names_in(path.read_text()) & {"as_the_portal", "unguard"}}
    assert acting - {"cwn/core/postgresql/base.py"} == set(MAY_ACT_AS_THE_PORTAL)


def test_nobody_else_touches_the_role():
    found = []
    for name, path in python_files():
        if name not in ("cwn/core/guard.py", "cwn/core/postgresql/base.py") and "/migrations/" not in name:
            text = path.read_text().lower()
            found += [name for words in ("set role", "reset role", "cwn.principals", WEB_ROLE) if words in text]
    assert found == []


def views(patterns: list) -> Iterator[object]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


def test_every_view_runs_in_a_guarded_transaction_but_those_that_read_documents():
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"]
    assert settings.MIDDLEWARE[-1] == "cwn.core.guard.guard_rows"
    without = {
        view.__name__ for view in views(get_resolver().url_patterns) if getattr(view, "_non_atomic_requests", None)
    }
    assert without == WITHOUT_TRANSACTION
