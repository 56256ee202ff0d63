-- SPDX-License-Identifier: Apache-2.0
SELECT "case", received, closed, channel, severity, complainant, _line
FROM complaints
