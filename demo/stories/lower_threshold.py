"""Story 16, a threshold that stays: a keeper tries a lower one on the last year, and leaves it."""

from demo.stories import Telling, a_year


def play(t: Telling) -> None:
    a_year.before(t)
    dana, retail = t.cast.dana, t.cast.retail
    t.says("Dana keeps the policy. She wonders whether a promise needs a VP, or whether a director would do.")
    t.command(dana, "policy", retail)
    dana.click(t.looks(dana, retail), "policy_open")
    t.stage.slack.wait_for(lambda: dana.modal, what="the policy, subject by subject")
    dana.click_modal("policy_form_open:effect-promise")
    t.stage.slack.wait_for(lambda: len(dana.modals) == 2, what="the form of one subject")
    dana.submit({"always": "director"})
    view = t.stage.slack.wait_for(
        lambda: dana.modal if len(dana.modals) == 3 else None, what="what the change would mean"
    )
    t.narrator.shows_modal(dana, view)
    t.says("Before she sets it, she tries it on the last year.")
    dana.click_modal("policy_try")
    t.stage.pump()
    t.looks_at(dana, "What that policy would have done")
    dana.close_modal(everything=True)
    t.says("Fewer would have gone to a VP, and of these some were wrong all the same. She leaves it as it is.")
