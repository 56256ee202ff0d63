-- SPDX-License-Identifier: Apache-2.0
-- What is known to have been done: received, assigned to an investigator, closed. The source has days, no times.
-- assigned_date was written with two digits for the year. The release reads them as 2000 to 2099; a few therefore lie after
-- the release itself (2020-06-17 for a complaint of 2002 and the like). What was meant cannot be told, so the date stays as
-- it is given, and examining lists it as doubtful by `as_of` of mapping.toml.
SELECT cr_id AS "case", 'receive' AS act, complaint_date AS at, NULL AS actor, 'register' AS role,
       NULL AS investigator_type, _file, _line
FROM complaints
UNION ALL
SELECT cr_id, 'assign', assigned_date, UID, 'investigator', investigator_type, _file, _line
FROM investigators
UNION ALL
SELECT cr_id, 'close', closed_date, NULL, 'register', NULL, _file, _line
FROM complaints
WHERE closed_date IS NOT NULL
