/** PEM texts of a TLS connection to an engine. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** False only where the user switched the check of the server's certificate off. */
  readonly verify: boolean;
}

/** Reads ca.pem, cert.pem and key.pem of a folder; a missing one is left out, as the docker command does. */
export async function readTls(
  folder: string,
  verify: boolean,
  readFile: (path: string) => Promise<string | undefined>,
): Promise<TlsFiles> {
  const [ca, cert, key] = await Promise.all(
    ["ca", "cert", "key"].map((name) => readFile(`${folder}/${name}.pem`)),
  );
  return {
    verify,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}
