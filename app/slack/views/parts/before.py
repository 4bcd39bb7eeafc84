"""Was it decided before? Earlier ones that look alike, shown while a triage begins: a person says what they are."""

from app.domain.library.hits import Hit
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context, section
from app.slack.views.parts.hits import hit_said
from app.slack.views.scene import Scene
from app.words.library import counts_no_more


def decided_before(scene: Scene) -> list[Block]:
    """At most three, each with a tap that ends this triage and one that says what this one comes in the place of."""
    if not scene.alike:
        return []
    blocks: list[Block] = [section("*Was this decided before?* These look alike; only you can say whether they are.")]
    for at, hit in enumerate(scene.alike[:3]):
        blocks += [section(hit_said(hit, scene.today)), actions(*_buttons(scene, hit, at))]
    blocks.append(context("None of them? Just answer the question above."))
    return blocks


def _buttons(scene: Scene, hit: Hit, at: int) -> list[Block]:
    id, suffix, linked = scene.decision.id, str(at), hit.number in scene.replaces
    found = (
        [] if counts_no_more(hit) else [button("This settles it", Act.SETTLED_BY, suffix=suffix, d=id, n=hit.number)]
    )
    label = f"It does not replace {hit.name}" if linked else f"It replaces {hit.name}"
    found.append(button(label, Act.REPLACES, suffix=suffix, d=id, n=hit.number, on=not linked))
    if hit.opens is not None:
        found.append(button("Open", Act.SHOW, suffix=f"before{at}", d=hit.opens))
    return found
