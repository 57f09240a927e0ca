/* Loads Pyodide and the package as a page does, then does piece after piece of the work. */

importScripts("/pyodide/pyodide.js");

async function fetchBytes(address) {
  return (await fetch(address)).arrayBuffer();
}

async function fetchJson(address) {
  return (await fetch(address, { cache: "no-store" })).json();
}

function say(body) {
  return fetch("/said", { method: "POST", body: JSON.stringify(body) });
}

(async () => {
  try {
    const packages = await fetchJson("/packages.json");
    const python = await loadPyodide({ indexURL: "/pyodide/", packages });
    python.unpackArchive(await fetchBytes("/dlbasics.zip"), "zip");
    python.unpackArchive(await fetchBytes("/tests.zip"), "zip", { extractDir: "/" });
    python.runPython(await (await fetch("/in_page.py")).text());
    for (let piece; (piece = await fetchJson("/next.json"));) {
      const begun = performance.now();
      const value = python.globals.get(piece.call)(python.toPy(piece.argument));
      const result = value.toJs();
      value.destroy();
      const seconds = (performance.now() - begun) / 1000;
      await say({ name: piece.name, result, seconds });
    }
  } catch (error) {
    await say({ name: "broken", error: String(error).slice(-5000) });
  }
})();
