from django.apps import AppConfig


class BaseConfig(AppConfig):
    """What every app stands on: abstract models, text, numbers, form fields, template tags."""

    name = "eduportal.base"
    label = "base"
