/** What `--help` prints. */
export const usage = `macvlan-check: checks the networks of Docker Compose files, without Docker.

  macvlan-check check [options] PATH...
      PATH is a compose file, or a folder: then every compose project below it.
      --engine VERSION    check against this Docker Engine, such as 28.5 (default: the facts' engine,
                          else the newest known)
      --facts FILE        what is known of the host and its engine, as "Macvlan: Export Facts" writes it
      --env-file FILE     variables, instead of .env beside the compose file; may be repeated
      --profile NAME      an active profile, * for all; may be repeated
      --format FORMAT     text (default), json or sarif
      --severity LEVEL    lowest level shown: error, warning, information, hint (default)
      --fix               apply the preferred fixes until nothing changes
      --isolate           no findings between projects
      --rule RULE=LEVEL   another severity for a rule, or off; may be repeated
  macvlan-check resolve [options] PATH...
      the networks of one project as Docker Compose would send them, as JSON. PATH is a folder, or files of
      which each is put onto those before it, as with docker compose -f.
      --env-file, --profile               as above
      -p, --project-name NAME             the project's name
      --project-directory FOLDER          what relative paths start from
  macvlan-check rules [--format text|json]
      every rule
  macvlan-check --help | --version

Exit code: 0 no errors, 1 errors found, 2 could not run.
`;
