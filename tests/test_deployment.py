"""compose.yml and docs/kubernetes.yaml are documentation that is tried: what they name is there."""

import os
import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from sqlalchemy import make_url, text

from app import __main__ as command_line
from app import __version__
from app.commands import run as run_command
from app.configured import CannotStart
from app.db.session import Database
from app.schema import migrate
from app.settings import Settings
from app.slack.http import web_app
from app.starting import check_rights
from tests.databases import HAS_POSTGRESQL, Servers

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yml").read_text())
KUBERNETES: list[dict[str, Any]] = list(yaml.safe_load_all((ROOT / "docs/kubernetes.yaml").read_text()))
SETTINGS = {name.upper() for name in Settings.model_fields}


def of(kind: str) -> dict[str, Any]:
    (found,) = [one for one in KUBERNETES if one["kind"] == kind]
    return found


def container(kind: str) -> dict[str, Any]:
    (found,) = of(kind)["spec"]["template"]["spec"]["containers"]
    return dict(found)


def ours() -> list[dict[str, Any]]:
    return [service for service in COMPOSE["services"].values() if "build" in service]


def urls() -> list[str]:
    return [service["environment"]["DATABASE_URL"] for service in ours()] + [of("Secret")["stringData"]["DATABASE_URL"]]


def test_every_setting_that_they_name_is_one() -> None:
    named = set(of("Secret")["stringData"]) | {one["name"] for one in container("Deployment")["env"]}
    for service in ours():
        named |= set(service["environment"])
    assert named - SETTINGS == {"PGPASSWORD"}, "which is the driver's own"


def test_every_command_that_they_give_is_one() -> None:
    given = [service["command"] for service in ours()]
    given += [container("Job")["args"], container("Deployment")["args"]]
    for one in given:
        assert command_line._parser().parse_args(one).run is not None
    assert [one[0] for one in given] == ["migrate", "run", "migrate", "run"]


def test_their_databases_can_be_opened_by_the_driver_that_we_ship() -> None:
    for url in urls():
        db = Database(url)
        assert db.engine.driver == "psycopg"
        db.close()


def test_the_password_stands_beside_the_url_where_no_character_of_it_means_anything() -> None:
    for url in urls():
        assert make_url(url).password is None
        assert "$" not in url
    assert COMPOSE["services"]["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${DATABASE_PASSWORD:?")
    for service in ours():
        assert service["environment"]["PGPASSWORD"] == "${DATABASE_PASSWORD}"
    assert of("Secret")["stringData"]["PGPASSWORD"]


