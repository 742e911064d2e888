"""Uploads as people make them."""

import io
import json
import zipfile

POSTS = (
    "id,kind,parent,space,title,body,format,author,date,tags,accepted,files\n"
    "q1,question,,Fiscal,Nota rejeitada,Rejeição 539.,text,ana,2024-03-01 10:00:00,"
    "NF-e|SEFAZ,,\n"
    "a1,,q1,,,Veja a **série**.,markdown,bia,2024-03-02T10:00:00-03:00,,sim,\n"
    "c1,,a1,,,Obrigada!,,ana,03/03/2024 11:30,,,\n"
    "d1,,c1,,,De nada.,,bia,,,,\n"
)
PEOPLE = (
    "id,name,email,company,about,picture\n"
    "ana,Ana Lima,Ana@Serra.example.com,Serra Azul,Fiscal,\n"
    "bia,Bia Reis,bia@campo.example.com,Campo Largo,,bia.png\n"
)
VOTES = "post,person,value\nq1,bia,1\na1,ana,-1\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
SHA = "bda2c513e1da04f7b4e99230851ea2aafeb8cc4e"
UPLOAD = "upload://r3AYqESanERjladb4vBB7VsMBm6.png"  # Discourse's name of that SHA-1


def packed(**files):
    """A ZIP; ``posts_csv`` becomes ``posts.csv``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def whole():
    return packed(
        posts_csv=POSTS, people_csv=PEOPLE, votes_csv=VOTES, files__bia_png=PNG
    )


def topic(key=7, **values):
    return {
        "id": key,
        "title": "Impressora não imprime",
        "created_at": "2023-05-01T12:00:00.000Z",
        "category_id": 3,
        "closed": False,
        "archetype": "regular",
        "posts": [
            {
                "id": 70,
                "user_id": 1,
                "post_number": 1,
                "raw": f"Veja:\n\n![tela|690x388]({UPLOAD})",
                "created_at": "2023-05-01T12:00:00.123Z",
                "reply_to_post_number": None,
                "hidden": False,
            },
            {
                "id": 71,
                "user_id": 2,
                "post_number": 2,
                "raw": '[quote="ana, post:1"]\nVeja\n[/quote]\nReinicie o *spooler*.',
                "created_at": "2023-05-01 13:00:00 UTC",
                "reply_to_post_number": None,
            },
            {
                "id": 72,
                "user_id": 1,
                "post_number": 3,
                "raw": "Resolveu",
                "created_at": "2023-05-01 14:00:00 UTC",
                "reply_to_post_number": 2,
            },
        ],
    } | values


def export(*topics):
    return json.dumps(
        {
            "categories": [{"id": 3, "name": "Impressoras"}],
            "users": [
                {"id": 1, "username": "ana", "name": "Ana", "email": "ana@x.example"},
                {"id": 2, "username": "bia", "name": None, "email": "bia@x.example"},
            ],
            "topics": list(topics),
        }
    )


def result(columns, *rows):
    return json.dumps({"success": True, "columns": columns, "rows": list(rows)})
