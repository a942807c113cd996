from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("articles.front.urls"))]

if settings.SERVES_DESK:
    urlpatterns.append(path("desk/", admin.site.urls))

handler404 = "articles.front.faults.not_found"
handler500 = "articles.front.faults.fault"
