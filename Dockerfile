# The portal as an image: one for the site, the worker and the clock (docker-compose.yml tells them apart).
FROM python:3.12.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 EDUPORTAL_MODE=production EDUPORTAL_DATA=/data

# Pango sets the PDFs, Liberation is the metric twin of Times New Roman, gettext compiles the translations.
# Tesseract recognises scans, LibreOffice reads .doc; without them the portal says so and works.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-liberation2 gettext \
        tesseract-ocr tesseract-ocr-vie libreoffice-writer-nogui \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/eduportal
COPY requirements.lock .
RUN pip install --no-cache-dir --no-deps --require-hashes --only-binary=:all: -r requirements.lock && pip check

COPY . .
RUN for catalogue in locale/*/LC_MESSAGES/*.po; do msgfmt --check-format -o "${catalogue%.po}.mo" "$catalogue"; done \
    && useradd --system --uid 10001 --home-dir /data eduportal \
    && install --directory --owner eduportal --group eduportal /data
USER eduportal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "eduportal.wsgi", "--bind", "0.0.0.0:8000"]
