#!/usr/bin/env bash
# Makes sure that Python 3 can make a virtual environment with pip, which the tests of the fixes for Flask do by
# themselves. Does nothing where it can; installs Debian's or Ubuntu's packages where this may (as root, with apt); says
# what is missing otherwise.
set -euo pipefail

if command -v python3 >/dev/null && python3 -c 'import ensurepip, venv' 2>/dev/null; then
  python3 --version
  exit 0
fi

if ! command -v apt-get >/dev/null; then
  echo 'python3 with venv and pip is missing, and there is no apt-get: install it with the package manager of this system.' >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'python3 with venv and pip is missing, and installing it needs root: sudo scripts/install-python.sh' >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends python3 python3-venv >/dev/null
python3 --version
