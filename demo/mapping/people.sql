-- SPDX-License-Identifier: Apache-2.0
SELECT member AS person, branch, slate, joined, office, _line
FROM members
