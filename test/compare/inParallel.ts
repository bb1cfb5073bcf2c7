/** Runs a job for each item, two at a time: each is a process of its own. */
export async function inParallel<T>(
  items: readonly T[],
  job: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await job(item);
  };
  await Promise.all([worker(), worker()]);
}
