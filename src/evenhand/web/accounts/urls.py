# SPDX-License-Identifier: Apache-2.0
"""Addresses of accounts. Of the sign-in library only what we offer: no signing up, no e-mail addresses, no reset by mail."""

from allauth.account import views as theirs
from django.urls import include, path

from evenhand.web.accounts import views
from evenhand.web.provider import views as provider

urlpatterns = [
    path("login/", theirs.login, name="account_login"),
    path("logout/", theirs.logout, name="account_logout"),
    path("inactive/", theirs.account_inactive, name="account_inactive"),
    path("reauthenticate/", theirs.reauthenticate, name="account_reauthenticate"),
    path("password/change/", theirs.password_change, name="account_change_password"),
    # A password without a login opens nothing, so both are set on one page.
    path("password/set/", views.first, name="account_set_password"),
    path("password/reset/", views.reset, name="account_reset_password"),
    path("signup/", views.closed, name="account_signup"),
    path("first/", views.first, name="account_first"),
    path("second-factor/", views.second_factor, name="account_second_factor"),
    path("security/", views.security, name="account_security"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("organisation/", provider.begin, name="provider_begin"),
    path("organisation/back/", provider.back, name="provider_back"),
    path("2fa/", include("allauth.mfa.urls")),
]
