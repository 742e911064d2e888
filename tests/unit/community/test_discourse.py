"""What Discourse's own exports and queries give."""

from datetime import datetime

import importing
import pytest
from importing import FileError, markup

from tests.unit.community import files


def read(*exports, **others):
    name = {f"e{number}_json": data for number, data in enumerate(exports)}
    return importing.read(files.packed(**name, **others), "export.zip")


def test_topics_become_threads():
    found = importing.read(files.export(files.topic()).encode(), "category.json")
    question, answer, thanks = found.posts
    assert (question.title, question.space) == ("Impressora não imprime", "Impressoras")
    assert question.created == datetime(2023, 5, 1, 12)
    assert (answer.kind, answer.parent) == ("reply", "70")
    assert "<blockquote>" in answer.html
    assert "<em>spooler</em>" in answer.html
    assert thanks.parent == "71"
    assert [(p.name, p.email) for p in found.people] == [
        ("Ana", "ana@x.example"),
        ("bia", "bia@x.example"),
    ]


def test_queries_bring_what_the_export_leaves_out():
    found = read(
        files.export(files.topic()),
        likes_json=files.result(["post_id", "user_id"], [71, 1], [99, 1]),
        solved_json=files.result(["topic_id", "post_id"], [7, 71]),
        tags_json=files.result(["topic_id", "tag"], [7, "spooler"], [7, "spooler"]),
        avatars_json=files.result(["user_id", "picture"], [1, files.UPLOAD]),
        **{f"uploads__{files.SHA}_png": files.PNG},
    )
    question, answer, _thanks = found.posts
    assert question.tags == ("spooler",)
    assert answer.accepted
    assert [(v.post, v.person) for v in found.votes] == [("71", "1")]
    assert found.people[0].picture == f"{files.SHA}.png"
    assert f'<img src="import:{files.SHA}.png" alt="tela">' in question.html
    assert found.picture(f"{files.SHA}.png") == files.PNG


def test_several_exports_are_one_community():
    found = read(files.export(files.topic()), files.export(files.topic()))
    assert len(found.posts) == 3  # what comes twice comes once, and is named
    assert len([p for p in found.problems if p.left_out]) == 3
    assert len(found.people) == 2


def test_private_messages_and_hidden_posts_stay():
    secret = files.topic(8, archetype="private_message")
    hidden = files.topic(9)
    hidden["posts"][1]["hidden"] = True
    found = read(files.export(secret, hidden))
    assert {post.key: post.parent for post in found.posts} == {"70": "", "72": "70"}
    assert len([p for p in found.problems if p.left_out]) == 2


def test_closed_topics_stay_closed():
    assert read(files.export(files.topic(closed=True))).posts[0].locked


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("{", "no complete JSON"),
        ("[" * 100_000, "no complete JSON"),
        ("[]", "neither an export"),
        ('{"topics": 3}', "neither an export"),
        ('{"columns": ["a"], "rows": []}', "has the columns a"),
        ('{"rows": []}', "has the columns –"),
        ('{"rows": [], "columns": 1}', "has the columns –"),
    ],
)
def test_other_json_is_refused(data, sentence):
    with pytest.raises(FileError, match=sentence):
        importing.read(data.encode(), "x.json")


@pytest.mark.parametrize("junk", [None, 3, "x", [], {}, [None], [[1]], {"id": {}}])
def test_junk_inside_is_no_accident(junk):
    topic = files.topic(posts=[junk], id=junk, category_id=junk, title=junk)
    found = read(
        files.export(topic, files.topic(posts=junk)),
        likes_json=files.result(["post_id", "user_id"], junk),
    )
    assert isinstance(found.posts, list)


def test_the_name_of_an_upload_is_its_digest():
    assert markup.upload_name(files.UPLOAD) == f"{files.SHA}.png"
    assert markup.upload_name("upload://" + "Z" * 28) == ""
    assert markup.upload_name("upload://../../x") == ""


def test_raw_html_is_shown_and_not_run():
    assert "<script" not in markup.from_markdown("<script>alert(1)</script>")
    assert 'href="javascript' not in markup.from_markdown("[x](javascript:alert(1))")
