#!/bin/sh
# replica HOST SHARD: keeps a copy of a shard of HOST and answers from it (docs/SCALE.md).
set -eu
copy=${REPLICA:-/srv/replica/shard}
from="--host $1 --port ${PRIMARY_PORT:-7010} --master $2 --reader-time 0 --quiet"
# Until the primary has written the shard there is nothing to copy.
# shellcheck disable=SC2086
until xapian-replicate $from --one-shot "$copy"; do
    sleep 1
done
# shellcheck disable=SC2086
xapian-replicate $from --interval 5 "$copy" &
exec xapian-tcpsrv --interface 0.0.0.0 --port "${PORT:-7020}" --quiet "$copy"
