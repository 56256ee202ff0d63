# SPDX-License-Identifier: Apache-2.0
"""Each month the office signs what came in by each way against what was entered (M21). In the invented federation they agree."""

from datetime import datetime, timedelta

from evenhand.procedure.opening import enters_as
from evenhand.procedure.reconciling import CHANNELS, entered, months, reconcile, signatures
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

AFTER = timedelta(days=5)
"""So long after the end of a month the office takes to count."""


def sign_months(organisation: Organisation, officers: list[str], *, at: datetime, chance: Chance) -> None:
    """Signs every month that is over for some days and is owed, by an officer who holds the office then."""
    signed, person = signatures(organisation), next((one for one in officers if enters_as(one, at)), "")
    for month in months(at - AFTER) if person else ():
        counts = entered(organisation, month)
        for channel in CHANNELS:
            if (month, channel) not in signed:
                reconcile(
                    organisation, person, month=month, channel=channel, received=counts[channel], at=at, chance=chance
                )
