// Checks a receipt with Node's own node:crypto and nothing of Kopuro's:
//   node verify.mjs RECEIPT.json VKEY-OR-FILE
// Written from the specifications that docs/protocols/ledger.md names; for Node 18 or newer.
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

class NotProven extends Error {}
const require = (condition, sentence) => { if (!condition) throw new NotProven(sentence); };
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** Canonical base 64 only: other spellings of the same octets have been altered. */
function decoded(text, what) {
  const octets = Buffer.from(text, 'base64');
  require(octets.toString('base64') === text, `${what} is not base 64`);
  return octets;
}

/** RFC 8785: JSON.stringify writes texts and numbers as it wants them; members are sorted by their UTF-16 units. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

function parsed(text, what) {
  let value;
  try { value = JSON.parse(text); } catch { throw new NotProven(`${what} is not JSON`); }
  require(value !== null && typeof value === 'object' && canonical(value) === text, `${what} is not canonical JSON`);
  return value;
}

/** name+key id+base 64 of the type and the key: c2sp.org/signed-note. */
function verifierKey(text) {
  const [, name, id, key] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  require(name, 'the verifier key has not the form name+id+key');
  const octets = decoded(key, 'the verifier key');
  require(octets.length === 33 && octets[0] === 1, 'the verifier key is not of a ledger');
  require(sha256(name, '\n', octets).subarray(0, 4).toString('hex') === id, 'the verifier key does not fit its id');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), octets.subarray(1)]);
  return { name, id, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

/** The checkpoint in a signed note, when the key's signature is under it. */
function checkpoint(note, vkey) {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  let signed = false;
  for (const line of note.slice(end + 2).trimEnd().split('\n')) {
    const [, name, value] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    require(name, 'a signature line has another form');
    const octets = decoded(value, 'a signature');
    if (name === vkey.name && octets.subarray(0, 4).toString('hex') === vkey.id) {
      require(verify(null, Buffer.from(text), vkey.key, octets.subarray(4)), 'the signature does not fit the checkpoint');
      signed = true;
    }
  }
  require(signed, 'the checkpoint is not signed by the given key');
  const [, origin, size, root] = /^(.+)\n(\d{1,15})\n(.{44})\n$/.exec(text) ?? [];
  require(origin === vkey.name, 'the checkpoint is of another ledger');
  return { origin, size: Number(size), root: decoded(root, 'the root') };
}

/** The root that leaf and path lead to: RFC 9162 §2.1.3.2. BigInt, because shifts of numbers end at 32 bits. */
function root(leaf, index, size, path) {
  require(Number.isSafeInteger(index) && index >= 0 && index < size, 'the index does not exist in the checkpoint');
  let node = BigInt(index), last = BigInt(size) - 1n, hash = leaf;
  for (const neighbour of path) {
    require(last > 0n, 'the path is too long');
    if (node & 1n || node === last) {
      hash = sha256('\x01', neighbour, hash);
      while (!(node & 1n) && node > 0n) { node >>= 1n; last >>= 1n; }
    } else {
      hash = sha256('\x01', hash, neighbour);
    }
    node >>= 1n; last >>= 1n;
  }
  require(last === 0n, 'the path is too short');
  return hash;
}

function check(file, vkey) {
  const octets = readFileSync(file);
  require(octets.toString('utf8').endsWith('\n'), 'the receipt was cut off');
  const receipt = parsed(octets.toString('utf8').slice(0, -1), 'the receipt');
  require(Object.keys(receipt).join() === 'checkpoint,entry,format,index,openings,path' && receipt.format === 'kopuro-receipt/1', 'this is no receipt');
  const signed = checkpoint(receipt.checkpoint, vkey);
  const path = receipt.path.map(hash => decoded(hash, 'a hash of the path'));
  require(path.every(hash => hash.length === 32), 'a hash of the path has not 32 octets');
  require(root(sha256('\x00', receipt.entry), receipt.index, signed.size, path).equals(signed.root), 'the entry does not lead to the root of the checkpoint');
  const entry = parsed(receipt.entry, 'the entry');
  for (const [field, opening] of Object.entries(receipt.openings)) {
    const key = decoded(opening.key, `the key of ${field}`);
    require(key.length === 32, `the key of ${field} has not 32 octets`);
    require(entry.data[field] === `hmac-sha256:${createHmac('sha256', key).update(opening.value).digest('base64')}`, `the opening of ${field} does not fit`);
  }
  return { receipt, entry, signed };
}

const [file, given] = process.argv.slice(2);
if (!given) {
  console.error('usage: node verify.mjs RECEIPT.json VKEY-OR-FILE');
  process.exit(2);
}
try {
  const vkey = verifierKey((existsSync(given) ? readFileSync(given, 'utf8') : given).trim().split('\n').at(-1));
  const { receipt, entry, signed } = check(file, vkey);
  console.log(`proven: ${entry.type} of ${entry.at}, id ${entry.id}, at index ${receipt.index} of ${signed.size} in ${signed.origin}`);
  for (const [field, opening] of Object.entries(receipt.openings)) console.log(`${field}: ${opening.value}`);
} catch (e) {
  console.error(`not proven: ${e instanceof NotProven ? e.message : 'the receipt cannot be read'}`);
  process.exit(1);
}
