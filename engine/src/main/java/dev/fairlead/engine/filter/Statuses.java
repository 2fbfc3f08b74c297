package dev.fairlead.engine.filter;

/// Which responses fields are put on without being told that all are meant.
final class Statuses {
    private Statuses() {}

    static boolean isPlain(int status) {
        return switch (status) {
            case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308 -> true;
            default -> false;
        };
    }
}
