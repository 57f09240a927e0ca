/* What a reader has written, and the help with the exercises. run.js runs it.

   Each cell that was changed is kept in localStorage, under the exercise's label and with the hash
   of the book's code, and the exercises that were passed under "passed". Nothing leaves the browser. */

"use strict";

const chapter = opener.dataset.chapter;
const own = /^(answer |passed$)/;
const memory = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {
      tell("This browser keeps nothing: download your answers before you leave.");
    }
  },
  forget() {
    try {
      for (const key of Object.keys(localStorage)) if (own.test(key)) localStorage.removeItem(key);
    } catch {} // It has nothing to forget.
  },
};

/* The reader's code of one cell, and what they wrote for an earlier edition of it */

class Answer {
  constructor(cell) {
    this.cell = cell;
    this.hash = BOOK_CHAPTER.hashes[cell.number];
    this.key = `answer ${chapter} ${cell.exercise?.label ?? codeCells[cell.number].id}`;
    const kept = memory.read(this.key);
    if (!kept) return;
    if (kept.hash == this.hash) cell.area.value = kept.source;
    this.keepOlder(kept.hash == this.hash ? kept.older : kept.source);
  }

  save() {
    const {
      hash,
      older,
      cell: { source, original },
    } = this;
    memory.write(this.key, source != original || older ? { hash, source, older } : null);
  }

  keepOlder(text) {
    this.older = text;
    this.box?.remove();
    if (!text || text == this.cell.source) return;
    const why = make(
      "p",
      "",
      "The book's code is another one than when you wrote yours. This was yours:",
    );
    const use = button("Use it", "Use your earlier code", () => this.cell.set(text));
    const drop = button("Drop it", "Drop your earlier code", () => (this.keepOlder(), this.save()));
    this.box = make("div", "run-older", why, block("highlight-python", coloured(text)), use, drop);
    this.cell.bar.after(this.box);
  }
}

/* Exercises */

class Exercise {
  constructor(known) {
    Object.assign(this, known); // label, title, the numbers of its cells, help, solution
    this.box = make("div", "run-help d-print-none");
  }

  get passed() {
    return Boolean(memory.read("passed")?.[chapter]?.labels[this.label]);
  }

  set passed(yes) {
    const passed = memory.read("passed") ?? {};
    const mine = (passed[chapter] ??= { of: 0, labels: {} });
    mine.of = exercises.length;
    delete mine.labels[this.label];
    if (yes) mine.labels[this.label] = BOOK_CHAPTER.hashes[this.stub];
    memory.write("passed", passed);
    showProgress(); // page.js
  }

  /* An answer that was passed once is checked again when it comes back. */
  async checkAgain() {
    const good = await cells[this.stub].execute(false);
    return good ? cells[this.check].execute() : (this.passed = false);
  }

  close() {
    this.box.replaceChildren();
  }

  /* Act on what the check says: mark the exercise, and offer what helps now. */
  judge(output) {
    const result = output.querySelector(".check");
    const passed = result?.matches(".check-passed") ?? false;
    if (passed || result?.matches(".check-not-yet") || !result) this.passed = passed;
    this.close();
    output.after(this.box);
    if (passed) this.offerSolution();
    else if (result?.matches(".check-not-yet")) this.offerHelp(result);
  }

