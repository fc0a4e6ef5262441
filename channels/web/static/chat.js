// The page: keeps what was said in order, sends what is typed until it is taken, and says how things stand.

import { drawDay, drawMessage, sameDay, showState, spendChoices } from "/web/static/bubbles.js";

const ask = (id) => document.getElementById(id);
const log = ask("log"), scroll = ask("scroll"), text = ask("text"), notice = ask("notice"), typing = ask("typing");
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];
const STATES = { awake: "Online", waking: "Waking up…", connecting: "Connecting…", offline: "Reconnecting…" };
const DRAWN = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const LONGEST_TYPING_MS = 20000;  // a person who has taken over may take longer
const WAKING = "The assistant is waking up. You can write already: your message waits and is answered in a moment.";
const WAKING_WAITING = "The assistant is waking up. Your message is kept and will be answered in a moment.";

let lastId = 0;          // newest message the house told us about
let lastAt = null;       // when the newest drawn message was said, for the day stamps
let waiting = false;     // the customer spoke last
let spokeAt = 0;
let assistant = "connecting";
let connected = false;
let atEnd = true;        // the newest message is in view, and stays so
const unconfirmed = [];  // own messages drawn here but not yet told back by the house, oldest first

// What was said

function hear(item) {
  if (item.id <= lastId) return;
  lastId = item.id;
  if (item.who === "us") {
    spendOffers();
    place(drawMessage(item, (n, label) => tap(item.message_id, n, label)), item.at);
  } else {
    spendOffers(item.text);
    const own = unconfirmed.findIndex((mine) => mine.body.id === item.said_as);
    if (own >= 0) confirm(unconfirmed.splice(own, 1)[0]);
    else {
      const said = drawMessage(item);
      place(said, item.at);
      showState(said, "sent");
    }
  }
  waiting = item.who !== "us" || unconfirmed.length > 0;
  if (item.who !== "us") spokeAt = Date.now();
  show();
}

function place(said, at) {
  const atBottom = isAtBottom();
  if (!lastAt || !sameDay(lastAt, at)) log.append(drawDay(at));
  lastAt = at;
  said.dataset.at = at;
  log.append(said);
  ask("welcome").hidden = true;
  if (atBottom || said.classList.contains("mine")) toBottom();
}

function spendOffers(label) {
  for (const group of log.querySelectorAll(".choices:not(.spent)")) spendChoices(group.parentElement, label);
}

// Saying something

function tap(messageId, n, label) {
  spendOffers(label);
  send({ id: crypto.randomUUID?.() ?? fallbackId(), choice: { message_id: messageId, n }, text: label }, label);
}

function type(words) {
  send({ id: crypto.randomUUID?.() ?? fallbackId(), text: words }, words);
}

function attach(file) {
  const words = text.value.trim();
  text.value = "";
  grow();
  send({ id: crypto.randomUUID?.() ?? fallbackId(), text: words }, words, file);
}

function send(body, label, file) {
  const at = new Date().toISOString();
  const files = file ? [{ name: file.name, url: URL.createObjectURL(file), image: DRAWN.includes(file.type) }] : [];
  const said = drawMessage({ who: "customer", text: label, files, at });
  place(said, at);
  const mine = { body, file, label, said, tries: 0, taken: false };
  unconfirmed.push(mine);
  waiting = true;
  post(mine);
  show();
}

async function post(mine) {
  showState(mine.said, "sending");
  try {
    const answer = await (mine.file ? postFile(mine) : fetch("/web/messages", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(mine.body),
    }));
    if (answer.ok) return taken(mine);
    if (answer.status < 500) return refused(mine, await answer.json().catch(() => ({})));
  } catch { /* the house or the network is away: try again below */ }
  const wait = RETRY_MS[Math.min(mine.tries++, RETRY_MS.length - 1)];
  const timer = setTimeout(() => post(mine), wait);
  showState(mine.said, "unsent", () => { clearTimeout(timer); post(mine); });
}

