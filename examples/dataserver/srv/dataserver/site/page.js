"use strict";

const at = (id) => document.getElementById(id);
const json = async (path, options) => (await fetch(path, options)).json();
let last = 0;

function line(list, text) {
  const item = document.createElement("li");
  item.textContent = text;
  list.append(item);
}

function show(note) {
  if (note.number > last) {
    last = note.number;
    line(at("notes"), note.text);
  }
}

async function look() {
  (await json(`/dataserver/notes?since=${last}`)).forEach(show);
}

async function open(name) {
  const { title, text } = await json(`/library/${name}`);
  at("text").textContent = `${title}: ${text}`;
}

// Socket.IO as far as this page needs it: pings are answered, and of events only "note" comes.
function listen(way) {
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  socket.onmessage = ({ data }) => {
    if (data.startsWith("0")) socket.send("40");
    else if (data === "2") socket.send("3");
    else if (data.startsWith("40")) at("way").textContent = `${way} Notes come over a WebSocket.`;
    else if (data.startsWith("42")) show(JSON.parse(data.slice(2))[1]);
  };
  socket.onclose = () => setTimeout(() => look().then(() => listen(way)), 2000);
}

async function begin() {
  for (const { name, title } of await json("/library/")) {
    const link = document.createElement("a");
    link.href = `#${name}`;
    link.textContent = title;
    link.onclick = () => open(name);
    at("texts").append(link);
  }
  await look();
  const about = await json("/dataserver/about");
  const way = `Answered by worker ${about.worker}, asked for by ${about.for || about.peer}.`;
  at("way").textContent = `${way} Notes are asked for every two seconds.`;
  if (about.pushes) listen(way);
  else setInterval(look, 2000);
}

at("search").onsubmit = async (event) => {
  event.preventDefault();
  const hits = await json(`/search/${encodeURIComponent(event.target.word.value)}`);
  at("hits").replaceChildren();
  hits.forEach(({ title, sentence }) => line(at("hits"), `${title}: ${sentence}`));
  if (hits.length === 0) line(at("hits"), "no text has it");
};

at("write").onsubmit = async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ text: event.target.text.value });
  show(await json("/dataserver/notes", { method: "POST", body }));
  event.target.reset();
};

begin();
