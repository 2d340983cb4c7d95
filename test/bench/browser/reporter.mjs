/** Hands on what measurements print, and says why one could not be made. */
export default class {
  onStdOut(chunk) {
    process.stdout.write(chunk);
  }

  onTestEnd(test, { status, errors }) {
    if (status !== 'passed') {
      console.error(`${test.title}: ${status}`);
      errors.forEach(({ message }) => console.error(message));
    }
  }

  onError({ message }) {
    console.error(message);
  }
}
