"""Connection strings with a password in them."""

import pytest

from . import asking

SECRET = "S3nh4F0rte"


@pytest.mark.parametrize(
    "text",
    [
        f"postgres://odoo:{SECRET}@db.example.com:5432/prod",
        f"postgresql+psycopg2://odoo:{SECRET}@10.0.0.1/prod?sslmode=require",
        f"mongodb+srv://app:{SECRET}@cluster0.example.net",
        f"https://admin:{SECRET}@erp.example.com/web",
        f"ftp://user:{SECRET}@files.example.com",
        f"redis://:{SECRET}@cache:6379/0",
        f"Server=db;Database=erp;User Id=sa;Password={SECRET};",
        f"DRIVER={{SQL Server}};UID=sa;PWD={SECRET}",
        f"jdbc:postgresql://db/erp?user=odoo&password={SECRET}",
        f"host=db dbname=erp user=odoo password={SECRET}",
        f"curl -u admin:{SECRET} https://erp.example.com",
        f"PGHOST=db PGUSER=odoo PGPASSWORD={SECRET}",
    ],
)
def test_each_kind(text):
    [finding] = asking.found(text, "connection_string")
    assert SECRET in asking.written(text, finding)
    assert SECRET not in finding.read_as


@pytest.mark.parametrize(
    "text",
    [
        *("https://www.odoo.com/documentation", "http://localhost:8069/web@home"),
        *("postgres://user:password@host/db", "postgres://user:***@host/db"),
        *("postgres://user:${PASSWORD}@host/db", "https://example.com:8080/a@b"),
        *("ls -u a", "curl -u user:password https://a.example"),
        *("Server=db;Password=<senha>;", "password=", "https://[::1]:80/@"),
    ],
)
def test_examples_and_addresses_without_a_password(text):
    assert asking.kinds(text, "connection_string") == []
