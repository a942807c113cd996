"""Public files on their way: staged by a publication, and put in place once it is committed."""

from __future__ import annotations

from django.db import models


class PendingFile(models.Model):
    """A file that a published version names and that may not be in the public folder yet.

    The row is gone as soon as the file is there; `articles/public_files.py` sees to that.
    """

    name = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    origin = models.CharField(max_length=200, help_text="Its name in the desk's own folder.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
