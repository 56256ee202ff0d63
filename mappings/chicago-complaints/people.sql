-- SPDX-License-Identifier: Apache-2.0
-- Officers, who appear as accused and as investigators. Investigators who were civilians are not in the release.
SELECT UID            AS person,
       race,
       gender,
       cleaned_rank   AS rank,
       appointed_date AS appointed_year,
       resignation_date AS resigned_year,
       _line
FROM officers
