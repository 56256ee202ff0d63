-- SPDX-License-Identifier: Apache-2.0
SELECT "case", member AS person, clause, finding, recommended, sanction, reasons, _line
FROM answers
