// What a program does with the official SDK for Node; prints what came of it as one JSON object.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'unread' });
const ask = (model, content, more = {}) =>
  client.chat.completions.create({ model, messages: [{ role: 'user', content }], ...more });
const failure = async (promise) => {
  try {
    await promise;
  } catch (e) {
    return { name: e.constructor.name, status: e.status, code: e.code, param: e.param };
  }
};

const slow = await ask('fake?latency=3000&text=Claro!', 'slow').withResponse();
let streamed = '';
let chunks = 0;
let tokens = 0;
const stream = await ask('fake?tokens=20&tps=40', 'stream', {
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  chunks += 1;
  streamed += chunk.choices[0]?.delta?.content ?? '';
  tokens = chunk.usage?.completion_tokens ?? tokens;
}
const models = [];
for await (const model of client.models.list()) models.push(model.id);
const model = await client.models.retrieve(models[0]);
const broken = async () => {
  for await (const _ of await ask('fake?status=400', 'broken', { stream: true }));
};

console.log(
  JSON.stringify({
    content: slow.data.choices[0].message.content,
    finish: slow.data.choices[0].finish_reason,
    total: slow.data.usage.total_tokens,
    job: slow.response.headers.get('x-job-id'),
    id: slow.data.id,
    streamed,
    chunks,
    tokens,
    models,
    model: model.id,
    bad: await failure(ask('fake?status=400', 'bad')),
    locked: await failure(ask('fake?status=401', 'locked')),
    unknown: await failure(ask('fake', 'unknown', { n: 2 })),
    broken: await failure(broken()),
  }),
);
