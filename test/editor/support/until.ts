/**
 * Waits until a check holds. Inside a panel this stands for Playwright's waitForFunction, which evaluates text and so
 * is refused by the panel's content security policy.
 */
export async function until(what: string, check: () => Promise<boolean>, patienceMs = 30_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
