#!/bin/sh
# A pin with blocks: a text, some code, a picture that is uploaded, and a note that depends on a dataset.
# Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's.
#
#   pin-with-blocks.sh PICTURE
set -eu
[ $# -eq 1 ] || { sed -n '2,6p' "$0"; exit 2; }
API_BASE="${PINDOWN_URL:-http://127.0.0.1:8000}/v1"

ask() { curl -sS -X "$1" "$API_BASE$2" -H "Authorization: Bearer $PINDOWN_API_KEY" -H "Content-Type: application/json" -d "$3"; echo; }
id_of() { sed 's/.*"id":"\([^"]*\)".*/\1/'; }

# A simple pin
pin=$(ask POST /pins '{ "title": "Ovens", "pin_type": "score-gauge", "content": { "score": 72 } }' | sed 's/.*"pin_id":"\([^"]*\)".*/\1/')

# A text and some code
ask POST "/pins/$pin/blocks" '{
  "name": "This week",
  "type": "markdown",
  "content": { "text": "The second oven is **back**." }
}'
ask POST "/pins/$pin/blocks" '{
  "type": "code",
  "content": { "code": "SELECT avg(heat) FROM ovens;", "language": "sql" }
}'

# A picture
file=$(curl -sS "$API_BASE/files" -H "Authorization: Bearer $PINDOWN_API_KEY" -F "file=@$1" | id_of)
ask POST "/pins/$pin/blocks" '{
  "type": "image",
  "content": { "file_id": "'"$file"'", "alt": "The second oven", "width": "60%" }
}'

# A note that depends on a dataset
ask POST /datasets '{ "name": "Ovens", "data": { "heat": 240 } }' > /dev/null
ask POST "/pins/$pin/blocks" '{
  "type": "conditional",
  "content": { "when": "ovens.heat > 230", "then": "Too hot: {{ovens.heat}} °C", "else": "All is well." }
}'
