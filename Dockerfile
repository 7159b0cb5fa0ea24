# syntax=docker/dockerfile:1
# Two stages: packages are installed where pip is, and only what runs is kept. Exact versions with
# hashes (requirements/), a user without rights, nothing written outside /data.

FROM python:3.11-slim AS build
WORKDIR /src
# "pdf metrics scale" for a large dossier.
ARG EXTRAS="pdf metrics"
COPY requirements requirements
RUN python -m venv /opt/dossier \
 && /opt/dossier/bin/pip install --no-cache-dir --upgrade pip \
 && /opt/dossier/bin/pip install --no-cache-dir --require-hashes \
      -r requirements/default.txt $(for extra in $EXTRAS; do echo "-r requirements/$extra.txt"; done)
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY config config
COPY knowledge knowledge
# What builds comes from the index here and is not kept; nor is what the environment came with, nor
# the packages' own tests (numpy's alone are 20 MB).
RUN /opt/dossier/bin/pip install --no-cache-dir --no-deps . \
 && /opt/dossier/bin/pip uninstall --yes setuptools pip \
 && find /opt/dossier/lib -type d -name tests -prune -exec rm -r {} + \
 && /opt/dossier/bin/python -m compileall -q /opt/dossier/lib

FROM python:3.11-slim
RUN groupadd --gid 10001 dossier \
 && useradd --uid 10001 --gid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin dossier
COPY --from=build /opt/dossier /opt/dossier
ENV PATH=/opt/dossier/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data
USER 10001
WORKDIR /data
VOLUME /data
# SIGTERM: the bot finishes what it holds, within ten seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["dossier"]
CMD ["bot"]
