-- SPDX-License-Identifier: Apache-2.0
-- One row for each event, under the name that the rulebook has for it. An activity that is not in the list keeps its own
-- name, and the replay then says that the rulebook knows no such act.
-- A payment ends the procedure only if it covers what is due. What is due is the amount last set (the penalty sets it anew)
-- and the expense of sending; what has been paid stands with each payment. The source rounds to a cent, hence the 0.015.
-- Events of one moment keep the order of the file.
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
       CASE activity
           WHEN 'Create Fine' THEN 'create'
           WHEN 'Send Fine' THEN 'send'
           WHEN 'Insert Fine Notification' THEN 'notify'
           WHEN 'Add penalty' THEN 'add_penalty'
           WHEN 'Payment' THEN CASE WHEN paid >= due - 0.015 THEN 'pay' ELSE 'pay_part' END
           WHEN 'Insert Date Appeal to Prefecture' THEN 'appeal_to_prefecture'
           WHEN 'Send Appeal to Prefecture' THEN 'forward_appeal'
           WHEN 'Receive Result Appeal from Prefecture' THEN 'receive_result'
           WHEN 'Notify Result Appeal to Offender' THEN 'notify_result'
           WHEN 'Appeal to Judge' THEN 'appeal_to_judge'
           WHEN 'Send for Credit Collection' THEN 'collect'
           ELSE activity
       END AS act,
       "timestamp" AS at,
       CASE WHEN activity = 'Create Fine' THEN resource END AS actor,
       CASE
           WHEN activity IN ('Payment', 'Insert Date Appeal to Prefecture', 'Appeal to Judge') THEN 'offender'
           WHEN activity = 'Receive Result Appeal from Prefecture' THEN 'prefecture'
           ELSE 'police'
       END AS role,
       _line
FROM reckoned
ORDER BY _line
