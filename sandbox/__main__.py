"""`python -m sandbox`: a Slack in the foreground, for any Bolt app in any language."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from sandbox import SLACK_RETRY_DELAYS, Limits, Sandbox
from sandbox.api import coverage
from sandbox.driver import company


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--manifest", help="the app's manifest; without it everything is allowed")
    parser.add_argument("--company", help="workspaces, people and channels, as YAML")
    parser.add_argument("--port", type=int, default=3900)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--events-url", default="", help="where to POST events without a socket")
    parser.add_argument("--no-rates", action="store_true", help="enforce no rate limits")
    parser.add_argument(
        "--check", metavar="FILE", help="say what of an app (manifest, source, folder) is not played here"
    )
    options = parser.parse_args()
    if options.check:
        return check(Path(options.check))
    limits = Limits(rates=not options.no_rates, retry_delays=SLACK_RETRY_DELAYS)
    try:
        people = company.read(options.company) if options.company else company.SMALL
        slack = Sandbox(options.manifest, limits=limits, port=options.port, host=options.host)
        slack.start()
    except (OSError, ValueError) as error:
        print(f"The sandbox did not start: {error}", file=sys.stderr)
        return 1
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        company.settle_in(slack, people)
        slack.send_events_to(options.events_url)
        print(how_to_join(slack), *warnings(slack), sep="\n", flush=True)
        stop.wait()
    finally:
        slack.stop()
    return 0


def check(path: Path) -> int:
    """Say what of an app is not played; 0 if everything is, 1 if something is not, 2 for what cannot be read."""
    try:
        found = coverage.of_file(path)
    except (OSError, ValueError) as error:
        print(f"Nothing was checked: {error}", file=sys.stderr)
        return 2
    print("\n".join(found.lines()) or "Everything in it is played here.")
    return 0 if found.whole else 1


def warnings(slack: Sandbox) -> list[str]:
    """What the app's manifest asks for and will not get."""
    manifest = slack.world.manifest
    found = [f"Not played here: {line}." for line in coverage.of_manifest(manifest).lines()]
    if manifest.is_agent and "assistant:write" not in (manifest.bot_scopes or ()):
        found.append("The manifest has an agent and not assistant:write: its prompts and titles will be refused.")
    return found


def how_to_join(slack: Sandbox) -> str:
    """What to set so that an app talks to this Slack."""
    lines = [f"A local Slack listens on {slack.url}", ""]
    for ws in slack.workspaces:
        lines.append(f"# {ws.name} ({ws.id}): {', '.join(p.name for p in ws.people)}")
        lines.append(f"export SLACK_BOT_TOKEN={ws.bot_token}")
    lines += [
        f"export SLACK_APP_TOKEN={slack.app_token}",
        f"export SLACK_SIGNING_SECRET={slack.signing_secret}",
        f"export SLACK_CLIENT_ID={slack.client_id} SLACK_CLIENT_SECRET={slack.client_secret}",
        f"export SLACK_API_URL={slack.api_url}",
        "",
        'Python  App(client=WebClient(os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"]))',
        "JS      new App({ clientOptions: { slackApiUrl: process.env.SLACK_API_URL }, ... })",
        'Java    slackConfig.setMethodsEndpointUrlPrefix(System.getenv("SLACK_API_URL"))',
        "",
        f"Be a person in the browser: {slack.url}/",
        f"Be a person over HTTP: GET {slack.url}/sandbox, then",
        f'POST {slack.url}/sandbox/people/<id>/command {{"command": "/…", "text": "…", "channel": "C…"}}',
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
