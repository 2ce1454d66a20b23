"""The quickstart in Python. Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's."""
# The guide's own words and form, which are compared with it: neither sorted nor made newer.
# ruff: noqa: I001, UP006, UP035
# fmt: off

import requests
import os
from typing import Dict, Any

PINDOWN_API_KEY = os.environ.get('PINDOWN_API_KEY')
API_BASE = os.environ.get('PINDOWN_URL', 'http://127.0.0.1:8000') + '/v1'

def create_stat_card(title: str, value: str, change: str) -> Dict[str, Any]:
    """Create a stat card pin"""
    response = requests.post(
        f'{API_BASE}/pins',
        headers={
            'Authorization': f'Bearer {PINDOWN_API_KEY}',
            'Content-Type': 'application/json'
        },
        json={
            'data_type': 'pin-card',
            'pin_type': 'stat-cards',
            'pin_layout': '1x1',
            'content': {
                'cards': [{
                    'title': title,
                    'value': value,
                    'change': change,
                    'trend': 'up' if change.startswith('+') else 'down'
                }]
            },
            'metadata': {
                'title': f'{title} Card',
                'is_public': False
            }
        }
    )
    response.raise_for_status()
    return response.json()

def update_pin(pin_id: str, new_content: Dict[str, Any]) -> Dict[str, Any]:
    """Update pin data in real-time"""
    response = requests.put(
        f'{API_BASE}/pins/{pin_id}',
        headers={
            'Authorization': f'Bearer {PINDOWN_API_KEY}',
            'Content-Type': 'application/json'
        },
        json={'content': new_content}
    )
    response.raise_for_status()
    return response.json()

# Example: Update metrics from your automation
if __name__ == '__main__':
    # Create pin
    result = create_stat_card('API Calls', '12,450', '+23.5%')
    pin_id = result['data']['pin_id']
    print(f"Created pin: {pin_id}")

    # Update pin with new data
    update_pin(pin_id, {
        'cards': [{
            'title': 'API Calls',
            'value': '15,230',
            'change': '+45.2%',
            'trend': 'up'
        }]
    })
    print("Pin updated successfully!")
