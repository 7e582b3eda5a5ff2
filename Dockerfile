# syntax=docker/dockerfile:1
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS packages
COPY requirements/base.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r base.txt

FROM python:${PYTHON}-slim AS portal
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    DATA_DIR=/data \
    STATIC_ROOT=/static
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /data /data/media /data/index
COPY --from=packages /venv /venv
WORKDIR /portal
COPY . .
# Nothing of this is kept: collecting and compiling read no secret and reach no service.
RUN SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(50))') \
    DATABASE_URL=postgres://build@localhost/build \
    BROKER_URL=redis://localhost CACHE_URL=redis://localhost ALLOWED_HOSTS=localhost \
    sh -c 'python manage.py translations compile && python manage.py collectstatic --noinput' \
    && python -m compileall -q /portal
USER portal
VOLUME ["/data/media", "/data/index"]
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "1", "--blocking-threads-idle-timeout", "600", \
     "--log-level", "warning", "portal.wsgi:application"]
