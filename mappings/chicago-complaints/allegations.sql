-- SPDX-License-Identifier: Apache-2.0
-- One row for each officer and complaint. The code is the clause (where the code book changed its wording, the code is the
-- same and the category differs). The sanction is the last one known; its spelling varies in the source and is kept.
SELECT cr_id              AS "case",
       UID                AS person,
       complaint_code     AS clause,
       complaint_category AS category,
       final_finding      AS finding,
       recc_finding       AS recommended,
       final_outcome      AS sanction,
       recc_outcome       AS recommended_sanction,
       _line
FROM accused
