#!/usr/bin/env bash
# Installs PgBouncer from Debian's or Ubuntu's packages, for the test of the PostgreSQL store behind it. Without root or
# apt it says what is missing and changes nothing; the test is skipped then, and fails where CI is set.
set -euo pipefail

if command -v pgbouncer > /dev/null || [ -x /usr/sbin/pgbouncer ]; then
  echo 'PgBouncer is installed.'
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo 'PgBouncer is missing. Install it by your package manager, or run this script as root on Debian or Ubuntu.' >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
# Only the binary is wanted: a policy of 101 keeps the package from starting a service of its own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends pgbouncer
