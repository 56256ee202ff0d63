# SPDX-License-Identifier: Apache-2.0
"""What a server runs: `gunicorn evenhand.web.wsgi`, with `EVENHAND_DIR` naming the organisation's folder."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")

application = get_wsgi_application()
