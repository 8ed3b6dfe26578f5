// A receiver of webhooks: verifies each POST with the library and the secret that it is started with,
// answers 204 or 400, and prints its port.
import { createServer } from 'node:http';

const [, , library, secret] = process.argv;
const { Webhook } = await import(library);
const webhook = new Webhook(secret);

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  try {
    webhook.verify(Buffer.concat(parts), request.headers);
    response.writeHead(204).end();
  } catch (error) {
    response.writeHead(400).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
