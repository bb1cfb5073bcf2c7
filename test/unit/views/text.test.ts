import assert from "node:assert/strict";
import { shown } from "../../../src/views/text";

describe("names of others", () => {
  it("show as they are, with what would not show written out", () => {
    assert.equal(shown("<b>lan</b> [x](command:y) $(bug)"), "<b>lan</b> [x](command:y) $(bug)");
    assert.equal(shown("\u001b[31mred\u001b[0m"), String.raw`\x1b[31mred\x1b[0m`);
    assert.equal(shown("a\nb\u202Etxt"), String.raw`a\x0ab\u202etxt`);
    assert.equal(shown("Büro-LAN 网络"), "Büro-LAN 网络");
  });
});
