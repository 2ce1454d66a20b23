// The code of "Update Pin". Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's.
//
//   node update-pin.mjs PIN [rounds] [milliseconds between them]      without end, every 5 seconds, if not given

import { PindownClient } from '@pindown/client'

const client = new PindownClient({
  apiKey: process.env.PINDOWN_API_KEY
})

const pinId = process.argv[2]

// Update content only
await client.pins.update(pinId, {
  metadata: {
    pin_config: {
      cards: [{
        title: 'Live Users',
        value: '1,234',
        change: '+5.2%',
        trend: 'up'
      }]
    }
  }
})

// Update metadata only
await client.pins.update(pinId, {
  metadata: {
    title: 'Q4 Revenue Dashboard',
    tags: ['revenue', 'q4', '2024']
  }
})

// Your data source
async function fetchMetrics() {
  return { users: 1000 + Math.floor(Math.random() * 500), change: (Math.random() * 10).toFixed(1) }
}

const [rounds = Infinity, every = 5000] = process.argv.slice(3).map(Number)
let round = 0

// Real-time update every 5 seconds
const timer = setInterval(async () => {
  round += 1
  if (round >= rounds) clearInterval(timer)
  const metrics = await fetchMetrics() // Your data source

  await client.pins.update(pinId, {
    metadata: {
      pin_config: {
        cards: [{
          title: 'Live Users',
          value: metrics.users.toString(),
          change: `+${metrics.change}%`,
          trend: 'up'
        }]
      }
    }
  })

  console.log(`Updated pin at ${new Date().toISOString()}`)
}, every)