if HAS_POSTGRESQL:

    def test_the_driver_takes_the_password_of_any_characters_from_the_environment(
        servers: Servers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server, password = servers.of("postgresql"), "p@ss/w:rd#?%40$ ü"
        url = server.url()
        monkeypatch.setenv("PGPASSWORD", password)
        with closing(Database(without_password(url))) as db, db.engine.connect() as connection:
            line: Any = connection.connection.driver_connection
            assert line.info.password == password
        server.drop(url)


def without_password(url: str) -> str:
    parsed = make_url(url)
    return parsed._replace(password=None).render_as_string(hide_password=False)


def test_the_schema_is_migrated_before_anybody_runs() -> None:
    waits = COMPOSE["services"]["threshold"]["depends_on"]
    assert waits == {"migrate": {"condition": "service_completed_successfully"}}
    assert COMPOSE["services"]["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_probes_ask_what_there_is_on_the_port_that_is_listened_on() -> None:
    found = container("Deployment")
    paths = {rule.rule for rule in web_app(None, lambda: None).url_map.iter_rules()}
    (port,) = found["ports"]
    assert {one["name"]: one["value"] for one in found["env"]}["PORT"] == str(port["containerPort"])
    for probe, path in (("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")):
        asked = found[probe]["httpGet"]
        assert asked["path"] == path
        assert path in paths
        assert asked["port"] == port["name"]
    (service,) = of("Service")["spec"]["ports"]
    assert service["targetPort"] == port["name"]


def test_both_wait_until_what_is_in_hand_is_done() -> None:
    pod = of("Deployment")["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] >= 3 + run_command.PATIENCE
    assert int(COMPOSE["services"]["threshold"]["stop_grace_period"].rstrip("s")) > run_command.PATIENCE
    assert COMPOSE["services"]["threshold"]["deploy"]["replicas"] >= 2


def test_labels_and_names_agree() -> None:
    labels = of("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert of("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert of("Service")["spec"]["selector"] == labels
    assert of("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    for kind in ("Job", "Deployment"):
        assert container(kind)["envFrom"] == [{"secretRef": {"name": of("Secret")["metadata"]["name"]}}]


def test_the_image_runs_as_the_user_that_it_has() -> None:
    made = (ROOT / "Dockerfile").read_text()
    user = of("Deployment")["spec"]["template"]["spec"]["securityContext"]["runAsUser"]
    assert f"--uid {user} " in made
    assert f"PORT={container('Deployment')['ports'][0]['containerPort']}" in made


def test_both_pods_meet_the_restricted_profile() -> None:
    """Kubernetes' Pod Security Standards, the strictest of the three."""
    for kind in ("Job", "Deployment"):
        pod = of(kind)["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        inside = container(kind)["securityContext"]
        assert inside["allowPrivilegeEscalation"] is False
        assert inside["capabilities"] == {"drop": ["ALL"]}
        assert inside["readOnlyRootFilesystem"] is True
        assert pod["enableServiceLinks"] is False, "a Service called threshold would set settings of its own"
        assert container(kind)["image"] == f"threshold:{__version__}", "never “latest”"
    assert {"name": "tmp", "mountPath": "/tmp"} in container("Deployment")["volumeMounts"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert container("Deployment")[probe]["timeoutSeconds"] >= 1


def test_the_image_imports_nothing_from_its_data() -> None:
    assert "PYTHONSAFEPATH=1" in (ROOT / "Dockerfile").read_text()


def test_the_example_of_the_settings_names_each_of_them_and_sets_none() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert "chmod 0600 .env" in lines[0]
    assert {line[1:].partition("=")[0] for line in lines if re.match(r"#[A-Z_]+=", line)} == SETTINGS
    assert all(line.startswith("#") or not line for line in lines)


def test_the_unit_of_systemd_gives_commands_that_there_are_and_the_time_to_stop() -> None:
    unit = (ROOT / "docs/threshold.service").read_text()
    for command in re.findall(r"bin/threshold (\w+)", unit):
        assert command_line._parser().parse_args([command]).run is not None
    assert int(re.findall(r"TimeoutStopSec=(\d+)", unit)[0]) > run_command.PATIENCE


def test_the_front_of_compose_leads_to_our_port_and_is_there_for_http_alone() -> None:
    front, conf = COMPOSE["services"]["front"], (ROOT / "docs/compose.Caddyfile").read_text()
    assert front["profiles"] == ["http"]
    assert [name for name, one in COMPOSE["services"].items() if "profiles" in one] == ["front"]
    assert "./docs/compose.Caddyfile:/etc/caddy/Caddyfile:ro" in front["volumes"]
    port = re.findall(r"PORT=(\d+)", (ROOT / "Dockerfile").read_text())[0]
    assert f"dynamic a threshold {port} " in conf
    assert "threshold" in COMPOSE["services"]
    assert f"{{${next(iter(front['environment']))}:" in conf
    named = {one.partition(":")[0] for one in front["volumes"]} - {"./docs/compose.Caddyfile"}
    assert named <= COMPOSE["volumes"].keys()


def test_a_build_can_name_its_base_by_digest_and_says_its_commit() -> None:
    made = (ROOT / "Dockerfile").read_text()
    given = set(re.findall(r"^ARG (\w+)=", made, re.MULTILINE))
    assert set(re.findall(r"^FROM (\S+)", made, re.MULTILINE)) == {"${BASE}"}
    for service in ours():
        assert service["build"]["args"].keys() == given
        assert service["build"]["args"]["BASE"].endswith(re.findall(r"^ARG BASE=(\S+)", made, re.MULTILINE)[0] + "}")


CADDY = shutil.which("caddy")


@pytest.mark.skipif(CADDY is None, reason="caddy is not installed here: apt-get install caddy, and this is tried too")
@pytest.mark.parametrize("name", ["Caddyfile", "compose.Caddyfile"])
def test_caddy_takes_its_settings(tmp_path: Path, name: str) -> None:
    assert CADDY is not None
    conf = (ROOT / "docs" / name).read_text()
    if "2.6." in subprocess.run([CADDY, "version"], capture_output=True, text=True, check=True).stdout:
        conf = conf.replace("request_buffers 3MB", "buffer_requests")
    (tmp_path / "Caddyfile").write_text(conf)
    given = [CADDY, "validate", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    env = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    said = subprocess.run(given, capture_output=True, text=True, check=False, env=env)
    assert said.returncode == 0, said.stderr


NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed here: apt-get install nginx, and this is tried too")
def test_nginx_takes_its_settings(tmp_path: Path) -> None:
    assert NGINX is not None
    given = [NGINX, "-t", "-p", str(tmp_path), "-c", str(ROOT / "docs/nginx.conf"), "-g", f"pid {tmp_path}/pid;"]
    said = subprocess.run(given, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


PROMTOOL = shutil.which("promtool")


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed here: apt-get install prometheus")
def test_promtool_takes_the_alarms() -> None:
    assert PROMTOOL is not None
    given = [PROMTOOL, "check", "rules", str(ROOT / "docs/prometheus/alerts.yml")]
    said = subprocess.run(given, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


KUBECTL = shutil.which("kubectl")


@pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed here")
def test_kustomize_puts_an_image_and_a_namespace_over_all_of_it() -> None:
    assert KUBECTL is not None
    said = subprocess.run([KUBECTL, "kustomize", str(ROOT / "docs")], capture_output=True, text=True, check=True).stdout
    made = list(yaml.safe_load_all(said))
    assert {one["kind"] for one in made} == {one["kind"] for one in KUBERNETES}
    assert {one["metadata"]["namespace"] for one in made} == {"threshold"}
    images = {
        inside["image"]
        for one in made
        if "template" in one.get("spec", {})
        for inside in one["spec"]["template"]["spec"]["containers"]
    }
    assert images == {f"registry.example.com/threshold:{__version__}"}


if HAS_POSTGRESQL:

    def test_the_rights_that_the_docs_grant_are_enough_to_run_also_after_an_upgrade(servers: Servers) -> None:
        roles, ahead, after = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/network.md").read_text(), re.DOTALL)
        server = servers.of("postgresql")
        base = make_url(server.url(migrated=False))

        def url(user: str) -> str:
            there = base.set(username=user, database="threshold")
            return there.render_as_string(hide_password=False)

        def do(address: str, statements: str) -> None:
            with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as line:
                for one in statements.split(";\n"):
                    line.execute(one.encode())

        admin = base.render_as_string(hide_password=False)
        do(admin, roles)
        try:
            do(url("threshold_owner"), ahead)
            with closing(Database(url("threshold_owner"))) as owner:
                assert migrate(owner)
            with closing(Database(url("threshold"))) as db:
                check_rights(db, url("threshold"))
                with db.begin() as session:
                    session.execute(text("INSERT INTO workspace (id, next_number, created_at) VALUES ('T1', 1, now())"))
            do(url("threshold_owner"), "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM threshold")
            with closing(Database(url("threshold"))) as db, pytest.raises(CannotStart, match="does not let its user"):
                check_rights(db, url("threshold"))
            do(url("threshold_owner"), after)
            with closing(Database(url("threshold"))) as db:
                check_rights(db, url("threshold"))
        finally:
            do(admin, "DROP DATABASE threshold WITH (FORCE);\nDROP ROLE threshold;\nDROP ROLE threshold_owner")
            server.drop(server.url(migrated=False))
