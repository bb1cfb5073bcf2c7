/** What the engine says when a name is given twice. */
export function conflictText(name: string): string {
  return (
    `Conflict. The container name "/${name}" is already in use by container "<id>". You have to remove ` +
    "(or rename) that container to be able to reuse that name."
  );
}
