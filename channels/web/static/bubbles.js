// Draws messages. It knows nothing of the network; chat.js tells it what was said.

const LONG_TEXT = 900;
const CALENDAR = "M4 6.500h16v13.500H4zM4 10.500h16M8.5 3.500v4M15.5 3.500v4M12 13v4.500M9.75 15.25h4.5";
const ARROW = "M8 16 16.5 7.500M9.5 7h7.500v7.5";

const timeOf = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const dayOf = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

/** One message as a list item; `onTap(n, label)` hears a tapped choice. */
export function drawMessage(item, onTap) {
  const said = element("li", `said ${item.who === "us" ? "us" : "mine"}`);
  const bubble = element("div", "bubble");
  bubble.append(element("span", "sr", item.who === "us" ? "Front desk: " : "You: "));
  for (const file of item.files ?? []) bubble.append(drawFile(file));
  if (item.text) bubble.append(...words(item.text));
  bubble.append(element("p", "meta", timeOf.format(new Date(item.at))));
  said.append(bubble);
  if (item.links?.length) said.append(links(item.links));
  if (item.choices?.length) said.append(choices(item.choices, onTap));
  return said;
}

/** "Sending…", "Sent" or a button to try again, under one of the customer's own messages. */
export function showState(said, state, onRetry) {
  said.querySelector(".unsent")?.remove();
  const meta = said.querySelector(".meta");
  const time = timeOf.format(new Date(said.dataset.at));
  meta.textContent = { sending: "Sending…", sent: `${time} ✓`, unsent: time }[state];
  if (state !== "unsent") return;
  const again = element("button", "unsent", "Not sent. Tap to try again.");
  again.type = "button";
  again.addEventListener("click", onRetry);
  said.append(again);
}

/** Choices can be taken once; `said` afterwards may be the label or the digit of one of them. */
export function spendChoices(offer, said) {
  const group = offer.querySelector(".choices:not(.spent)");
  if (!group) return;
  const word = said?.trim();
  group.classList.add("spent");
  for (const button of group.children) {
    button.disabled = true;
    if (word && (button.dataset.label === word || button.dataset.digit === word)) {
      button.classList.add("chosen");
      button.append(element("span", "sr", "(chosen)"));
    }
  }
}

/** "Today", "Yesterday" or the day, above the first message of a day. */
export function drawDay(at) {
  return element("li", "day", dayName(new Date(at)));
}

export function sameDay(one, other) {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

function dayName(day) {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (sameDay(day, new Date())) return "Today";
  return sameDay(day, yesterday) ? "Yesterday" : dayOf.format(day);
}

function words(text) {
  const paragraph = element("p", "words", text);
  if (text.length <= LONG_TEXT) return [paragraph];
  const more = element("button", "more", "Show all");
  more.type = "button";
  paragraph.classList.add("long");
  more.addEventListener("click", () => { paragraph.classList.remove("long"); more.remove(); });
  return [paragraph, more];
}

function drawFile({ name, url, image }) {
  const link = element("a", "file");
  link.href = url;
  link.download = name;
  if (image) {
    const picture = element("img");
    picture.src = url;
    picture.alt = name;
    link.append(picture);
  } else link.textContent = name;
  return link;
}

function choices(offered, onTap) {
  const group = element("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Choices");
  for (const { n, label } of offered) {
    const button = element("button");
    button.type = "button";
    button.dataset.label = label;
    button.dataset.digit = String(n + 1);
    button.append(element("span", "n", String(n + 1)), element("span", "", label));
    button.addEventListener("click", () => onTap(n, label));
    group.append(button);
  }
  return group;
}

function links(given) {
  const group = element("div", "links");
  for (const { label, url } of given) {
    if (!/^https?:\/\//i.test(url)) continue;
    const link = element("a");
    link.href = url;
    link.rel = "noopener";
    if (!url.endsWith(".ics")) link.target = "_blank";
    link.append(icon(url.endsWith(".ics") ? CALENDAR : ARROW), element("span", "", label));
    group.append(link);
  }
  return group;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
