// SPDX-License-Identifier: Apache-2.0
// Re-hashes a log folder of ours with Node's own crypto, and checks the signature of its checkpoint.
//
//     node check.js FOLDER VERIFIER_KEY
//
// Every entry of every bundle becomes a leaf; the leaves must give the root that the checkpoint is signed for.
// Exit 0 and one line, or 1 and the reason.
"use strict";

const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

function fail(reason) {
  console.log(reason);
  process.exit(1);
}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), crypto.createHash("sha256")).digest();
const leafHash = (entry) => sha256(Buffer.from([0]), entry);
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

// The root over leaves as RFC 6962 2.1 defines it: the left side is the largest power of two below the whole.
function rootOf(leaves, from, to) {
  if (to - from === 1) return leaves[from];
  let left = 1;
  while (left * 2 < to - from) left *= 2;
  return nodeHash(rootOf(leaves, from, from + left), rootOf(leaves, from + left, to));
}

// NAME+ID+BASE64, as C2SP signed-note says; the base64 may itself hold a `+`.
function readKey(text) {
  const [, name, id, coded] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? fail("the verifier key cannot be read");
  const bytes = Buffer.from(coded, "base64");
  if (bytes.length !== 33 || bytes[0] !== 1) fail("the verifier key is not an Ed25519 key of a log");
  if (sha256(Buffer.from(`${name}\n`), bytes).subarray(0, 4).toString("hex") !== id) fail("the verifier key has another ID");
  const jwk = { kty: "OKP", crv: "Ed25519", x: bytes.subarray(1).toString("base64url") };
  return { name, id, key: crypto.createPublicKey({ key: jwk, format: "jwk" }) };
}

function readCheckpoint(folder, verifier) {
  const note = fs.readFileSync(path.join(folder, "checkpoint"), "utf8");
  const end = note.lastIndexOf("\n\n");
  const text = note.slice(0, end + 1);
  const signed = note.slice(end + 2).split("\n").some((line) => {
    const [, name, coded] = LINE.exec(line) ?? [];
    const bytes = Buffer.from(coded ?? "", "base64");
    if (name !== verifier.name || bytes.subarray(0, 4).toString("hex") !== verifier.id) return false;
    return crypto.verify(null, Buffer.from(text), verifier.key, bytes.subarray(4)) || fail("the signature does not verify");
  });
  if (!signed) fail("the log's key has not signed the checkpoint");
  const [origin, size, root, ...rest] = text.split("\n");
  if (origin !== verifier.name || rest.length !== 1) fail("the checkpoint is not three lines that begin with the key's name");
  return { size: Number(size), root };
}

// The path of a number as C2SP tlog-tiles says: groups of three digits, an `x` before all but the last.
function numbered(number) {
  const last = String(number % 1000).padStart(3, "0");
  const above = (rest) => (rest ? `${above(Math.floor(rest / 1000))}x${String(rest % 1000).padStart(3, "0")}/` : "");
  return above(Math.floor(number / 1000)) + last;
}

function* entriesOf(folder, size) {
  for (let number = 0; number * 256 < size; number += 1) {
    const width = Math.min(256, size - number * 256);
    const name = `tile/entries/${numbered(number)}${width < 256 ? `.p/${width}` : ""}`;
    const bundle = fs.readFileSync(path.join(folder, name));
    let at = 0;
    for (let i = 0; i < width; i += 1) {
      if (at + 2 > bundle.length || at + 2 + bundle.readUInt16BE(at) > bundle.length) fail(`${name} ends within an entry`);
      const from = at + 2;
      at = from + bundle.readUInt16BE(at);
      yield bundle.subarray(from, at);
    }
    if (at !== bundle.length) fail(`${name} holds more than ${width} entries`);
  }
}

const [folder, key] = process.argv.slice(2);
const checkpoint = readCheckpoint(folder, readKey(key));
const leaves = Array.from(entriesOf(folder, checkpoint.size), leafHash);
const root = rootOf(leaves, 0, leaves.length).toString("base64");
if (root !== checkpoint.root) fail("the entries do not give the root of the checkpoint");
console.log(`ok: ${leaves.length} entries`);
