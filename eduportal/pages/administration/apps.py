from django.contrib.admin.apps import AdminConfig


class TablesConfig(AdminConfig):
    """Django's admin, with the portal's own site."""

    default_site = "eduportal.pages.administration.site.PortalAdminSite"
