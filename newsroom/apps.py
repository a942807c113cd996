from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class DeskConfig(AdminConfig):
    """django.contrib.admin, with the desk as its site."""

    default_site = "newsroom.desk.site.Desk"


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .roles import grant_roles

        # Permissions are rows that migrate makes app by app; this one, the last, completes them.
        post_migrate.connect(grant_roles, sender=self)
