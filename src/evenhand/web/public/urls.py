# SPDX-License-Identifier: Apache-2.0
"""The addresses of the public site."""

from django.urls import path

from evenhand.web.public import backlog, touring, views

urlpatterns = [
    path("", views.rules, name="public_rules"),
    path("rules/<str:digest>/", views.version, name="public_version"),
    path("backlog/", backlog.page, name="public_backlog"),
    path("tour/", touring.tour, name="public_tour"),
]
