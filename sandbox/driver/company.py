"""A company from a file: its workspaces, people and channels.

workspaces:
  - name: Acme
    users: [{name: Ana, tz: America/New_York, title: PM, guest: false, email: ana@acme.test}]
    channels: [{name: checkout, members: [Ana], private: false, bot: true}]
"""

from __future__ import annotations

from pathlib import Path

import yaml

from sandbox.driver.places import Workspace
from sandbox.driver.slack import LocalSlack
from sandbox.world.kinds import Json

SMALL: Json = {
    "workspaces": [
        {
            "name": "Acme",
            "users": [
                {"name": "Ana Souza", "tz": "America/New_York", "admin": True},
                {"name": "Ben Okafor", "tz": "Europe/Berlin"},
                {"name": "Chen Li", "tz": "Asia/Singapore"},
            ],
            "channels": [
                {"name": "general", "members": ["Ana Souza", "Ben Okafor", "Chen Li"]},
                {"name": "checkout", "members": ["Ana Souza", "Ben Okafor"]},
            ],
        }
    ]
}
"""Three people and two channels, for who brings no company of their own."""


def read(path: str | Path) -> Json:
    data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    if not isinstance(data, dict) or not isinstance(data.get("workspaces"), list):
        raise ValueError(f"{path} is not a company: it needs a list called workspaces")
    return data


def settle_in(slack: LocalSlack, company: Json) -> list[Workspace]:
    """Make everybody and everything in it. KeyError for a member nobody knows."""
    made: list[Workspace] = []
    for row in company["workspaces"]:
        ws = slack.workspace(row["name"])
        people = {
            user["name"]: ws.add_user(user["name"], **{k: v for k, v in user.items() if k != "name"})
            for user in row.get("users", [])
        }
        for channel in row.get("channels", []):
            members = [people[name] for name in channel.get("members", [])]
            known = {k: v for k, v in channel.items() if k in ("private", "bot", "general")}
            ws.add_channel(channel["name"], members, **known)
        made.append(ws)
    return made
