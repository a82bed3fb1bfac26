// The HTTP side of a BullMQ installation, with the calls the measurements make.
// Environment: PORT, REDIS_PORT.
import Fastify from 'fastify'
import { Queue, QueueEvents } from 'bullmq'

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT) }
const queue = new Queue('texts', { connection })
let events
const app = Fastify()

app.post('/predict', async (request, reply) => {
  const text = request.body?.text
  if (!text) return reply.code(400).send({ error: 'no text provided' })
  const job = await queue.add('generate', { text })
  if (request.headers.prefer) {
    // opened by the first who waits: it costs Redis a message for each step of each job
    events ??= new QueueEvents('texts', { connection })
    await events.waitUntilReady()
    return { result: await job.waitUntilFinished(events, 10_000) }
  }
  return reply.code(202).send({ job_id: job.id })
})

app.get('/result/:id', async (request, reply) => {
  const job = await queue.getJob(request.params.id)
  if (!job) return reply.code(404).send({ error: 'not found' })
  const state = await job.getState()
  if (state !== 'completed') return reply.code(202).send({ status: 'pending', state })
  return { result: job.returnvalue }
})

app.post('/pause', async (request, reply) => {
  await queue.pause()
  return reply.code(204).send()
})

app.post('/resume', async (request, reply) => {
  await queue.resume()
  return reply.code(204).send()
})

app.get('/stats', () => queue.getJobCounts('waiting', 'active'))

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
