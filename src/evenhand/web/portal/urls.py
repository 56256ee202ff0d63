# SPDX-License-Identifier: Apache-2.0
"""The addresses of the portal."""

from django.urls import path

from evenhand.web.portal import complaining, views

urlpatterns = [
    path("", views.mine, name="portal_due"),
    path("complain/", complaining.begin, name="portal_complain"),
    path("complain/<slug:step>/", complaining.question, name="portal_question"),
    path("m/<slug:slug>/", views.matter, name="portal_matter"),
    path("m/<slug:slug>/do/<slug:act>/", views.act, name="portal_act"),
    path("m/<slug:slug>/step/<slug:step>/", views.step, name="portal_step"),
    path("m/<slug:slug>/letters/<int:n>/", views.letter, name="portal_letter"),
    path("m/<slug:slug>/receipts/", views.receipts, name="portal_receipts"),
    path("m/<slug:slug>/evidence/", views.evidence, name="portal_evidence"),
    path("m/<slug:slug>/evidence/<slug:item>/", views.item, name="portal_item"),
    path("m/<slug:slug>/evidence/<slug:item>/about/", views.item_about, name="portal_item_about"),
    path("m/<slug:slug>/messages/", views.messages, name="portal_messages"),
    path("m/<slug:slug>/companion/", views.companion, name="portal_companion"),
]
