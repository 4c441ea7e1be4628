#!/usr/bin/env bash
# install.sh COMMAND PACKAGE…: installs Debian packages unless the command is there. Where that cannot be
# done it says why and exits with 3.
set -uo pipefail
command=$1
shift
PATH=$PATH:/usr/sbin:/sbin
command -v "$command" >/dev/null && exit 0
if ! command -v apt-get >/dev/null; then
  echo "SKIPPED: there is no $command, and no apt-get to install $*"
  exit 3
fi
root=()
if [ "$(id -u)" != 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "SKIPPED: there is no $command, and only root may install $*"
    exit 3
  fi
  root=(sudo -n)
fi
log=$(mktemp)
if { "${root[@]}" apt-get update && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
  rm "$log"
  exit 0
fi
tail -n 3 "$log"
rm "$log"
echo "SKIPPED: apt-get could not install $*"
exit 3
