"""The same with Procrastinate: its own worker, its own tables, jobs that do nothing."""

import asyncio
import time

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.schema import SchemaManager


def drain(url: str, due: int, among: int) -> float:
    """Seconds in which a worker does ``due`` jobs beside ``among`` that are dated for tomorrow."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SchemaManager.get_schema().encode())
        connection.execute("ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER")
        for many, when in ((among, "now() + interval '1 day'"), (due, "now() - interval '1 minute'")):
            connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) "
                f"SELECT 'default', 'tick', {when} FROM generate_series(1, {many})".encode()
            )
        connection.execute("ALTER TABLE procrastinate_jobs ENABLE TRIGGER USER")
        connection.execute("ANALYZE procrastinate_jobs")
    return asyncio.run(_work(url, due))


async def _work(url: str, due: int) -> float:
    app, ran = App(connector=PsycopgConnector(conninfo=url)), 0

    @app.task(name="tick")
    async def tick() -> None:
        nonlocal ran
        ran += 1

    async with app.open_async():
        began = time.perf_counter()
        await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)
        took = time.perf_counter() - began
    if ran != due:
        raise RuntimeError(f"{ran} of {due} were done")
    return took
