/** True for the error of a file that is not there. */
export function isMissing(reason: unknown): boolean {
  const { response } = (reason ?? {}) as { readonly response?: Response };
  return response?.status === 404;
}
