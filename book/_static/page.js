/* What the frame of a page does: colours, the two side columns on a small screen, the search
   field, and where in the page you are. It asks for no size that the browser has not worked out
   already: on a phone that is what made the theme's own script slow. */

const root = document.documentElement;
const find = selector => document.querySelector(selector);

/* Colours: as the system, then the other ones, then its own */

const dark = matchMedia("(prefers-color-scheme: dark)");
const names = { auto: "as the system", light: "light", dark: "dark" };

function colour(mode) {
  const theme = mode != "auto" ? mode : dark.matches ? "dark" : "light";
  if (root.dataset.theme != theme) root.dataset.theme = theme;
  if (root.dataset.mode != mode) root.dataset.mode = mode;
  const button = find(".theme-switch-button");
  button.title = `Colours: ${names[mode]}`;
  button.setAttribute("aria-label", button.title);
}

find(".theme-switch-button").addEventListener("click", () => {
  const modes = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  const next = modes[(modes.indexOf(root.dataset.mode) + 1) % 3];
  colour(next);
  try {
    localStorage.setItem("mode", next);
  } catch {} // A browser may forbid pages from a disk to remember anything.
});
dark.addEventListener("change", () => colour(root.dataset.mode));
colour(root.dataset.mode);

/* Dialogs: the Escape key closes one, so does a click beside it, and a link that was chosen */

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("keydown", event => event.key == "Escape" && dialog.close());
  dialog.addEventListener("click", event => {
    const box = dialog.getBoundingClientRect();
    const inside =
      box.left <= event.clientX &&
      event.clientX <= box.right &&
      box.top <= event.clientY &&
      event.clientY <= box.bottom;
    if (event.target.closest("a") || (event.target == dialog && !inside)) dialog.close();
  });
}

/* The side columns: beside the page where there is room, else in a dialog */

function move(from, to) {
  to.append(...from.childNodes);
  to.classList.add(...from.classList);
  from.removeAttribute("class");
}

function column(name, room) {
  const button = find(`.${name}-toggle`);
  const side = find(`#pst-${name}-sidebar`);
  const dialog = find(`#pst-${name}-sidebar-modal`);
  if (!button || !side) return;
  button.addEventListener("click", () => {
    if (matchMedia(`(min-width: ${room}px)`).matches) {
      side.classList.toggle("pst-sidebar-hidden");
    } else {
      move(side, dialog);
      dialog.showModal();
    }
  });
  dialog.addEventListener("close", () => move(dialog, side));
}
column("primary", 992);

/* The search field */

const mac = /^(Mac|iP)/.test(navigator.platform);
if (mac)
  for (const key of document.querySelectorAll(".kbd-shortcut__modifier")) key.textContent = "⌘";

function search() {
  const field = find("article .bd-search input"); // on the page of results
  if (field) field.focus();
  else find("#pst-search-dialog").showModal();
}

for (const button of document.querySelectorAll(".search-button__button"))
  button.addEventListener("click", search);
addEventListener("keydown", event => {
  if (
    event.key == "k" &&
    (mac ? event.metaKey : event.ctrlKey) &&
    !event.shiftKey &&
    !event.altKey
  ) {
    event.preventDefault();
    search();
  }
});

/* Where you are: the entry of the section that crosses a line in the upper part of the window */

const entries = new Map();
for (const link of document.querySelectorAll(".page-toc > ul > li > a[href^='#']")) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (section) entries.set(section.closest("section, dl.py"), link);
}
const reading = new IntersectionObserver(
  seen => {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) entries.get(target).setAttribute("aria-current", "true");
      else entries.get(target).removeAttribute("aria-current");
    }
  },
  { rootMargin: "-25% 0px -75% 0px" },
);
for (const section of entries.keys()) reading.observe(section);

/* In long contents, the chapter that is open can be seen */

const contents = find("#pst-primary-sidebar");
const here = find("#pst-primary-sidebar li.current");
if (here) contents.scrollTop = here.offsetTop - 200;

/* Steppers: one frame at a time, by the slider, the buttons, the arrow keys, or a link to a frame */

