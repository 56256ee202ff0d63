-- SPDX-License-Identifier: Apache-2.0
-- The system wrote down what its clock did as acts of the role clock; they have no actor.
SELECT "case", act, "at", nullif(actor, '') AS actor, role, seq, _line
FROM acts
