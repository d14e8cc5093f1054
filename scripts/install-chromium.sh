#!/usr/bin/env bash
# Makes sure that chromium is installed, in which the tests open the HTML report. Does nothing where it is; installs
# Debian's package where this may (as root, with apt); says what is missing otherwise.
set -euo pipefail

if command -v chromium >/dev/null; then
  chromium --version
  exit 0
fi

if ! command -v apt-get >/dev/null; then
  echo 'chromium is missing, and there is no apt-get: install it with the package manager of this system.' >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'chromium is missing, and installing it needs root: sudo scripts/install-chromium.sh' >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null
chromium --version
