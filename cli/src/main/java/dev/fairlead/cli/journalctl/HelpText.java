package dev.fairlead.cli.journalctl;

/// What `--help` shows.
final class HelpText {
    static final String TEXT = """
            journalctl [OPTIONS...] [FIELD=VALUE...]

            Shows what the units of a stack have printed.

              -u --unit=UNIT        of this unit; a pattern for several
              -n --lines[=N]        the last lines          -f --follow     and those to come
              -S --since=TIME       -U --until=TIME         2026-01-02 03:04, yesterday, -1h, 5min ago, @SECONDS
              -b --boot[=ID]        of a run of the supervisor: 0 for the last, -1 for the one before
              -p --priority=LEVEL   err, 3, warning..err    -g --grep=PATTERN    -t --identifier=NAME
              -r --reverse          newest first            -e --pager-end       the last 1000
              -o --output=FORMAT    short, short-full, short-iso, short-precise, short-unix, verbose, export,
                                    json, json-pretty, cat, with-unit
              -F --field=FIELD      all values of a field   -q --quiet  --utc  --no-hostname  --no-pager
                 --show-cursor  -c --cursor=CURSOR  --after-cursor=CURSOR
                 --list-boots  --disk-usage  --vacuum-size=BYTES  --vacuum-time=TIME  --vacuum-files=N
                 --root=DIR  -D --directory=DIR  -C --stack=NAME    whose journal
            """;

    private HelpText() {}
}
