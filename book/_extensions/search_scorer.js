/* Sphinx's own scores, but a page that teaches comes before one of the reference. */
var Scorer = {
  score: ([page, , , , score]) => (page.startsWith("book/api") ? score - 12 : score),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
