import assert from "node:assert/strict";
import fc from "fast-check";
import { EditHistory, applyEdits, orderEdits, withLineEnds } from "../../../src/compose/edits";

/** Edits that do not overlap, of a text of the length: pairs of ascending cuts. */
const editsOf = (length: number) =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: length }), { maxLength: 8 }),
      fc.array(fc.string({ maxLength: 3 }), { minLength: 4, maxLength: 4 }),
    )
    .map(([cuts, texts]) => {
      const sorted = [...cuts].sort((a, b) => a - b);
      return texts.flatMap((newText, index) => {
        const [from, to] = sorted.slice(index * 2, index * 2 + 2);
        return from === undefined || to === undefined ? [] : [{ from, to, newText }];
      });
    });

describe("edits", () => {
  it("are put in order, and refused when they overlap or leave the text", () => {
    const [a, b] = [
      { from: 0, to: 2, newText: "x" },
      { from: 2, to: 3, newText: "" },
    ];
    assert.deepEqual(orderEdits([b, a], 3), [a, b]);
    assert.equal(orderEdits([a, { from: 1, to: 2, newText: "" }], 3), undefined);
    assert.equal(orderEdits([b], 2), undefined);
    assert.equal(orderEdits([{ from: 2, to: 1, newText: "" }], 3), undefined);
  });

  it("summed over rounds give the last text and leave alone what no round touched", () => {
    const rounds = fc
      .string({ minLength: 1, maxLength: 30 })
      .chain((text) => editsOf(text.length).map((first) => ({ text, first })))
      .chain(({ text, first }) => {
        const after = applyEdits(text, first);
        return editsOf(after.length).map((second) => ({ text, first, after, second }));
      });
    fc.assert(
      fc.property(rounds, ({ text, first, after, second }) => {
        const history = new EditHistory(text.length);
        history.add(first);
        history.add(second);
        const sum = history.edits();
        assert.equal(applyEdits(text, sum), applyEdits(after, second));
        assert.deepEqual(orderEdits(sum, text.length), sum);
      }),
      { numRuns: 500 },
    );
  });

  it("summed keep the text between two places as it is", () => {
    const history = new EditHistory("aa keep bb".length);
    history.add([{ from: 0, to: 2, newText: "long" }]);
    history.add([{ from: 10, to: 12, newText: "" }]);
    history.add([{ from: 0, to: 4, newText: "x" }]);
    assert.deepEqual(history.edits(), [
      { from: 0, to: 2, newText: "x" },
      { from: 8, to: 10, newText: "" },
    ]);
  });

  it("take the line ends of the text", () => {
    assert.equal(withLineEnds("\na: 1\r\nb", "x\r\ny"), "\r\na: 1\r\nb");
    assert.equal(withLineEnds("\na: 1", "x\ny"), "\na: 1");
  });
});
