# SPDX-License-Identifier: Apache-2.0
"""The seven questions that an inquiry would ask first, each answered by counting in the tables of the invented organisation."""

from collections.abc import Callable

from evenhand.web.public.answering import Answer, Tour
from evenhand.web.public.answers_matters import where_each_went, who_decided, why_one_and_not_the_other
from evenhand.web.public.answers_texts import any_file, under_which_text, where_is_the_recording, which_dates_were_kept

QUESTIONS: tuple[Callable[[Tour], Answer], ...] = (
    where_each_went,
    who_decided,
    under_which_text,
    why_one_and_not_the_other,
    where_is_the_recording,
    which_dates_were_kept,
    any_file,
)
"""In the order in which an inquiry would ask them."""
