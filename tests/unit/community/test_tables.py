"""Our own tables: what is taken over, and what is said of what is not."""

from datetime import datetime

import importing
import pytest
from importing import FileError

from tests.unit.community import files


def said(found):
    return [
        (
            problem.source.line,
            problem.msgid % problem.values if problem.values else problem.msgid,
        )
        for problem in found.problems
    ]


def read(text, name="posts.csv", encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode()
    return importing.read(data, name, encoding)


def test_a_whole_community_comes_in_order():
    found = importing.read(files.whole(), "community.zip")
    assert [post.key for post in found.posts] == ["q1", "d1", "a1", "c1"]
    question, *_rest = found.posts
    assert question.tags == ("NF-e", "SEFAZ")
    assert question.html == "<p>Rejeição 539.</p>"
    assert question.created == datetime(2024, 3, 1, 10)
    assert [(p.name, p.email, p.picture) for p in found.people] == [
        ("Ana Lima", "ana@serra.example.com", ""),
        ("Bia Reis", "bia@campo.example.com", "bia.png"),
    ]
    assert found.picture("bia.png") == files.PNG
    assert [(v.post, v.person, v.value) for v in found.votes] == [
        ("q1", "bia", 1),
        ("a1", "ana", -1),
    ]
    assert not found.problems


def test_a_reply_knows_what_it_answers():
    found = {post.key: post for post in read(files.POSTS).posts}
    answer = found["a1"]
    assert (answer.kind, answer.parent, answer.accepted) == ("reply", "q1", True)
    assert "<strong>série</strong>" in answer.html
    assert answer.created == datetime(2024, 3, 2, 13)
    assert found["c1"].parent == "a1"
    assert found["c1"].created == datetime(2024, 3, 3, 11, 30)
    # An answer to an answer to an answer stays on the one level that there is.
    assert found["d1"].parent == "a1"
    assert found["d1"].created is None


@pytest.mark.parametrize("separator", ";\t")
def test_spreadsheets_separate_as_they_like(separator):
    found = read(files.VOTES.replace(",", separator) + "\n", "votes.csv")
    assert [line for line, _text in said(found)] == [2, 3]  # their posts are missing


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (files.POSTS.encode("utf-8-sig"), "utf-8"),
        (files.POSTS.encode("utf-16"), "utf-8"),
        (files.POSTS.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data, encoding):
    assert read(data, encoding=encoding).posts[0].html == "<p>Rejeição 539.</p>"


def test_the_wrong_encoding_is_named_with_its_line():
    with pytest.raises(FileError, match=r"posts.csv is not encoded as UTF-8: see line"):
        read(files.POSTS.encode("cp1252"))


def test_a_nul_is_named_with_its_line():
    with pytest.raises(FileError, match="line 3 has a NUL"):
        read(b"id,author,body\nq1,ana,x\nq2,a\0na,y\n")


def test_a_huge_table_is_refused_before_it_is_read():
    with pytest.raises(FileError, match="has 20.0 MB; one table can have 20 MB"):
        read(b"id,author,body\n" + b"x" * 20_000_001)


def test_a_missing_quotation_mark_is_named_with_its_line():
    with pytest.raises(FileError, match="from line 3 on"):
        read('id,author,body\nq1,ana,x\nq2,ana,"never closed\n')


def test_a_table_of_something_else_is_refused():
    with pytest.raises(FileError, match="none of the tables"):
        read("product,price\nA,10\n")


def test_a_zip_without_tables_is_refused():
    with pytest.raises(FileError, match="no table in all.zip"):
        importing.read(files.packed(photo_png=files.PNG), "all.zip")


def test_a_damaged_zip_is_refused():
    with pytest.raises(FileError, match="did not arrive whole"):
        importing.read(files.whole()[:200], "all.zip")


def test_a_zip_that_swells_is_refused():
    bomb = files.packed(posts_csv="id,author,body\n" + "0" * 25_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(FileError, match="bigger than 20 MB"):
        importing.read(bomb, "all.zip")


def test_paths_of_a_zip_lead_nowhere():
    found = importing.read(
        files.packed(posts_csv=files.POSTS, **{"..__..__etc__secret_png": b"x"}), "z"
    )
    assert found.picture("/etc/passwd") is None
    assert found.picture("secret.png") == b"x"


def test_a_formula_is_a_text():
    row = (
        "id,author,title,body\nq1,ana,'=cmd|' /C calc'!A0,\"'=1+1\"\nq2,a,'quoted',x\n"
    )
    first, second = read(row).posts
    assert first.title == "=cmd|' /C calc'!A0"
    assert first.html == "<p>=1+1</p>"
    assert second.title == "'quoted'"


def test_signs_that_nobody_sees_are_dropped():
    (post,) = read("id,author,title,body\nq1,ana,a\u202eb\x07,x\x01y\n").posts
    assert (post.title, post.html) == ("ab", "<p>xy</p>")


HEAD = "id,kind,parent,title,body,author,date\n"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",,,T,x,ana,", "This post has no id."),
        ("q1,,,T,x,,", "This post has no author."),
        ("q1,,,T,,ana,", "This post has no text."),
        ("q1,,,,x,ana,", "This post has no title."),
        ("q1,poem,,T,x,ana,", "The kind is none of question"),
        ("q1,reply,,T,x,ana,", "“parent” is empty"),
        ("q1,,nowhere,T,x,ana,", "(“nowhere”) is not there"),
        ("q1,,q1,T,x,ana,", "(“q1”) is not there"),
        (f"q1,,,T,{'x ' * 50_001},ana,", "longer than 100,000"),
    ],
)
def test_a_line_that_cannot_be_taken_over_is_left_out_and_named(row, sentence):
    found = read(HEAD + "q0,,,T,x,ana,\n" + row + "\n")
    assert [post.key for post in found.posts] == ["q0"]
    ((line, text),) = said(found)
    assert line == 3
    assert sentence in text
    assert found.problems[0].left_out


