-- SPDX-License-Identifier: Apache-2.0
-- One row for each fine. The log has events only: a fine begins with its first event.
-- It has no day of closing either. The procedure ends when what is due is paid, or when the fine is sent to credit
-- collection; the first of these days is taken (how "what is due" is reckoned stands in acts.sql). A fine that was struck
-- down on appeal has no such event and stays open here.
WITH event AS (
    SELECT *, TRY_CAST("timestamp" AS TIMESTAMPTZ) AS moment FROM events
),
reckoned AS (
    SELECT *,
           last_value(TRY_CAST(amount AS DOUBLE) IGNORE NULLS) OVER so_far
               + coalesce(last_value(TRY_CAST(expense AS DOUBLE) IGNORE NULLS) OVER so_far, 0) AS due,
           last_value(TRY_CAST(totalPaymentAmount AS DOUBLE) IGNORE NULLS) OVER so_far AS paid
    FROM event
    WINDOW so_far AS (PARTITION BY "case" ORDER BY moment, _line ROWS UNBOUNDED PRECEDING)
)
SELECT "case",
       arg_min("timestamp", moment) AS received,
       arg_min("timestamp", moment) FILTER (
           activity = 'Send for Credit Collection' OR (activity = 'Payment' AND paid >= due - 0.015)
       ) AS closed,
       arg_min(article, moment) FILTER (activity = 'Create Fine') AS article,
       arg_min(vehicleClass, moment) FILTER (activity = 'Create Fine') AS vehicle_class,
       arg_min(points, moment) FILTER (activity = 'Create Fine') AS points,
       min(_line) AS _line
FROM reckoned
GROUP BY "case"
ORDER BY min(_line)
