from importer.sandbox.window import Window


def admits(window: Window, *moments: float) -> list[bool]:
    """Bring a call at each moment, as the sandbox does: counted where there is room."""
    let_in = []
    for now in moments:
        let_in.append(window.has_room(now))
        if let_in[-1]:
            window.count(now)
    return let_in


def test_a_window_holds_n_calls_and_the_next_fits_when_the_first_has_left() -> None:
    window = Window((3, 5.0))
    assert admits(window, 0.0, 1.0, 2.0, 3.0, 4.999) == [True] * 3 + [False] * 2
    assert admits(window, 5.0, 5.1, 6.0) == [True, False, True]
    assert window.most == 3


def test_a_throttled_call_takes_no_place() -> None:
    window = Window((1, 1.0))
    assert admits(window, 0.0, 0.9, 1.0, 1.5, 2.0) == [True, False, True, False, True]


def test_without_a_limit_all_calls_fit_and_the_fullest_five_seconds_are_told() -> None:
    window = Window(None)
    assert all(admits(window, *(now / 8 for now in range(100))))
    assert window.most == 40


def test_another_limit_counts_the_calls_that_came_before_it() -> None:
    window = Window((3, 5.0))
    assert admits(window, 0.0, 1.0, 2.0) == [True] * 3
    window.replace((2, 4.0))
    assert window.most == 0
    assert admits(window, 3.0, 4.0, 5.0, 6.0) == [False, False, True, True]
    assert window.most == 2
    window.replace(None)
    assert admits(window, 6.0, 6.0) == [True, True]


def test_the_message_names_the_limit_as_the_vendor_does() -> None:
    window = Window((20, 5.0))
    assert window.message() == "API calls exceeded the limit of 20 in 5 second(s)"
    unnamed = "API calls exceeded the limit"
    assert [window.message(names_limit=False), Window(None).message()] == [unnamed] * 2
