# SPDX-License-Identifier: Apache-2.0
"""The addresses of the desk."""

from django.urls import path

from evenhand.web.desk import (
    backlog,
    before,
    docket,
    entering,
    listing,
    promising,
    quality,
    reconciling,
    retention,
    views,
    writing_rules,
)

urlpatterns = [
    path("", docket.due, name="desk_due"),
    path("matters/", listing.matters, name="desk_matters"),
    path("matters/export/", listing.export, name="desk_export"),
    path("enter/", entering.begin, name="desk_enter"),
    path("enter/<slug:step>/", entering.question, name="desk_enter_question"),
    path("before/", before.listed, name="desk_before"),
    path("before/<slug:slug>/", before.one, name="desk_before_one"),
    path("backlog/", backlog.page, name="desk_backlog"),
    path("retention/", retention.listed, name="desk_retention"),
    path("promises/", promising.page, name="desk_promises"),
    path("quality/", quality.page, name="desk_quality"),
    path("reconciliation/", reconciling.listed, name="desk_reconciliation"),
    path("reconciliation/<slug:month>/<slug:channel>/", reconciling.one, name="desk_reconcile"),
    path("rules/", views.rules, name="desk_rules"),
    path("rules/new/", writing_rules.write, name="desk_rules_new"),
    path("rules/proposed/<slug:ident>/", writing_rules.proposed, name="desk_rules_proposed"),
    path("m/<slug:slug>/", views.matter, name="desk_matter"),
    path("m/<slug:slug>/decisions/<slug:ident>/", views.decision, name="desk_decision"),
    path("m/<slug:slug>/queue/", views.queue, name="desk_queue"),
    path("m/<slug:slug>/do/<slug:act>/", views.act, name="desk_act"),
    path("m/<slug:slug>/step/<slug:step>/", views.step, name="desk_step"),
    path("m/<slug:slug>/vote/<slug:proposal>/", views.vote, name="desk_vote"),
    path("m/<slug:slug>/declare/", views.sheet, name="desk_sheet"),
    path("m/<slug:slug>/stand-back/", views.stand_back, name="desk_stand_back"),
    path("m/<slug:slug>/letters/<int:n>/", views.letter, name="desk_letter"),
    path("m/<slug:slug>/receipts/", views.receipts, name="desk_receipts"),
    path("m/<slug:slug>/evidence/", views.evidence, name="desk_evidence"),
    path("m/<slug:slug>/evidence/<slug:item>/", views.item, name="desk_item"),
    path("m/<slug:slug>/evidence/<slug:item>/about/", views.item_about, name="desk_item_about"),
    path("m/<slug:slug>/messages/", views.messages, name="desk_messages"),
    path("m/<slug:slug>/evidence/<slug:item>/give/", views.serve, name="desk_serve"),
]