function postFile({ body, file }) {
  const said = new URLSearchParams({ ...body, name: file.name });
  return fetch(`/web/files?${said}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
}

function taken(mine) {
  mine.taken = true;
  showState(mine.said, "sent");
}

function confirm(mine) {
  if (!mine.taken) taken(mine);
}

function refused(mine, problem) {
  unconfirmed.splice(unconfirmed.indexOf(mine), 1);
  waiting = unconfirmed.length > 0;
  showState(mine.said, "unsent", () => { unconfirmed.push(mine); waiting = true; tell(""); post(mine); show(); });
  tell(problem.detail ?? "That message was not taken.");
  show();
}

// How things stand

function show() {
  const state = connected ? assistant : assistant === "connecting" ? "connecting" : "offline";
  ask("state").dataset.state = state;
  if (ask("state").textContent !== STATES[state]) ask("state").textContent = STATES[state];
  const atBottom = isAtBottom();
  const soon = Date.now() - spokeAt < LONGEST_TYPING_MS;
  typing.hidden = !(waiting && soon && state === "awake" && unconfirmed.every((mine) => mine.taken));
  if (atBottom) toBottom();
  if (state === "waking") tell(waiting ? WAKING_WAITING : WAKING, "waking");
  else if (notice.dataset.why === "waking") tell("");
}

function tell(sentence, why = "") {
  notice.dataset.why = why;
  if (notice.textContent !== sentence) notice.textContent = sentence;
  notice.hidden = !sentence;
}

async function lookAtStatus() {
  try {
    const status = await (await fetch("/web/status")).json();
    assistant = status.assistant;
    if (status.business?.name) nameBusiness(status.business.name);
  } catch { /* shown as reconnecting by the stream */ }
  show();
  setTimeout(lookAtStatus, assistant === "awake" ? 15000 : 1500);
}

function nameBusiness(name) {
  ask("business").textContent = name;
  ask("sign").textContent = name.split(/[\s&]+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
  ask("hello").textContent = `Welcome to ${name}`;
  document.title = name;
}

function connect() {
  const stream = new EventSource(`/web/events?after=${lastId}`);
  stream.onopen = () => { connected = true; show(); };
  stream.onmessage = (event) => hear(JSON.parse(event.data));
  stream.addEventListener("caught-up", () => {
    ask("welcome").hidden = log.childElementCount > 0;
    log.setAttribute("aria-live", "polite");
  });
  stream.onerror = () => {
    connected = false;
    show();
    if (stream.readyState === EventSource.CLOSED) { stream.close(); setTimeout(connect, 2000); }
  };
}

// The composer

function isAtBottom() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
}

function toBottom() {
  scroll.scrollTop = scroll.scrollHeight;
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 3, 132)}px`;
  ask("send").classList.toggle("idle", !text.value.trim());
}

function fallbackId() { // crypto.randomUUID exists only on https and localhost
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

ask("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value;
  if (!words.trim()) return text.focus();
  tell("");
  text.value = "";
  grow();
  type(words);
  text.focus();
});
ask("attach").addEventListener("click", () => ask("file").click());
ask("file").addEventListener("change", () => {
  const [file] = ask("file").files;
  tell("");
  if (file) attach(file);
  ask("file").value = "";
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask("composer").requestSubmit();
  }
});
text.addEventListener("input", grow);
ask("starters").addEventListener("click", (event) => {
  const starter = event.target.closest("button");
  if (starter) type(starter.textContent);
});
scroll.addEventListener("scroll", () => {
  atEnd = isAtBottom();
  ask("down").hidden = atEnd;
});
ask("down").addEventListener("click", toBottom);
new ResizeObserver(() => { if (atEnd) toBottom(); }).observe(scroll);
window.addEventListener("online", () => unconfirmed.filter((mine) => !mine.taken).forEach(post));

grow();
connect();
lookAtStatus();
