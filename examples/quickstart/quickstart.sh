#!/bin/sh
# The quickstart's four calls. Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's.
set -eu
API_BASE="${PINDOWN_URL:-http://127.0.0.1:8000}/v1"

value_of() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"; }

# 1. Create a Stat Card Pin
answer=$(curl -sS -X POST "$API_BASE/pins" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "data_type": "pin-card",
    "pin_type": "stat-cards",
    "pin_layout": "1x1",
    "content": {
      "cards": [{
        "title": "Total Sales",
        "value": "$12,450",
        "change": "+23.5%",
        "trend": "up"
      }]
    },
    "metadata": {
      "title": "Sales Dashboard",
      "tags": ["sales", "analytics"],
      "is_public": false
    }
  }')
echo "$answer"
pin_id=$(echo "$answer" | value_of pin_id)

# 2. Update Pin Data (Real-time)
curl -sS -X PUT "$API_BASE/pins/$pin_id" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "content": {
      "cards": [{
        "title": "Total Sales",
        "value": "$15,230",
        "change": "+45.2%",
        "trend": "up"
      }]
    }
  }'
echo

# 3. Create a Pinboard Dashboard
answer=$(curl -sS -X POST "$API_BASE/pinboards" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "title": "Marketing Dashboard",
    "description": "Real-time marketing metrics",
    "tags": ["marketing", "kpis"],
    "is_public": false
  }')
echo "$answer"
pinboard_id=$(echo "$answer" | sed 's/"pins".*//' | value_of id)

# 4. Add Pin to Pinboard
curl -sS -X POST "$API_BASE/pinboards/$pinboard_id/pins" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "pin_id": "'"$pin_id"'",
    "position": { "x": 0, "y": 0, "w": 2, "h": 1 }
  }'
echo
