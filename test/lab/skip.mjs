// @ts-check

/**
 * Skips a mocha test or, from a `before` hook, a suite, and says why: the reason joins the title, which mocha prints.
 * @param {Mocha.Context} context `this` of the test or hook
 * @param {string} reason
 * @returns {never}
 */
export function skip(context, reason) {
  const mark = (/** @type {Mocha.Runnable} */ test) => {
    test.title += ` (skipped: ${reason})`;
  };
  const { test } = context;
  // In a hook, that is the hook.
  if (test?.title.includes(" hook")) test.parent?.eachTest(mark);
  else if (test) mark(test);
  return context.skip();
}