  offerHelp(result) {
    const steps = ["A nudge", "One step, worked"].slice(0, this.help.length);
    steps.forEach((name, step) => {
      const more = button(name, `${name}, for ${this.title}`, () => {
        more.replaceWith(make("div", "run-nudge"));
        const text = this.box.querySelector(".run-nudge:empty");
        const code = (_, span) =>
          `<code class="literal${span.length < 30 ? " run-whole" : ""}">${span}</code>`;
        const html = escaped(this.help[step]).replace(/`([^`]+)`/g, code);
        text.innerHTML = `<b>${name}.</b> ${html}`;
        text.tabIndex = -1;
        text.focus();
        if (this.box.children[step + 1]) this.box.children[step + 1].hidden = false;
      });
      more.hidden = step > 0;
      this.box.append(more);
    });
    this.box.append(button("This is not my mistake", "", () => this.report(result)));
  }

  async report(result) {
    const text = [
      `${this.title} (${this.label}), edition ${BOOK_RUN.edition}, Pyodide ${BOOK_RUN.version}`,
      "The check says:",
      result.innerText.trim(),
      "",
      "The answer:",
      cells[this.stub].source,
      "",
    ].join("\n");
    try {
      await navigator.clipboard.writeText(text);
      tell("A report is in your clipboard. Nothing was sent: paste it where you can ask.");
    } catch {
      this.box.append(block("text_plain", escaped(text)));
      tell("Here is a report to copy. Nothing was sent.");
    }
  }

  offerSolution() {
    const fold = make(
      "details",
      "run-solution",
      make("summary", "", "The solution, and what matters in it"),
    );
    const text = make("div", "");
    text.innerHTML = this.solution;
    fold.append(text);
    fold.addEventListener("toggle", () =>
      text.querySelectorAll("pre").forEach(pre => boxes.observe(pre)),
    );
    this.box.append(fold);
  }
}

/* All answers of the chapter: a notebook to take away, and to bring back */

function download() {
  const notebook = structuredClone(BOOK_CHAPTER.notebook);
  notebook.metadata.dlbasics = { chapter, edition: BOOK_RUN.edition };
  const inNotebook = notebook.cells.filter(cell => cell.cell_type == "code");
  for (const { number, source, original, answer } of cells) {
    if (source == original) continue;
    inNotebook[number].source = source.split(/(?<=\n)/);
    inNotebook[number].metadata.answer = { hash: answer.hash };
  }
  const link = make("a", "");
  link.href = URL.createObjectURL(
    new Blob([JSON.stringify(notebook, null, 1)], { type: "application/x-ipynb+json" }),
  );
  link.download = `${chapter}-answers.ipynb`;
  link.click();
  tell(`Saved as ${link.download}. Jupyter opens it, and “Load” brings it back.`);
}

async function load(file) {
  let notebook;
  try {
    notebook = JSON.parse(await file.text());
  } catch {}
  const theirs = new Map(notebook?.cells?.map(cell => [cell.id, cell]));
  const known = cells.filter(({ number }) => theirs.has(codeCells[number].id));
  if (!known.length) return tell(`This is no notebook of this chapter: ${file.name}`);
  const changed = known.filter(cell => {
    const { source, metadata } = theirs.get(codeCells[cell.number].id);
    const text = [source].flat().join("");
    const { answer } = cell;
    if (text == cell.original || text == cell.source) return false;
    const stale = metadata.answer && metadata.answer.hash != answer.hash;
    const before = cell.source;
    if (!stale) cell.set(text);
    if (stale || before != cell.original) answer.keepOlder(stale ? text : before);
    answer.save();
    return true;
  });
  tell(`Loaded: ${changed.length} of your cells differ from what was here.`);
  for (const { exercise } of changed) if (exercise) inTurn(() => exercise.checkAgain());
}

function undoAll() {
  if (!confirm("Bring back the book's code in all cells of this page? Your own will be gone."))
    return;
  for (const cell of cells) {
    cell.answer.keepOlder();
    cell.set(cell.original);
    cell.showStored();
  }
}

function forget() {
  if (!confirm("Delete your code and your progress, of all chapters, from this browser?")) return;
  memory.forget();
  for (const cell of cells) {
    cell.answer.keepOlder();
    cell.set(cell.original);
    cell.showStored();
  }
  showProgress();
  tell("All is forgotten.");
}

function answersMenu() {
  const file = make("input", "");
  Object.assign(file, { type: "file", accept: ".ipynb", hidden: true });
  file.addEventListener("change", async () => {
    await load(file.files[0]);
    file.value = "";
  });
  const menu = make("details", "run-menu", make("summary", "", "My answers"));
  menu.append(
    make(
      "div",
      "",
      make("p", "", "Your code and your progress are kept in this browser only. Nothing is sent."),
      button("Download my answers", "", download),
      button("Load", "Load answers from a notebook", () => file.click()),
      button("Undo all", "Bring back all of the book's code in this page", undoAll),
      button("Forget", "Delete all that is kept in this browser", forget),
      file,
    ),
  );
  menu.addEventListener("keydown", event => {
    if (event.key != "Escape") return;
    menu.open = false;
    menu.firstChild.focus();
  });
  return menu;
}
