package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Directive;
import dev.fairlead.model.http.SyslogFacility;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Options of the whole program.
final class GlobalOptions {
    private GlobalOptions() {}

    static List<Directive<Place, Setter>> rows() {
        return List.of(
                Rows.global(
                        "chroot",
                        "Has pid, CApath and CRLpath looked for below a folder, as after chroot(2); the program itself stays"
                                + " where it is.",
                        GlobalOptions::chroot),
                Rows.row(
                        "debug",
                        "Says from which level on is logged, with a facility for syslog.",
                        GlobalOptions::debug),
                Rows.global(
                        "foreground",
                        "Stays in the foreground and logs to standard error as well (`fairlead stunnel`; `up` always does).",
                        GlobalOptions::foreground),
                Rows.global(
                        "output",
                        "Writes the log to a file, in the form of Fairlead's logs; `/dev/stdout` for standard output.",
                        (option, service, global, reading) ->
                                global.output = Optional.of(new Given<>(option.value(), option.valueSpan()))),
                Rows.global(
                        "pid",
                        "Writes the process id to a file (`fairlead stunnel`); nothing for none.",
                        (option, service, global, reading) ->
                                global.pid = Optional.of(new Given<>(option.value(), option.valueSpan()))),
                Rows.global(
                        "setuid",
                        "Becomes that user once the ports are open (`fairlead stunnel`).",
                        (option, service, global, reading) ->
                                global.user = Optional.of(new Given<>(option.value(), option.valueSpan()))),
                Rows.global(
                        "setgid",
                        "Becomes that group once the ports are open (`fairlead stunnel`, with setuid).",
                        (option, service, global, reading) ->
                                global.group = Optional.of(new Given<>(option.value(), option.valueSpan()))),
                Rows.global(
                        "syslog",
                        "Logs to the system's log.",
                        (option, service, global, reading) ->
                                Values.yesOrNo(option, reading).ifPresent(yes -> global.syslog = Optional.of(yes))),
                Rows.row(
                        "service",
                        "Names the program in the system's log.",
                        (option, service, global, reading) -> global.serviceName = option.value()),
                Rows.row(
                        "include",
                        "Reads the files of a folder, in the order of their names.",
                        (option, service, global, reading) -> reading.include(option)));
    }

    private static void chroot(Line.Option option, Service service, Global global, Reading reading) {
        global.chroot = Optional.of(new Given<>(option.value(), option.valueSpan()));
        reading.warn(
                option,
                "the program does not change its root",
                "paths are looked for below it; a systemd unit with RootDirectory= or PrivateTmp= confines the program");
    }

    private static void foreground(Line.Option option, Service service, Global global, Reading reading) {
        switch (option.value().toLowerCase(Locale.ROOT)) {
            case "yes", "quiet" -> {
                global.foreground = true;
                global.isQuiet = option.value().equalsIgnoreCase("quiet");
            }
            case "no" -> global.foreground = false;
            default -> reading.wrong(option, "The argument needs to be either 'yes', 'quiet' or 'no'");
        }
    }

    private static void debug(Line.Option option, Service service, Global global, Reading reading) {
        String text = option.value();
        int dot = text.indexOf('.');
        if (dot >= 0) {
            Optional<SyslogFacility> facility =
                    SyslogFacility.of(text.substring(0, dot).toLowerCase(Locale.ROOT));
            if (facility.isEmpty()) {
                reading.wrong(option, "Illegal syslog facility", "a facility such as daemon or local0");
                return;
            }
            global.facility = facility.get();
        }
        Values.level(text.substring(dot + 1))
                .ifPresentOrElse(
                        level -> service.level = level,
                        () -> reading.wrong(
                                option,
                                "Illegal debug argument",
                                "0 to 7, or emerg, alert, crit, err, warning, notice, info, debug"));
    }
}
