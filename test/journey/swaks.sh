#!/usr/bin/env bash
# The whole course once more, and answers as Thunderbird and Outlook write them, sent by a real mail client over SMTP.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v swaks >/dev/null || { echo "swaks is missing: apt-get install swaks" >&2; exit 1; }
npm run --silent build
JOURNEY_CLIENT=swaks npx vitest run --project whole test/journey/course.test.ts test/journey/doors.test.ts
