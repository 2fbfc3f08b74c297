package dev.fairlead.cli.systemctl;

/// What `--help` shows.
final class HelpText {
    static final String TEXT = """
            systemctl [OPTIONS...] COMMAND ...

            Shows and changes which units are enabled, and tells a running stack what to do with them.

            Running units:
              start UNIT...  stop  restart  reload  try-restart  reload-or-restart  try-reload-or-restart
              status [UNIT...]  show  is-active  is-failed  is-system-running  kill  reset-failed
              list-units [PATTERN...]  list-sockets  list-timers  list-dependencies
              list-jobs [PATTERN...]  cancel [JOB...]  isolate TARGET  daemon-reload
              show-environment  set-environment NAME=VALUE...  unset-environment NAME...  import-environment

            Files:
              enable UNIT...  disable  reenable  preset  preset-all  mask  unmask  link PATH...  revert
              add-wants TARGET UNIT...  add-requires  is-enabled  get-default  set-default TARGET
              list-unit-files [PATTERN...]  cat  edit

            Options:
                 --root=DIR       units below DIR, which stands for /
              -C --stack=NAME     which running stack: its name, folder or socket
              -p --property=LIST  -P NAME  --value  --timestamp=pretty|utc|unix
              -s --signal=NAME  --kill-whom=all|main|control
                 --no-block       does not wait until it is done
                 --wait           waits until what was started has ended
                 --job-mode=MODE  such as fail or ignore-dependencies
                 --reverse  --after  --before
                 --runtime        until the machine is restarted
                 --now            also starts or stops the units
              -f --force          replaces links that lead elsewhere
                 --preset-mode=   full, enable-only, disable-only
              -t --type=LIST  --state=LIST  -a --all  -l --full  --plain  --no-legend  --no-pager
              -q --quiet  -o --output=json|json-pretty
            """;

    private HelpText() {}
}