function stepper(figure) {
  const frames = [...figure.querySelectorAll(".stepper-frame")];
  const [slider, status] = figure.querySelectorAll("input, .stepper-status");
  const [back, next] = figure.querySelectorAll("button");
  let now;
  function show(to) {
    now = Math.max(0, Math.min(to, frames.length - 1));
    for (const frame of frames) frame.classList.toggle("shown", frame == frames[now]);
    const text = frames[now].querySelector(".stepper-title").textContent;
    if (status.textContent != text) status.textContent = text;
    slider.value = now + 1;
    slider.setAttribute("aria-valuetext", text);
    back.setAttribute("aria-disabled", now == 0); // it keeps the focus
    next.setAttribute("aria-disabled", now == frames.length - 1);
  }
  back.addEventListener("click", () => show(now - 1));
  next.addEventListener("click", () => show(now + 1));
  slider.addEventListener("input", () => show(slider.value - 1));
  figure.addEventListener("keydown", event => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target == slider || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(now + step);
  });
  figure.showFrame = frame => show(frames.indexOf(frame));
  show(0);
}
for (const figure of document.querySelectorAll(".stepper")) stepper(figure);

function showFrame(hash) {
  const frame = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (frame?.matches(".stepper-frame")) frame.closest(".stepper").showFrame(frame);
}
addEventListener("hashchange", () => showFrame(location.hash));
// The same link again changes no address.
document.addEventListener("click", event => {
  const link = event.target.closest("a[href*='#']");
  if (link?.pathname == location.pathname) showFrame(link.hash);
});
showFrame(location.hash);

/* What scrolls sideways in its own box can be reached with the Tab key */

const boxes = new ResizeObserver(resized => {
  for (const { target } of resized) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const box of document.querySelectorAll(
  "article pre, .pst-scrollable-table-container, .formula",
))
  boxes.observe(box);

/* Code that runs in the page: what it takes is fetched when a reader asks for it */

const opener = find(".run-open[data-chapter]");

function fetchPart(tag, values) {
  return new Promise((onload, onerror) =>
    document.head.append(Object.assign(document.createElement(tag), values, { onload, onerror })),
  );
}
async function openCode(asked) {
  const buttons = document.querySelectorAll(".run-open");
  for (const button of buttons) button.disabled = true;
  const place = `${root.dataset.content_root}_static/`;
  const scripts = ["run-package", `run-${opener.dataset.chapter}`, "run-answers", "run"];
  try {
    await fetchPart("link", { rel: "stylesheet", href: `${place}run.css` });
    for (const name of scripts) await fetchPart("script", { src: `${place}${name}.js` });
  } catch {
    for (const button of buttons) button.disabled = false;
    return asked.after(" This could not be fetched. Are you online?");
  }
  startRunning(asked.dataset.cell);
}
for (const button of document.querySelectorAll(".run-open"))
  button.addEventListener("click", () => openCode(button));

/* Progress: the exercises that were passed in this browser, {chapter: {of, labels: {label: hash}}} */

function showProgress() {
  let passed = {};
  try {
    passed = JSON.parse(localStorage.getItem("passed")) ?? {};
  } catch {}
  for (const mark of document.querySelectorAll(".passed")) mark.remove();
  const add = (place, text) =>
    place?.insertAdjacentHTML("beforeend", ` <span class="passed">${text}</span>`);
  let sum = 0;
  for (const [chapter, { of, labels }] of Object.entries(passed)) {
    const ids = Object.keys(labels);
    sum += ids.length;
    if (!ids.length) continue;
    for (const link of document.querySelectorAll(".bd-links li > a.internal"))
      if (!link.hash && link.pathname.endsWith(`book/${chapter}.html`))
        add(link, `${ids.length} of ${of}`);
    for (const id of ids)
      add(document.getElementById(id)?.querySelector(".admonition-title"), "✓ passed");
  }
  const front = find(".front");
  if (sum && front)
    add(find(".start").parentNode, `${sum} of ${front.dataset.exercises} exercises passed`);
}
showProgress();
