// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../process.mjs";

/**
 * Makes the keys of a machine: a certificate authority with a server and a client certificate (`ca.pem`, `server.pem`,
 * `server-key.pem`, `cert.pem`, `key.pem`, named as the docker command names them), another authority that the engine
 * does not know (`other-ca.pem`), a key to log in with (`id_ed25519`), and one that opens nothing (`other_ed25519`).
 * @param {string} folder
 */
export async function makeKeys(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const openssl = (/** @type {string} */ words) =>
    run(["openssl", ...words.split(" ")], { cwd: folder });
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
  for (const name of ["ca", "other-ca"]) {
    await openssl(
      `req -x509 ${key} -days 3650 -subj /CN=lab-${name} -keyout ${name}-key.pem -out ${name}.pem`,
    );
  }
  const kinds = [
    [
      "server",
      "server-key.pem",
      "subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth",
    ],
    ["cert", "key.pem", "extendedKeyUsage=clientAuth"],
  ];
  for (const [name, keyFile, extensions = ""] of kinds) {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    await openssl(`req ${key} -subj /CN=lab-${name} -keyout ${keyFile} -out ${name}.csr`);
    await openssl(
      `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 3650 -extfile ${name}.ext -out ${name}.pem`,
    );
  }
  for (const name of ["id_ed25519", "other_ed25519"]) {
    await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", name], {
      cwd: folder,
    });
  }
}

/**
 * The archive for the machine's second disk.
 * @param {string} folder with the keys
 * @param {string} scripts folder with the machine's own programs
 * @param {string} archive path to write
 */
export async function packStart(folder, scripts, archive) {
  const root = `${archive}.root`;
  const put = (/** @type {string} */ path, /** @type {Buffer} */ content, mode = 0o600) => {
    const target = join(root, path);
    mkdirSync(join(target, ".."), { recursive: true, mode: 0o700 });
    writeFileSync(target, content, { mode });
  };
  for (const name of ["ca.pem", "server.pem", "server-key.pem"]) {
    put(`vm/tls/${name}`, readFileSync(join(folder, name)));
  }
  for (const name of ["init.sh", "control.sh"]) {
    put(`vm/${name}`, readFileSync(join(scripts, name)), 0o755);
  }
  put("root/.ssh/authorized_keys", readFileSync(join(folder, "id_ed25519.pub")));
  await run(["tar", "--owner=0", "--group=0", "-C", root, "-cf", archive, "vm", "root"]);
  rmSync(root, { recursive: true });
}
