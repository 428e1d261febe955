from importer.sandbox.window import Window


def test_a_window_holds_n_calls_and_the_next_fits_when_the_first_has_left() -> None:
    window = Window((3, 5.0))
    assert [window.admit(now) for now in (0.0, 1.0, 2.0, 3.0, 4.999)] == [True] * 3 + [False] * 2
    assert [window.admit(now) for now in (5.0, 5.1, 6.0)] == [True, False, True]
    assert window.most == 3


def test_a_throttled_call_takes_no_place() -> None:
    window = Window((1, 1.0))
    assert [window.admit(now) for now in (0.0, 0.9, 1.0, 1.5, 2.0)] == [
        True,
        False,
        True,
        False,
        True,
    ]


def test_without_a_limit_all_calls_fit_and_the_fullest_five_seconds_are_told() -> None:
    window = Window(None)
    assert all(window.admit(now / 8) for now in range(100))
    assert window.most == 40


def test_the_message_names_the_limit_as_the_vendor_does() -> None:
    assert Window((20, 5.0)).message == "API calls exceeded the limit of 20 in 5 second(s)"
