"""The calls of "Update Pin" with the Python client.

    python update-pin.py STAT_CARD_PIN TABLE_PIN

Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's.
"""
# The guide's own form.
# fmt: off

import json
import os
import sys

from pindown import Pindown

client = Pindown(api_key=os.environ.get('PINDOWN_API_KEY'))

stat_pin, table_pin = sys.argv[1:]

# Metadata Update Example
print(json.dumps(client.pins.update(stat_pin, {
    'metadata': {
        'title': 'Updated Dashboard Title',
        'tags': ['sales', 'updated', 'q4']
    }
})))

# Pin Card Content Update
print(json.dumps(client.pins.update(stat_pin, {
    'metadata': {
        'pin_config': {
            'cards': [{
                'title': 'Total Sales',
                'value': '$145,890',
                'change': '+32.1%',
                'trend': 'up'
            }]
        }
    }
})))

# Permissions Update
print(json.dumps(client.pins.update(stat_pin, {
    'is_public': True,
    'allow_comments': True,
    'require_sign_in': False
})))

# Update Stat Card Value (Real-time)
print(json.dumps(client.pins.update(stat_pin, {
    'metadata': {
        'pin_config': {
            'cards': [{
                'title': 'Live Users',
                'value': '1,234',
                'change': '+5.2%',
                'trend': 'up'
            }]
        }
    }
})))

# Update Table Data
print(json.dumps(client.pins.update(table_pin, {
    'metadata': {
        'pin_config': {
            'columns': [
                {'id': 'product', 'label': 'Product', 'type': 'text'},
                {'id': 'sales', 'label': 'Sales', 'type': 'number'}
            ],
            'rows': [
                {'product': 'Widget A', 'sales': 1520},
                {'product': 'Widget B', 'sales': 980}
            ]
        }
    }
})))

# Update Only Metadata
print(json.dumps(client.pins.update(stat_pin, {
    'metadata': {
        'title': 'Q4 Revenue Dashboard',
        'tags': ['revenue', 'q4', '2024']
    }
})))
