-- SPDX-License-Identifier: Apache-2.0
-- One row for each complaint. A complaint can have several complainants, a case has one value: the recorded race where
-- all complainants with a recorded race agree, "several" where they differ, empty where none is recorded.
-- Witnesses stand in the same file and are not complainants.
WITH complainant AS (
    SELECT cr_id,
           CASE WHEN min(race) = max(race) THEN min(race) WHEN min(race) <> max(race) THEN 'several' END AS race,
           CASE WHEN min(gender) = max(gender) THEN min(gender) WHEN min(gender) <> max(gender) THEN 'several' END AS gender,
           count(*) AS complainants
    FROM complainants
    WHERE party_subtype IS DISTINCT FROM 'Witness'
    GROUP BY cr_id
)
SELECT complaints.cr_id       AS "case",
       complaint_date         AS received,
       closed_date            AS closed,
       incident_date,
       complainant.race       AS complainant_race,
       complainant.gender     AS complainant_gender,
       complainant.complainants,
       complaints._line
FROM complaints
LEFT JOIN complainant USING (cr_id)
