// {{name}} in a text, from the variables or made at each use; a value may have further ones in it.
function fill(text) {
  for (let round = 0; round < 20 && text.includes("{{"); round += 1) {
    const before = text;
    text = text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (all, name) => {
      if (made[name]) return made[name]();
      const value = name in variables ? variables[name] : __ENV[name];
      return value === undefined ? all : String(value);
    });
    if (text === before) break;
  }
  return text;
}

const random = (below) => Math.floor(Math.random() * below);

const uuid = () =>
  "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => random(16).toString(16));

const made = {
  $guid: uuid,
  $randomUUID: uuid,
  $timestamp: () => Math.floor(Date.now() / 1000),
  $isoTimestamp: () => new Date().toISOString(),
  $randomInt: () => random(1001),
};

function header(response, name) {
  const found = Object.keys(response.headers).find(
    (known) => known.toLowerCase() === name.toLowerCase(),
  );
  return found === undefined ? undefined : response.headers[found];
}

// The value in a JSON body; undefined where there is none.
function at(response, path) {
  try {
    return path.reduce(
      (value, key) => (value === null || value === undefined ? undefined : value[key]),
      JSON.parse(response.body),
    );
  } catch {
    return undefined;
  }
}

function matched(response, pattern) {
  const found = new RegExp(pattern).exec(response.body || "");
  return found ? (found[1] ?? found[0]) : undefined;
}

function size(value) {
  if (value === null || value === undefined) return 0;
  return typeof value === "object" ? Object.keys(value).length : String(value).length;
}

// Equal as texts or as numbers; a wanted {{name}} is filled in.
function same(value, wanted) {
  const filled = fill(wanted);
  const text = typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
  return text === filled || (filled.trim() !== "" && Number(text) === Number(filled));
}
