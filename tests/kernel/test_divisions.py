from muster.kernel.divisions import code_range, codes_around


def test_what_lies_below_a_division_and_around_it() -> None:
    assert code_range(140105007001) == (140105007001, 140105007001)
    assert code_range(140105007000) == (140105007000, 140105007999)
    assert code_range(140105000000) == (140105000000, 140105999999)
    assert codes_around(140105007001) == [
        140000000000, 140100000000, 140105000000, 140105007000, 140105007001,
    ]  # fmt: skip
    assert codes_around(140100000000) == [140000000000, 140100000000]
