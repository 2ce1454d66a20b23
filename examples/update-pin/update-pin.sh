#!/bin/sh
# The calls of "Update Pin". Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's.
#
#   update-pin.sh STAT_CARD_PIN TABLE_PIN
set -eu
[ $# -eq 2 ] || { sed -n '2,4p' "$0"; exit 2; }
API_BASE="${PINDOWN_URL:-http://127.0.0.1:8000}/v1"
stat_pin=$1
table_pin=$2

# Metadata Update Example
curl -sS -X PUT "$API_BASE/pins/$stat_pin" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "metadata": {
      "title": "Updated Dashboard Title",
      "tags": ["sales", "updated", "q4"]
    }
  }'
echo

# Pin Card Content Update
curl -sS -X PUT "$API_BASE/pins/$stat_pin" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "metadata": {
      "pin_config": {
        "cards": [{
          "title": "Total Sales",
          "value": "$145,890",
          "change": "+32.1%",
          "trend": "up"
        }]
      }
    }
  }'
echo

# Permissions Update
curl -sS -X PUT "$API_BASE/pins/$stat_pin" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "is_public": true,
    "allow_comments": true,
    "require_sign_in": false
  }'
echo

# Update Stat Card Value (Real-time)
curl -sS -X PUT "$API_BASE/pins/$stat_pin" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "metadata": {
      "pin_config": {
        "cards": [{
          "title": "Live Users",
          "value": "1,234",
          "change": "+5.2%",
          "trend": "up"
        }]
      }
    }
  }'
echo

# Update Table Data
curl -sS -X PUT "$API_BASE/pins/$table_pin" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "metadata": {
      "pin_config": {
        "columns": [
          { "id": "product", "label": "Product", "type": "text" },
          { "id": "sales", "label": "Sales", "type": "number" }
        ],
        "rows": [
          { "product": "Widget A", "sales": 1520 },
          { "product": "Widget B", "sales": 980 }
        ]
      }
    }
  }'
echo

# Update Only Metadata
curl -sS -X PUT "$API_BASE/pins/$stat_pin" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "metadata": {
      "title": "Q4 Revenue Dashboard",
      "tags": ["revenue", "q4", "2024"]
    }
  }'
echo
