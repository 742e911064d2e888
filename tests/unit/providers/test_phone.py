import pytest
from providers.phone import e164, twins, variants


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        # Brazil: with and without the ninth digit
        ("5511987654321", ("+5511987654321", "+551187654321")),
        ("551187654321", ("+551187654321", "+5511987654321")),
        ("+55 (47) 9912-3456", ("+554799123456", "+5547999123456")),
        # a landline has no such twin, and is not the twin of a mobile
        ("551133332222", ("+551133332222",)),
        ("5511933332222", ("+5511933332222",)),
        ("5491122334455", ("+5491122334455", "+541122334455")),
        ("541122334455", ("+541122334455", "+5491122334455")),
        ("5215512345678", ("+5215512345678", "+525512345678")),
        ("525512345678", ("+525512345678", "+5215512345678")),
        ("351912345678", ("+351912345678",)),
        ("BR.13491208655302741918", ()),
        ("", ()),
        ("123", ()),
        ("0" * 12, ()),
        ("9" * 16, ()),
        ("١٢٣٤٥٦٧٨", ()),
    ],
)
def test_variants(number, expected):
    assert variants(number) == expected


@pytest.mark.parametrize("number", ["5511987654321", "5491122334455", "525512345678"])
def test_twins_know_each_other(number):
    first, second = variants(number)
    assert set(variants(second)) == {first, second}


@pytest.mark.parametrize(
    ("identity", "others"),
    [
        ("554799123456", ("5547999123456",)),
        ("+5547999123456", ("+554799123456",)),
        ("16505551234", ()),
        ("BR.13491208655302741918", ()),
        ("", ()),
    ],
)
def test_an_id_that_is_a_number_has_its_other_forms(identity, others):
    assert twins(identity) == others


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("(11) 98765-4321", "BR", "+5511987654321"),
        ("+55 11 98765-4321", "", "+5511987654321"),
        ("00351 912 345 678", "PT", "+351912345678"),
        ("98765", "BR", ""),
        ("nobody", "BR", ""),
        ("(11) 98765-4321", "", ""),
        ("", "BR", ""),
    ],
)
def test_e164(text, region, expected):
    assert e164(text, region) == expected
