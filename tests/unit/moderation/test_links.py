"""Links, and what has a dot and is none."""

import pytest
from engine.links import ascii_host, belongs, host_of, links
from engine.readings import Readings


def hosts(text, is_html=False):
    return [link.host for link in links(Readings("body", text, is_html))]


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("veja https://www.example.com/a?b=c#d.", "example.com"),
        ("(http://example.com)", "example.com"),
        ("HTTP://EXAMPLE.COM", "example.com"),
        ("www.example.com.br", "example.com.br"),
        ("acesse example.com.br hoje", "example.com.br"),
        ("loja.example.shop/oferta", "loja.example.shop"),
        ("bit.ly/abc123", "bit.ly"),
        ("wa.me/5511987654321", "wa.me"),
        ("t.me/canal", "t.me"),
        ("example.com:8069", "example.com"),
        ("https://acme.com@evil.example/x", "evil.example"),
        ("https://acme.com\\@evil.example", "acme.com"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("ｅｘａｍｐｌｅ.com", "example.com"),
        ("hxxp://example.com", "example.com"),
    ],
)
def test_links(text, host):
    assert hosts(text) == [host]


@pytest.mark.parametrize(
    "text",
    [
        *("Sr.Silva chegou", "relatorio.pdf", "NF.e 4", "planilha.xlsx e odoo.conf"),
        *("versão 19.0.1.0", "R$ 1.234,56", "fim.Obrigado", "ex.: a.b", "res.partner"),
        *("joao@example.com", "stock.picking.type", "backup.zip", "script.py", "..."),
        *("obrigado.me avise", "Ltda.S.A.", "10.0.0.1", "account.move.line", "etc.de"),
    ],
)
def test_what_is_no_link(text):
    assert hosts(text) == []


def test_a_link_behind_words():
    html = '<a href="https://evil.example/x">clique aqui</a>'
    assert hosts(html, is_html=True) == ["evil.example"]


def test_a_link_whose_text_is_its_address_is_one():
    html = '<a href="https://example.com/x">https://example.com/x</a>'
    assert hosts(html, is_html=True) == ["example.com"]


def test_a_link_that_shows_another_address_is_two():
    html = '<a href="https://evil.example">https://example.com</a>'
    assert hosts(html, is_html=True) == ["example.com", "evil.example"]


@pytest.mark.parametrize("address", ["http://[", "http://", "//", "http://[::1", ""])
def test_what_is_no_address_has_no_host(address):
    assert host_of(address) in ("", ":")


def test_domains_and_those_below():
    ours = frozenset(["example.com"])
    assert belongs("example.com", ours)
    assert belongs("a.b.example.com", ours)
    assert not belongs("notexample.com", ours)
    assert not belongs("example.com.evil.org", ours)


def test_a_host_that_name_servers_refuse_stays_itself():
    assert ascii_host("a" * 70 + ".com") == "a" * 70 + ".com"
