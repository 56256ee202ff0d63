-- SPDX-License-Identifier: Apache-2.0
-- Who stood in which case, and from when: respondents while the complaint was open, investigators from their assignment.
SELECT 'respondent' AS kind, accused.UID AS a, accused.cr_id AS b,
       complaint_date AS since, closed_date AS until, 'accused' AS source, accused._file, accused._line
FROM accused
LEFT JOIN complaints USING (cr_id)
UNION ALL
SELECT 'assigned', investigators.UID, investigators.cr_id, assigned_date, NULL, 'investigators', investigators._file,
       investigators._line
FROM investigators
