package dev.fairlead.cli.haproxy;

import dev.fairlead.admin.command.Steered;

/// What the personality says about itself. Programs that ask for the version look for a number of HAProxy's: it
/// is the release whose behaviour is followed.
final class HaproxyTexts {
    /// As programs that watch look for it.
    static final String NAME = "HAProxy";

    static final String IMITATED = Steered.FOLLOWED;

    static final String VERSION = "HAProxy version " + IMITATED + " (Fairlead) - https://haproxy.org/\n";

    static final String USAGE = """
            Usage : haproxy [-f <cfgfile|cfgdir>]* [ -vdVD ] [ -p <pidfile> ] [ -C <dir> ] [-- <cfgfile>*]
                    -v shows the version ; -vv shows how it was built as well
                    -f names a configuration file, or a folder of *.cfg files ; may be given several times
                    -c checks the configuration and exits
                    -V says more, -q says less
                    -D goes to the background ; -db stays in the foreground
                    -W reads the configuration anew on SIGUSR2 or SIGHUP ; -Ws also tells systemd when it is ready
                    -p writes the process id to this file
                    -C changes to this folder before files are read
                    -dW takes warnings for faults
                    -sf/-st [pid ]* has the older programs finish / end once this one serves
            """;

    private HaproxyTexts() {}

    static String build() {
        return "Build options :\n  Java " + Runtime.version() + "\nFeature list : +OPENSSL +EPOLL +THREAD\n";
    }
}
