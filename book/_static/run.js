/* Runs and checks code in the page. page.js loads this file when a reader first asks for it.

   Python (Pyodide) works in a worker, so that the page stays alive whatever its code does, and Stop
   ends any loop. BOOK_RUN says where Python is and holds the package `dlbasics`; BOOK_CHAPTER holds
   the notebook, its exercises and run.py. Both stand in scripts of their own. So does
   run-answers.js: what a reader has written, and the help with the exercises. */

"use strict";

/* The worker: this function runs there */

function work() {
  let python, page;
  const say = (...said) => postMessage(said);

  function countBytes() {
    const plain = self.fetch;
    self.fetch = async (...asked) => {
      const answer = await plain(...asked);
      if (!answer.ok || !answer.body) return answer;
      const transform = (chunk, to) => (say("bytes", chunk.length), to.enqueue(chunk));
      return new Response(answer.body.pipeThrough(new TransformStream({ transform })), answer);
    };
  }
  async function start({ base, zip, programs }) {
    countBytes();
    importScripts(`${base}pyodide.js`);
    python = await loadPyodide({ indexURL: base, packages: ["numpy"] });
    python.unpackArchive(Uint8Array.from(atob(zip), letter => letter.charCodeAt(0)).buffer, "zip");
    for (const [name, text] of Object.entries(programs)) python.FS.writeFile(name, text);
    page = python.runPython("import run; run.page");
    return "good";
  }
  async function run({ sources, cell }) {
    let missing = page.begin(JSON.stringify(sources), cell);
    for (;;) {
      if (missing) {
        say("fetching", missing);
        try {
          await python.loadPackagesFromImports(`import ${missing}`, {
            messageCallback() {},
            errorCallback() {},
          });
        } catch {
          say("error", `${missing} could not be fetched. Are you online?\n`);
        }
        say("fetched");
      }
      missing = page.run(say);
      if (missing == "good" || missing == "bad") return missing;
    }
  }
  onmessage = async ({ data }) => {
    try {
      say("done", await (data.start ? start(data.start) : run(data)));
    } catch (error) {
      say("broken", String(error));
    }
  };
}

/* Python, as the page sees it */

const CORE = 15.7e6; // bytes of Python and NumPy, unpacked
let worker, starting, answerTo, slow;
let round = 0; // Stop begins a new one, and what waits in an old one is dropped

function tell(text, busy = false) {
  clearTimeout(slow);
  if (busy) slow = setTimeout(() => (panel.status.textContent = `${text} Stop ends it.`), 8000);
  panel.status.textContent = text;
  panel.stop.hidden = !busy;
  panel.bar.hidden = true;
}

function ask(message, hear = () => {}) {
  return new Promise(answer => {
    answerTo = answer;
    worker.onmessage = ({ data: [kind, ...more] }) => {
      if (kind == "done") answer(more[0]);
      else if (kind == "bytes") panel.bar.value += more[0];
      else if (kind == "fetching") tell(`Fetching ${more[0]}, the first time only …`, true);
      else if (kind == "fetched") tell("Running …", true);
      else if (kind != "broken") hear(kind, ...more);
      else if (message.start) noPython(more[0]);
      else {
        hear("error", `${more[0].split("\n")[0]}\n`);
        stopPython(
          "Python broke down: too deep a recursion, or no memory left. The next run starts it anew.",
        );
      }
    };
    worker.onerror = event => noPython(event.message);
    worker.postMessage(message);
  });
}

function noPython(reason) {
  console.info(reason);
  const local = location.protocol == "file:" && !/^https?:/.test(BOOK_RUN.base);
  stopPython(
    local
      ? "A page opened from a disk cannot use the book's own Python: run “make serve”, and open the address it names."
      : "Python could not be fetched. Are you online? Any Run button tries again.",
  );
}

function startPython() {
  starting ??= (async () => {
    tell(`Fetching Python, at most ${BOOK_RUN.megabytes} MB, the first time only …`, true);
    Object.assign(panel.bar, { hidden: false, max: CORE, value: 0 });
    worker = new Worker(URL.createObjectURL(new Blob([`"use strict";(${work})()`])));
    const base = new URL(
      BOOK_RUN.base,
      new URL(`${root.dataset.content_root}_static/`, document.baseURI),
    ).href;
    const answer = await ask({
      start: { base, zip: BOOK_RUN.zip, programs: BOOK_CHAPTER.programs },
    });
    if (answer == "good") tell("Python is ready.");
    return answer == "good";
  })();
  return starting;
}

function stopPython(text = "Stopped. The next run starts Python anew.") {
  round++;
  worker?.terminate();
  worker = starting = undefined;
  tell(text);
  answerTo?.("stopped");
}

/* One thing after the other */

