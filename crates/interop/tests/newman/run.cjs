// Runs collections one after another in newman and tells the server between them which is next.
// Arguments: the folder with newman in its node_modules, and a file with a list of
// {name, collection, environment, globals, folder}, all paths.
const path = require('node:path');
const fs = require('node:fs');
const http = require('node:http');

const [modules, list] = process.argv.slice(2);
const newman = require(path.join(modules, 'node_modules', 'newman'));
const { server, runs } = JSON.parse(fs.readFileSync(list, 'utf8'));

const mark = (name) =>
  new Promise((resolve, reject) => {
    const request = http.request(`${server}/mark`, { method: 'POST' }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
    request.end(name);
  });

const run = (options) =>
  new Promise((resolve) => newman.run(options, (error) => resolve(error ? String(error) : '')));

(async () => {
  for (const { name, collection, environment, globals, folder } of runs) {
    await mark(name);
    const failed = await run({
      collection,
      environment,
      globals,
      workingDir: folder,
      reporters: [],
      timeoutRequest: 10000,
      timeoutScript: 10000,
    });
    if (failed) console.error(`${name}: ${failed}`);
  }
  await mark('');
})();
