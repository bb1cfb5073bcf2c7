/** What went wrong between two sides of TLS, in words; pure. */

/** OpenSSL's and Node's error codes (node:tls), and what Go's server says to plain HTTP. The first that matches wins. */
const meanings: readonly { readonly pattern: RegExp; readonly explain: string }[] = [
  {
    pattern: /sent an HTTP request to an HTTPS server/i,
    explain:
      "it speaks TLS and this connection does not. Use a Docker context that has its certificates, or set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH",
  },
  {
    pattern: /WRONG_VERSION_NUMBER|wrong version number|EPROTO|PACKET_LENGTH_TOO_LONG/i,
    explain:
      "what answers there does not speak TLS. Correct the port, or take the certificates away from the context or DOCKER_TLS_VERIFY from the environment",
  },
  {
    pattern: /ALTNAME_INVALID/,
    explain:
      "its certificate was made for other names. Name the engine as its certificate does, or have a certificate made that holds this name",
  },
  {
    pattern: /CERT_HAS_EXPIRED/,
    explain: "its certificate has expired. Have a new one made",
  },
  {
    pattern: /CERT_NOT_YET_VALID/,
    explain: "its certificate is not valid yet. See whether the clocks of both machines are right",
  },
  {
    pattern: /UNABLE_TO|SELF_SIGNED|CERT_SIGNATURE_FAILURE|CERT_UNTRUSTED|INVALID_CA/,
    explain:
      "its certificate is not of the CA that is trusted here, so it may be another machine that answers. Take ca.pem from who runs the engine",
  },
  {
    pattern: /ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE|HANDSHAKE)/,
    explain:
      "it did not accept the certificate of this side. Put cert.pem and key.pem of a certificate that its CA has signed beside ca.pem",
  },
  {
    pattern: /OSSL|PEM|KEY_VALUES_MISMATCH/,
    explain:
      "ca.pem, cert.pem or key.pem cannot be used. See that they are PEM files and that the key belongs to the certificate",
  },
];

/** A whole sentence with the way out; `words` of the library or the engine close it. */
export function tlsFailure(code: string, words: string, label: string): string {
  const known = meanings.find(({ pattern }) => pattern.test(`${code} ${words}`));
  return known
    ? `No trusted connection to ${label}: ${known.explain}. (${words.trim()})`
    : `The TLS connection to ${label} failed: ${words}.`;
}
