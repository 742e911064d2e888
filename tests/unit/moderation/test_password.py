"""Passwords in plain words, and everything people say about passwords."""

import pytest

from . import asking


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("a senha é girassol", "girassol"),
        ("a senha é: Mudar@123", "Mudar@123"),
        ("Senha: abc12345", "abc12345"),
        ("senha=abc12345", "abc12345"),
        ("usuário: joao\nsenha: g1rassol", "g1rassol"),
        ("login joao senha abc1234", "abc1234"),
        ("usuário/senha: joao/1234", "joao/1234"),
        ("a senha do banco de produção é kaua2020.", "kaua2020"),
        ("a senha nova é 'girassol amarelo'", "girassol"),
        ("minha senha eh 123456", "123456"),
        ("senha -> Xyz!2026", "Xyz!2026"),
        ("the password is hunter2", "hunter2"),
        ("password: correcthorse", "correcthorse"),
        ("pwd: Qwerty!1", "Qwerty!1"),
        ("la contraseña es gatito7", "gatito7"),
        ("contraseña: gatito", "gatito"),
        ("a senha foi alterada para Nov@2026", "Nov@2026"),
        ("Senha:\nAbc12345\nobrigado", "Abc12345"),
        ("ＳＥＮＨＡ： abc12345", "abc12345"),
        ("acesso: admin / Mudar123", "Mudar123"),
        ("login: joao|Xyz!2026", "Xyz!2026"),
        ("pin: 4321", "4321"),
        ("minha senha é 123", "123"),
    ],
)
def test_passwords(text, secret):
    [finding] = asking.found(text, "password")
    assert asking.written(text, finding) == secret
    assert finding.read_as == "•" * 8
    assert finding.secret


@pytest.mark.parametrize(
    "text",
    [
        *("esqueci a senha", "senha inválida", "trocar a senha", "Senha incorreta"),
        *("a senha é obrigatória", "a senha está errada", "a senha expirou ontem"),
        *(
            "a senha deve ter 8 caracteres",
            "senha: mínimo 8 caracteres",
            "senha: ******",
        ),
        *(
            "como redefino a senha do portal?",
            "não consigo trocar minha senha de admin",
        ),
        *("Senha: obrigatório", "a senha é a mesma de sempre", "a senha é muito fraca"),
        *("the password is incorrect", "the password is required", "reset my password"),
        *("forgot password?", "password: <your password>", "password policy: strong"),
        *("olvidé la contraseña", "la contraseña es incorrecta", "senha SHA256"),
        *("a senha ou o conteúdo está incorreto", "Senha do certificado digital (A1)"),
        *("login e senha não funcionam", "a senha é pessoal e intransferível"),
        *(
            "A senha é enviada por e-mail.",
            "digite uma senha para acessar esta página.",
        ),
        *("recebi a mensagem senha: ${senha}", "Qual é a senha?", "senha:", "senha é"),
        *("acesso: menu / relatórios", "usuário: joao / perfil", "login: a / 12345"),
        *("a senha tem que ser única", "usuário ou senha inválidos 3 vezes"),
    ],
)
def test_talk_about_passwords(text):
    assert asking.kinds(text, "password") == []


def test_a_password_cut_by_markup():
    html = "<b>Senha</b>: Mu<i>dar</i>@123"
    [finding] = asking.found(html, "password", is_html=True)
    assert asking.written(html, finding) == "Mudar@123"
