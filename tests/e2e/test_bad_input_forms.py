from demo.stories import Telling, one_way


def test_x(told: Telling) -> None:
    one_way.triage(told)
    one_way.write_memo(told)
    one_way.send(told)


def test_y(told: Telling) -> None:
    one_way.triage(told)
    one_way.write_memo(told)
    one_way.send(told)
