// The quickstart in JavaScript. Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's.
//
//   node quickstart.mjs [rounds] [milliseconds between them]      without end, every 5 seconds, if not given

const PINDOWN_API_KEY = process.env.PINDOWN_API_KEY;
const API_BASE = `${process.env.PINDOWN_URL ?? 'http://127.0.0.1:8000'}/v1`;

// Create a stat card pin
async function createStatCard(title, value, change) {
  const response = await fetch(`${API_BASE}/pins`, {
    method: 'POST',
    headers: {
      'Authorization': `Bearer ${PINDOWN_API_KEY}`,
      'Content-Type': 'application/json'
    },
    body: JSON.stringify({
      data_type: 'pin-card',
      pin_type: 'stat-cards',
      pin_layout: '1x1',
      content: {
        cards: [{
          title,
          value,
          change,
          trend: change.startsWith('+') ? 'up' : 'down'
        }]
      },
      metadata: {
        title: `${title} Card`,
        is_public: false
      }
    })
  });

  if (!response.ok) {
    throw new Error(`API Error: ${response.statusText}`);
  }

  return response.json();
}

// Update pin data (real-time)
async function updatePin(pinId, newContent) {
  const response = await fetch(`${API_BASE}/pins/${pinId}`, {
    method: 'PUT',
    headers: {
      'Authorization': `Bearer ${PINDOWN_API_KEY}`,
      'Content-Type': 'application/json'
    },
    body: JSON.stringify({
      content: newContent
    })
  });

  return response.json();
}

// Your data source
let lastSales = 12450;
async function fetchSalesData() {
  return lastSales + 1 + Math.floor(Math.random() * 500);
}

const [rounds = Infinity, every = 5000] = process.argv.slice(2).map(Number);
let round = 0;

// Example: Update sales every 5 seconds
const created = await createStatCard('Total Sales', '$12,450', '+23.5%');
console.log(JSON.stringify(created));
const salesPinId = created.data.pin_id;

const timer = setInterval(async () => {
  round += 1;
  if (round >= rounds) clearInterval(timer);
  const newSales = await fetchSalesData(); // Your data source
  const updated = await updatePin(salesPinId, {
    cards: [{
      title: 'Total Sales',
      value: `$${newSales.toLocaleString()}`,
      change: `+${((newSales / lastSales - 1) * 100).toFixed(1)}%`,
      trend: 'up'
    }]
  });
  lastSales = newSales;
  console.log(JSON.stringify(updated));
}, every);
