# SPDX-License-Identifier: Apache-2.0
"""The SQL that reads a day or an instant out of whatever a mapping gave, in the local time of the connection."""

from collections.abc import Sequence
from datetime import date

from evenhand.examine.quoting import text, texts

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
# A time of day followed by Z or an offset. Without the colon the end of 2020-02-01 would pass for one.
OFFSET = r":\d{2}(\.\d+)?\s*(Z|[+-]\d{2}(:?\d{2})?)$"


def moment(column: str, kind: str, formats: Sequence[str]) -> str:
    """An expression of type TIMESTAMP, local wall time; NULL where the value cannot be read.

    `kind` is the type of the column. A TIMESTAMPTZ, or a text with an offset, is turned into local time;
    a text without one is local already. ISO is tried first, then `formats` in their order.
    """
    if kind.startswith("TIMESTAMP") or kind == "DATE":
        return f"CAST({column} AS TIMESTAMP)"
    value = f"trim({column})" if kind == "VARCHAR" else f"CAST({column} AS VARCHAR)"
    iso = (
        f"CASE WHEN length({value}) > 16 AND regexp_matches({value}, {text(OFFSET)}) "
        f"THEN CAST(TRY_CAST({value} AS TIMESTAMPTZ) AS TIMESTAMP) ELSE TRY_CAST({value} AS TIMESTAMP) END"
    )
    if not formats:
        return iso
    # 03-04-21 passes for a day of the year 3: what ISO reads so is left to the formats, and to ISO only if none fits.
    named = f"CAST(try_strptime({value}, {texts(formats)}) AS TIMESTAMP)"
    return f"coalesce(CASE WHEN {plausible(iso)} THEN {iso} END, {named}, {iso})"


def day(column: str, kind: str, formats: Sequence[str]) -> str:
    """An expression of type DATE, the local day; NULL where the value cannot be read."""
    if kind == "DATE":
        return column
    whole = f"CAST({moment(column, kind, formats)} AS DATE)"
    if kind != "VARCHAR":
        return whole
    plain = f"TRY_CAST({column} AS DATE)"
    return f"CASE WHEN length({column}) <= 10 AND {plausible(plain)} THEN {plain} ELSE {whole} END"


def plausible(value: str) -> str:
    """Whether a day or instant can be one of any history that was kept in a file."""
    return f"CAST({value} AS DATE) BETWEEN DATE '{FIRST_DAY}' AND DATE '{LAST_DAY}'"
