#!/usr/bin/env bash
# Makes sure that redis-server is installed, which the tests of the Redis store start by themselves. Does nothing where
# it is; installs Debian's or Ubuntu's package where this may (as root, with apt); says what is missing otherwise.
set -euo pipefail

if command -v redis-server >/dev/null; then
  redis-server --version
  exit 0
fi

if ! command -v apt-get >/dev/null; then
  echo 'redis-server (7 or later) is missing, and there is no apt-get: install it with the package manager of this system.' >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'redis-server (7 or later) is missing, and installing it needs root: sudo scripts/install-redis.sh' >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
# A service of the system is not wanted, only the program: the package must not start one.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -qq
apt-get install -qq -y --no-install-recommends redis-server >/dev/null
redis-server --version
