#!/bin/sh
# Values pushed by programs that know nothing of pins. Needs PINDOWN_API_KEY; PINDOWN_URL names another
# server than this machine's.
set -eu
API_BASE="${PINDOWN_URL:-http://127.0.0.1:8000}/v1"

# The first push makes the pin, the next ones set its value
curl -sS "$API_BASE/push/ovens-hot" -H "Authorization: Bearer $PINDOWN_API_KEY" -d 3
echo
curl -sS "$API_BASE/push/ovens-hot" -H "Authorization: Bearer $PINDOWN_API_KEY" -d 4
echo

# A table out of CSV
printf 'shop,sold\nHarbour,412\nStation,390\n' |
  curl -sS "$API_BASE/push/sold-today" -H "Authorization: Bearer $PINDOWN_API_KEY" \
    -H "Content-Type: text/csv" --data-binary @-
echo

# A secret address for a sensor, in place of a key
pin=$(curl -sS "$API_BASE/push/ovens-hot" -H "Authorization: Bearer $PINDOWN_API_KEY" -d 4 |
  sed 's/.*"id":"\(p-[a-z0-9]*\)".*/\1/')
address=$(curl -sS -X POST "$API_BASE/pins/$pin/push-addresses" -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" -d '{"name": "oven sensor"}' | sed 's/.*"url":"\([^"]*\)".*/\1/')
curl -sS "$address" -d 5
echo
