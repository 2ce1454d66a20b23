#!/bin/sh
# Data stored once, and a pin that draws from it. Needs PINDOWN_API_KEY; PINDOWN_URL names another server than
# this machine's.
set -eu
API_BASE="${PINDOWN_URL:-http://127.0.0.1:8000}/v1"

# What a text would say
curl -sS -X POST "$API_BASE/templates/preview" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"template": "Sold {{total | currency(EUR)}}", "data": {"total": 12450.5}}'
echo

# The data
curl -sS -X POST "$API_BASE/datasets" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"name": "Bakery", "data": {"total": 12450.5, "shops": [{"name": "Harbour", "sold": 412}, {"name": "Station", "sold": 390}]}}'
echo

# A pin that draws from it
curl -sS -X POST "$API_BASE/pins" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "pin_type": "markdown",
    "metadata": {"title": "Sold today: {{bakery.total | currency(EUR, 0)}}"},
    "content": {"content": "{{#each bakery.shops | sort(sold, desc)}}\n- **{{name}}** {{sold}}\n{{/each}}\n\n{{#if bakery.total > 10000}}\nA good day.\n{{/if}}\n"}
  }'
echo

# New data: the pin changes with it
curl -sS -X PATCH "$API_BASE/datasets/bakery" \
  -H "Authorization: Bearer $PINDOWN_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"data": {"total": 9000}}'
echo
