from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve

urlpatterns: list[URLPattern | URLResolver] = [path("", include("articles.urls"))]

if settings.SERVES_DESK:
    urlpatterns.append(path("desk/", admin.site.urls))

# A larger newsroom's web server answers this address before Django does.
urlpatterns.append(
    re_path(
        r"^media/(?P<path>(?:pictures|notebook)/[\w.-]+)$",
        serve,
        {"document_root": settings.MEDIA_ROOT / "public"},
    )
)

handler404 = "articles.views.not_found"
