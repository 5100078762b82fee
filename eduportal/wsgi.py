"""The portal for an application server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduportal.settings")
application = get_wsgi_application()

# What is loaded stays for good: views now rather than in somebody's first request, and none of it is gone
# through again by each collection, which would be a pause of 0.1 s every few pages.
get_resolver().url_patterns  # noqa: B018 - reading them loads them
gc.collect()
gc.freeze()
