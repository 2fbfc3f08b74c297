package dev.fairlead.model.service.lifecycle;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A signal by its Linux number (the numbers of x86-64 and AArch64, which are the same).
public record Signal(int number) {
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");
    private static final int REALTIME_MIN = 34;
    private static final int REALTIME_MAX = 64;

    public static final Signal HUP = new Signal(1);
    public static final Signal INT = new Signal(2);
    public static final Signal QUIT = new Signal(3);
    public static final Signal ABRT = new Signal(6);
    public static final Signal KILL = new Signal(9);
    public static final Signal USR1 = new Signal(10);
    public static final Signal USR2 = new Signal(12);
    public static final Signal PIPE = new Signal(13);
    public static final Signal TERM = new Signal(15);
    public static final Signal CHLD = new Signal(17);
    public static final Signal CONT = new Signal(18);
    public static final Signal TTIN = new Signal(21);
    public static final Signal TTOU = new Signal(22);
    public static final Signal WINCH = new Signal(28);

    public Signal {
        if (number < 1 || number > REALTIME_MAX) {
            throw new IllegalArgumentException("signal " + number);
        }
    }

    /// By name with or without `SIG`, by number, or as `RTMIN+n` and `RTMAX-n`.
    public static Optional<Signal> parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        int index = NAMES.indexOf(
                name.equals("POLL") ? "IO" : name.equals("CLD") ? "CHLD" : name.equals("IOT") ? "ABRT" : name);
        if (index >= 0) {
            return Optional.of(new Signal(index + 1));
        }
        try {
            int number = name.startsWith("RTMIN")
                    ? REALTIME_MIN + offset(name.substring(5))
                    : name.startsWith("RTMAX") ? REALTIME_MAX + offset(name.substring(5)) : Integer.parseInt(name);
            return number < 1 || number > REALTIME_MAX ? Optional.empty() : Optional.of(new Signal(number));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static int offset(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    /// Without `SIG`, such as `TERM`; `RTMIN+n` for those without a name.
    public String shortName() {
        return number <= NAMES.size() ? NAMES.get(number - 1) : "RTMIN+" + (number - REALTIME_MIN);
    }

    @Override
    public String toString() {
        return "SIG" + shortName();
    }
}
