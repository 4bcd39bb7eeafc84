"""Why the assistant's check left a sentence out."""

WHY_DROPPED = {
    "approval": "that somebody approved, signed, agreed or decided stands in the record alone, not in a thread",
    "name": "it names somebody who stands in none of its sources",
    "direction": "its source says that it went the other way",
    "negation": "its source says the opposite",
}
NO_SOURCE = "no source says it"