def test_what_comes_twice_comes_once():
    found = read(HEAD + "q1,,,First,x,ana,\nq1,,,Second,x,ana,\n")
    assert [post.title for post in found.posts] == ["First"]
    assert said(found) == [(3, "The id “q1” comes twice.")]


def test_a_circle_of_replies_is_left_out():
    found = read(HEAD + "a,,b,,x,ana,\nb,,a,,x,ana,\n")
    assert not found.posts
    assert len(found.problems) == 2


@pytest.mark.parametrize("date", ["yesterday", "31/02/2024", "0001-01-01", "9999-1-1"])
def test_a_date_that_is_none_is_doubtful(date):
    found = read(HEAD + f"q1,,,T,x,ana,{date}\n")
    assert found.posts[0].created is None
    assert not found.problems[0].left_out
    assert date in said(found)[0][1]


def test_lines_are_counted_as_an_editor_counts_them():
    found = read(HEAD + 'q1,,,T,"two\nlines",ana,\n,,,T,x,ana,\n')
    assert [line for line, _text in said(found)] == [4]


def test_people_without_a_name_and_wrong_addresses_are_named():
    found = read("id,name,email\n,Ana,\nb,Bia,none\n", "people.csv")
    assert [person.email for person in found.people] == [""]
    assert [line for line, _text in said(found)] == [2, 3]


def test_votes_other_than_one_are_left_out():
    found = read("post,person,value\nq,a,5\n", "votes.csv")
    assert said(found) == [(2, "The value of a vote is 1 or -1.")]


def test_pictures_that_came_along_stay_and_others_become_links():
    body = (
        "<p>a<img src='files/x.png' alt='tela' onload='x()'>"
        "<img src='https://elsewhere.example/p.gif'></p>"
    )
    table = f'id,author,title,body,format,files\nq1,ana,T,"{body}",html,x.png|no.pdf\n'
    found = importing.read(files.packed(p_csv=table, x_png=files.PNG), "a.zip")
    (post,) = found.posts
    assert '<img src="import:x.png" alt="tela">' in post.html
    assert '<a href="https://elsewhere.example/p.gif">' in post.html
    assert post.files == ("x.png",)
    assert [p.left_out for p in found.problems] == [False, False]
