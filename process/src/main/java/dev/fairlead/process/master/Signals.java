package dev.fairlead.process.master;

/// Signal numbers of Linux that workers get or die of.
final class Signals {
    static final int INTERRUPT = 2;
    static final int QUIT = 3;
    static final int ABORT = 6;
    static final int KILL = 9;
    static final int USER2 = 12;
    static final int TERM = 15;

    private Signals() {}

    static String name(int number) {
        return switch (number) {
            case INTERRUPT -> "SIGINT";
            case QUIT -> "SIGQUIT";
            case 4 -> "SIGILL";
            case ABORT -> "SIGABRT";
            case 7 -> "SIGBUS";
            case 8 -> "SIGFPE";
            case KILL -> "SIGKILL";
            case 11 -> "SIGSEGV";
            case TERM -> "SIGTERM";
            default -> "signal " + number;
        };
    }
}