let turn = Promise.resolve();
function inTurn(act) {
  const mine = round;
  turn = turn
    .then(async () => mine == round && (await startPython()) && act())
    .catch(error => console.error(error));
  return turn;
}

/* Elements, and code in colours */

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}
function button(text, label, act) {
  const made = make("button", "run-button", text);
  made.type = "button";
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

const KEYWORDS =
  "and as assert async await break class continue def del elif else except finally for from global if " +
  "import in is lambda nonlocal not or pass raise return try while with yield None True False";
const TOKENS = new RegExp(
  [
    /(#.*)/, // kind c1
    /([rbfu]*(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))/, // s2
    `\\b(${KEYWORDS.replaceAll(" ", "|")})\\b`, // k
    /\b(\d[\w.]*)/, // mi
    /[A-Za-z_]\w*/,
  ]
    .map(part => part.source ?? part)
    .join("|"),
  "g",
);
const escaped = text => text.replace(/[&<>]/g, letter => `&#${letter.charCodeAt(0)};`);

function coloured(code) {
  let html = "";
  let last = 0;
  for (const found of code.matchAll(TOKENS)) {
    const kind = ["c1", "s2", "k", "mi"][found.slice(1).findIndex(Boolean)];
    if (!kind) continue;
    html += `${escaped(code.slice(last, found.index))}<span class="${kind}">${escaped(found[0])}</span>`;
    last = found.index + found[0].length;
  }
  return `${html}${escaped(code.slice(last))}\n`;
}
function block(className, html) {
  const made = make("div", `output ${className} notranslate`);
  made.innerHTML = `<div class="highlight"><pre>${html}</pre></div>`;
  boxes.observe(made.querySelector("pre")); // page.js: what scrolls can be reached
  return made;
}

/* Cells */

class Cell {
  constructor(box, number) {
    const { source, metadata } = codeCells[number];
    this.box = box;
    this.number = number;
    this.original = [source].flat().join("");
    this.exercise = exercises.find(one => one.stub == number); // for which it is the answer
    this.checks = exercises.find(one => one.check == number); // whose check it is
    const above = box.matches(".drawn-above") && this.first.previousElementSibling;
    this.shown = this.stored = (above || box).querySelector(".cell_output");
    this.pre = box.querySelector(".cell_input pre");
    this.edit();
    if (metadata.live) this.slider = new Slider(this, metadata.live);
    this.answer = new Answer(this); // run-answers.js
    this.paint();
  }

  get source() {
    return this.area.value;
  }

  edit() {
    const name = `code ${this.number + 1}`;
    this.area = make("textarea", "run-code");
    Object.assign(this.area, {
      spellcheck: false,
      autocapitalize: "off",
      autocomplete: "off",
      wrap: "off",
      rows: 1,
    });
    this.area.setAttribute("autocorrect", "off");
    this.area.setAttribute(
      "aria-label",
      `Code ${this.number + 1} of ${codeCells.length}. Shift and Enter run it.`,
    );
    this.area.value = this.original;
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", event => this.keyPressed(event));
    this.area.addEventListener("scroll", () => (this.pre.scrollLeft = this.area.scrollLeft));
    boxes.unobserve(this.pre); // now the field scrolls
    this.pre.removeAttribute("tabindex");
    this.pre.setAttribute("aria-hidden", "true");
    this.editor = make("div", "run-editor");
    this.pre.replaceWith(this.editor);
    this.editor.append(this.pre, this.area);
    this.run = this.exercise
      ? button("Check", `Run ${name} and check it`, () => this.go())
      : button("Run", `Run ${name}`, () => this.go());
    this.here = button("Run to here", `Run all code down to ${name}`, () => runAll(this.number));
    this.undo = button("Undo", `Bring back the book's ${name}`, () => this.reset());
    this.bar = make("div", "run-bar d-print-none", this.run, this.here, this.undo);
    const input = this.box.querySelector(".cell_input");
    input.querySelector(".copybtn")?.remove();
    input.append(this.bar);
  }

  /* Typing */

  set(text) {
    this.area.value = text;
    this.changed();
  }

  changed() {
    this.paint();
    this.answer.save();
  }

  paint() {
    this.pre.innerHTML = coloured(this.source);
    this.pre.scrollLeft = this.area.scrollLeft;
    this.editor.style.removeProperty("--wrong");
    this.undo.hidden = this.source == this.original;
    this.slider?.follow();
  }

  keyPressed(event) {
    const { selectionStart: at, selectionEnd: end, value } = this.area;
    const line = value.slice(value.lastIndexOf("\n", at - 1) + 1, at);
    const type = text => document.execCommand("insertText", false, text); // so that the browser can undo it
    if (event.key == "Enter" && !event.isComposing && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey || event.ctrlKey || event.metaKey) this.go();
      else type(`\n${line.match(/^ */)[0]}${/:\s*(#.*)?$/.test(line) ? "    " : ""}`);
    } else if (event.key == "Backspace" && at == end && /^( {4})+$/.test(line)) {
      event.preventDefault();
      this.area.setSelectionRange(at - 4, at);
      document.execCommand("delete");
    }
    // The Tab key leaves the field, as it does everywhere in a page.
  }

  /* Bring back the book's code and what it printed. Until the page is left, Ctrl+Z undoes it. */
  reset() {
    this.area.focus();
    this.area.select();
    document.execCommand("insertText", false, this.original);
    if (this.source != this.original) this.set(this.original);
    this.showStored();
    if (this.exercise) cells[this.exercise.check].showStored();
  }

  showStored() {
    if (this.stored) this.replaceOutput(this.stored);
    else this.shown?.remove();
    this.checks?.close();
  }

  replaceOutput(output) {
    if (this.shown?.isConnected) this.shown.replaceWith(output);
    else this.box.querySelector(".cell_input").closest("details, .cell_input").after(output);
    this.shown = output;
  }

  /* Running */

  /* The code of several cells may be in one fold (book_cells.py), which the first of them has. */
  get first() {
    let first = this.box;
    while (first.matches(".folded-above")) first = first.previousElementSibling;
    return first;
  }

  unfold() {
    this.first.querySelector("details.hide")?.setAttribute("open", "");
  }

  go() {
    if (!this.exercise) return inTurn(() => this.execute());
    return inTurn(async () => (await this.execute(false)) && cells[this.exercise.check].execute());
  }

  /* Run the cell, after what it needs of those above it. Returns whether all went well. */
  async execute(last = true) {
    const source = this.source;
    tell("Running …", true);
    this.unfold();
    this.figures = [...(this.stored?.querySelectorAll("figure") ?? [])].map(figure =>
      figure.cloneNode(true),
    );
    this.drawn = 0;
    this.replaceOutput(make("div", "cell_output docutils container"));
    let wrong = this.number;
    const sources = cells.map(cell => cell.source);
    const answer = await ask({ sources, cell: this.number }, (kind, text, more, title) => {
      if (kind == "error" && more) wrong = this.showWrong(...JSON.parse(more));
      this.put(kind, text, more, title);
    });
    if (this.figures[0]?.matches(".stepper") && this.drawn) this.finishStepper();
    if (!this.shown.hasChildNodes() && !this.stored) this.shown.remove();
    if (answer == "stopped") return false;
    if (answer == "bad") tell(`An error in code ${wrong + 1}.`);
    else if (last) tell(this.verdict() || `Code ${this.number + 1} ran.`);
    if (source == this.source) this.checks?.judge(this.shown);
    return answer == "good";
  }

  showWrong(cell, line) {
    if (line) cells[cell].editor.style.setProperty("--wrong", line);
    return cell;
  }

  verdict() {
    return this.shown.querySelector(".check p")?.textContent ?? "";
  }

  put(kind, text, more, title) {
    const output = this.shown;
    if (kind == "stream") {
      const last = output.lastElementChild;
      if (last?.matches(".stream")) last.querySelector("pre").append(text);
      else output.append(block("stream highlight-myst-ansi", escaped(text)));
    } else if (kind == "html") {
      const made = make("div", "output text_html");
      // The solution opens below the check.
      const elsewhere = this.checks ? / Compare with the solution: \S+\.ipynb/ : "";
      made.innerHTML = text.replace(elsewhere, "");
      output.append(made);
    } else if (kind == "markdown") {
      output.append(block("highlight-python", coloured(text.replace(/^```python\n|\n```$/g, ""))));
    } else if (kind == "svg") {
      this.draw(text, more, title);
    } else {
      output.append(
        block(
          kind == "error" ? "traceback highlight-myst-ansi" : "text_plain highlight-myst-ansi",
          escaped(text),
        ),
      );
    }
  }

  /* Put a drawing where the stored one was: into its figure, or the next frame of its stepper. */
  draw(light, dark, title) {
    const stepped = this.figures[0]?.matches(".stepper");
    const place = stepped
      ? this.figures[0].querySelectorAll(".stepper-frame")[this.drawn]
      : this.figures[this.drawn];
    this.drawn++;
    const holder = place ?? make("figure", "align-default");
    if (!place) holder.append(make("img", "on-light"), make("img", "on-dark"));
    for (const [theme, svg] of [
      ["light", light],
      ["dark", dark],
    ]) {
      const image = holder.querySelector(`img.on-${theme}`);
      const size = svg.match(/<svg\b[^>]*?\bwidth="([\d.]+)pt" height="([\d.]+)pt"/).slice(1);
      [image.width, image.height] = size.map(points => Math.round((points * 4) / 3));
      image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
      image.onload = () => URL.revokeObjectURL(image.src);
      image.removeAttribute("loading");
      if (this.source != this.original || !image.alt) image.alt = "What the code above draws now.";
    }
    if (stepped && place) {
      if (this.source != this.original) place.querySelector(".stepper-title").textContent = title;
      if (this.drawn > 1) return;
      this.shown.append(this.figures[0]);
    } else this.shown.append(holder);
    if (this.source != this.original && place)
      this.shown.append(
        make("p", "run-note", "Drawn by your code. The caption describes the book's own figure."),
      );
  }

  /* Changed code may draw fewer frames than the book's, and what it draws has titles of its own. */
  finishStepper() {
    const [figure] = this.figures;
    const frames = [...figure.querySelectorAll(".stepper-frame")];
    for (const frame of frames.splice(this.drawn)) frame.remove();
    figure.querySelector("input").max = frames.length;
    if (this.source != this.original)
      frames.forEach((frame, place) => {
        const title = frame.querySelector(".stepper-title");
        const number = `${place + 1} of ${frames.length}`;
        title.textContent = [number, title.textContent].filter(Boolean).join(": ");
      });
    stepper(figure); // page.js
  }
}

/* Live cells: one number, and a slider that changes it and runs the cell */

class Slider {
  constructor(cell, { name, after, min, max, step }) {
    this.cell = cell;
    const literal = after.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    this.number = new RegExp(`(${literal})(-?\\d[\\d_]*\\.?\\d*(?:e-?\\d+)?)`);
    this.field = make("input", "");
    this.exact = make("input", "");
    Object.assign(this.field, { type: "range", min, max, step });
    Object.assign(this.exact, { type: "number", min, max, step });
    this.field.setAttribute("aria-label", `${name}, slider`);
    for (const input of [this.field, this.exact])
      input.addEventListener("input", () => this.move(input.value));
    cell.bar.before(make("div", "run-live", make("label", "", `${name} `, this.exact), this.field));
  }

  follow() {
    const found = this.cell.source.match(this.number);
    this.field.disabled = this.exact.disabled = !found;
    if (found && document.activeElement != this.exact) this.exact.value = Number(found[2]);
    if (found) this.field.value = Number(found[2]);
  }

  move(value) {
    if (value === "" || !Number.isFinite(Number(value))) return;
    const whole = !/[.e]/.test(this.cell.original.match(this.number)[2]);
    const text = whole || /[.e]/.test(value) ? value : `${value}.0`;
    this.cell.set(this.cell.source.replace(this.number, (_, before) => before + text));
    if (this.waits) return; // the run to come takes the newest value
    this.waits = true;
    inTurn(() => {
      this.waits = false;
      return this.cell.execute();
    });
  }
}

/* The panel at the lower end of the window */

const panel = {
  status: make("p", "run-status"),
  bar: make("progress", ""),
  stop: button("Stop", "", () => stopPython()),
};
panel.status.setAttribute("role", "status");
panel.bar.setAttribute("aria-label", "Fetched");

async function runAll(last = cells.length - 1) {
  const mine = round;
  await inTurn(async () => {
    for (const cell of cells.slice(0, last + 1))
      if (mine != round || !(await cell.execute())) return;
  });
}

const codeCells = BOOK_CHAPTER.notebook.cells.filter(cell => cell.cell_type == "code");
const exercises = BOOK_CHAPTER.exercises.map(one => new Exercise(one)); // run-answers.js
const boxesOfCode = [...document.querySelectorAll("article div.cell")].filter(box =>
  box.querySelector(".cell_input pre"),
);
const cells = [];

/* What page.js calls when all scripts are here: open the cell that the reader asked for, or the page. */
function startRunning(number) {
  for (const open of document.querySelectorAll(".run-open")) open.remove();
  boxesOfCode.forEach((box, place) => cells.push(new Cell(box, place)));
  const all = button("Run all", "Run all code of this page", () => runAll());
  find("article").after(
    make("div", "run-panel d-print-none", panel.status, panel.bar, panel.stop, all, answersMenu()),
  );
  panel.stop.hidden = true;
  const asked = cells[number];
  asked?.unfold(); // what is folded takes no focus
  if (asked) (asked.slider?.field ?? asked.area).focus({ preventScroll: true });
  else cells.find(cell => cell.area.checkVisibility()).area.focus();
  inTurn(async () => {
    for (const exercise of exercises) if (exercise.passed) await exercise.checkAgain();
    if (asked) await cells[asked.exercise?.check ?? number].execute();
    else tell("Python is ready. Run any code, or all of it.");
  });
}
