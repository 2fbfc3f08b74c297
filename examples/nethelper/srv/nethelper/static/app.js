"use strict";

const $ = id => document.getElementById(id);
const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

/* Light and dark: the system decides until the button is pressed. */
const theme = localStorage.getItem("theme");
if (theme) document.documentElement.dataset.theme = theme;
$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
});

/* Who answered: every answer names its instance. */
const counts = new Map();
function credit(response) {
  const port = response.headers.get("X-Instance");
  if (!port) return;
  counts.set(port, (counts.get(port) || 0) + 1);
  const chips = [...counts.keys()].sort().map(name => {
    const chip = make("div", name === port ? "instance fresh" : "instance");
    chip.append(make("span", "", ":" + name), make("b", "", counts.get(name)));
    return chip;
  });
  $("instances").replaceChildren(...chips);
  setTimeout(() => document.querySelectorAll(".fresh").forEach(chip => chip.classList.remove("fresh")), 400);
}
async function ask(address, options) {
  const response = await fetch(address, {cache: "no-store", ...options});
  credit(response);
  return response;
}
$("ask").addEventListener("click", async event => {
  const button = event.currentTarget;
  button.disabled = true;
  try {
    for (let turn = 0; turn < 9; turn++) {
      await ask("/whoami");
      await new Promise(done => setTimeout(done, 120));
    }
  } finally {
    button.disabled = false;
  }
});

/* Subnet calculator */
const LABELS = {
  network: "Network", netmask: "Netmask", wildcard: "Wildcard", first: "First host", last: "Last host",
  broadcast: "Broadcast", hosts: "Usable hosts", addresses: "Addresses", kind: "Kind", reverse: "Reverse name",
};
let latestQuestion = 0;
async function calculate() {
  const form = $("subnet-form"), question = ++latestQuestion;
  const query = new URLSearchParams({cidr: form.cidr.value, split: form.split.value});
  let facts;
  try {
    const response = await ask("/api/subnet?" + query);
    facts = await response.json();
  } catch {
    facts = {error: "The server did not answer. Try again in a moment."};
  }
  if (question !== latestQuestion) return;
  $("subnet-error").hidden = !facts.error;
  $("subnet-result").hidden = Boolean(facts.error);
  if (facts.error) {
    $("subnet-error").textContent = facts.error;
    return;
  }
  showBits(facts);
  $("facts").replaceChildren(...Object.keys(LABELS).filter(key => key in facts).map(key => {
    const row = make("div");
    row.append(make("dt", "", LABELS[key]), make("dd", "", grouped(facts[key])));
    return row;
  }));
  $("parts-box").hidden = !facts.parts;
  if (facts.parts) {
    $("parts-title").textContent = `${grouped(facts.part_count)} parts of /${form.split.value}`;
    $("parts").replaceChildren(...facts.parts.map(part => {
      const item = make("li", "", part.network);
      item.append(make("span", "", `${part.first} – ${part.last}`));
      return item;
    }));
    if (BigInt(facts.part_count) > BigInt(facts.parts.length)) $("parts").append(make("li", "", "…"));
  }
}
function grouped(value) {
  return /^\d{5,}$/.test(value) ? BigInt(value).toLocaleString("en") : value;
}
function showBits(facts) {
  const group = facts.version === 4 ? 8 : 16, octets = [];
  for (let start = 0; start < facts.bits.length; start += group) {
    const octet = make("div", "octet"), row = make("span");
    const bits = facts.bits.slice(start, start + group);
    [...bits].forEach((bit, offset) => row.append(make("i", start + offset < facts.prefix ? "bit net" : "bit", bit)));
    const number = parseInt(bits, 2);
    octet.append(row, make("span", "", facts.version === 4 ? number : number.toString(16)));
    octets.push(octet);
  }
  $("bits").className = facts.version === 4 ? "bits" : "bits long";
  $("bits").setAttribute("aria-label", `The first ${facts.prefix} of ${facts.bits.length} bits name the network`);
  $("bits").replaceChildren(...octets);
}
let pause;
$("subnet-form").addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(calculate, 180); });
$("subnet-form").addEventListener("submit", event => { event.preventDefault(); calculate(); });

/* Request inspector */
const FROM_BROWSER = /^(accept|accept-.*|cache-control|content-.*|cookie|host|origin|pragma|priority|referer|sec-.*|upgrade-insecure-requests|user-agent|dnt)$/i;
$("inspect-form").addEventListener("submit", async event => {
  event.preventDefault();
  const {method, path} = event.target;
  const options = {method: method.value};
  if (["POST", "PUT", "PATCH"].includes(method.value)) {
    options.body = JSON.stringify({hello: "there"});
    options.headers = {"Content-Type": "application/json"};
  }
  try {
    const response = await ask("/api/inspect" + path.value, options);
    showInspection(await response.json());
  } catch {
    $("inspection").replaceChildren(make("p", "error", "No answer that could be read. Is the path one of this site?"));
  }
});
function showInspection(seen) {
  if (seen.error) {
    $("inspection").replaceChildren(make("p", "error", seen.error));
    return;
  }
  const line = make("p", "requestline");
  line.append(make("b", "", seen.method), ` ${seen.path} ${seen.version}, from ${seen.peer}, answered by :${seen.instance.port}`);
  const table = make("table"), body = make("tbody");
  for (const [name, value] of seen.headers) {
    const row = make("tr", FROM_BROWSER.test(name) ? "" : "added");
    row.append(make("td", "", name), make("td", "", value));
    body.append(row);
  }
  table.append(body);
  $("inspection").replaceChildren(line, table);
  if (seen.body_bytes) $("inspection").append(make("p", "requestline", seen.body));
}

/* Live line */
const SAMPLES = 60;
const times = [];
let socket, beat, retry = 500;
function connect() {
  socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/ws");
  socket.addEventListener("open", () => {
    retry = 500;
    say("up", "connected");
    const ping = () => socket.send(String(performance.now()));
    ping();
    beat = setInterval(ping, 1000);
  });
  socket.addEventListener("message", event => {
    const millis = performance.now() - Number(event.data);
    times.push(millis);
    if (times.length > SAMPLES) times.shift();
    $("rtt").textContent = millis < 10 ? millis.toFixed(1) : Math.round(millis);
    draw();
  });
  socket.addEventListener("close", () => {
    clearInterval(beat);
    say("down", "the line dropped; trying again");
    setTimeout(connect, retry);
    retry = Math.min(retry * 2, 8000);
  });
}
function say(state, words) {
  $("dot").className = "dot " + state;
  $("line-state").textContent = words;
}
function draw() {
  const top = Math.max(2, ...times) * 1.25;
  const points = times.map((millis, index) => {
    const x = 600 - (times.length - 1 - index) * 600 / (SAMPLES - 1);
    return `${x.toFixed(1)},${(118 - millis / top * 112).toFixed(1)}`;
  });
  $("pulse-line").setAttribute("d", "M" + points.join("L"));
  const left = points[0].split(",")[0];
  $("pulse-area").setAttribute("d", `M${left},120L${points.join("L")}L600,120Z`);
}

calculate();
connect();
ask("/whoami");
