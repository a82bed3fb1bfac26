// The worker side of a BullMQ installation. Without MODEL_URL it answers by itself, as echo does.
// Environment: REDIS_PORT, CONCURRENCY, MODEL_URL.
import http from 'node:http'
import { Worker } from 'bullmq'

const model = process.env.MODEL_URL && new URL(process.env.MODEL_URL + '/chat/completions')
const agent = new http.Agent({ keepAlive: true, maxSockets: 4000 })

function ask(text) {
  const body = JSON.stringify({ model: 'fake', messages: [{ role: 'user', content: text }] })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const request = http.request(model, { method: 'POST', agent, headers }, response => {
      let answer = ''
      response.on('data', piece => { answer += piece })
      response.on('end', () => resolve(JSON.parse(answer).choices[0].message.content))
    })
    request.on('error', reject)
    request.end(body)
  })
}

new Worker('texts', async job => {
  const content = model ? await ask(job.data.text) : job.data.text.toUpperCase()
  return { role: 'assistant', content, tool_calls: null }
}, {
  connection: { host: '127.0.0.1', port: Number(process.env.REDIS_PORT) },
  concurrency: Number(process.env.CONCURRENCY)
})
console.log('ready')
