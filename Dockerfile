# Threshold in a container: `docker build -t threshold .`, then `docker run --env-file .env -v threshold:/data threshold`.
#
# A build that is the same tomorrow names its base by digest: `docker buildx imagetools inspect python:3.13-slim` says it,
# --build-arg BASE=python:3.13-slim@sha256:… takes it. docs/operations.md has how it is renewed.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
COPY requirements.lock /tmp/requirements.lock
# A venv without pip in it, filled from outside: wheels only, each held to its hash.
RUN python -m venv --without-pip /opt/venv \
 && python -m pip --python /opt/venv/bin/python install --no-cache-dir --only-binary :all: --require-hashes -r /tmp/requirements.lock

FROM ${BASE}
RUN python -m pip uninstall --yes pip \
 && groupadd --gid 10001 threshold \
 && useradd --uid 10001 --gid threshold --home-dir /data --create-home --shell /usr/sbin/nologin threshold
COPY --from=build /opt/venv /opt/venv
COPY app /opt/threshold/app
COPY migrations /opt/threshold/migrations
COPY LICENSE /opt/threshold/LICENSE
# Which commit it is: docker build --build-arg REVISION=$(git rev-parse HEAD). Said by --version and by /metrics.
ARG REVISION=unknown
LABEL org.opencontainers.image.revision=$REVISION
RUN echo "$REVISION" > /opt/threshold/app/REVISION \
 && PYTHONPATH=/opt/threshold /opt/venv/bin/python -m compileall -q /opt/threshold/app

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/threshold \
    PYTHONSAFEPATH=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/threshold.db \
    THRESHOLD_HOST=0.0.0.0 \
    PORT=3000
USER threshold
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "app"]
CMD ["run"]
