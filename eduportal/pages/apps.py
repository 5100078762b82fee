from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that compose all apps: everybody's home."""

    name = "eduportal.pages"
    label = "pages"
