package dev.fairlead.cli.pound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What poundctl was asked on its command line, in the form of Pound 4 or of Pound 2, which begins with `-c`.
///
/// @param file the configuration that says where the socket is
/// @param orders in this order; showing everything is one
record PoundctlArguments(
        String file, Optional<String> socket, List<Order> orders, boolean json, boolean version, boolean help) {
    private static final String USUAL = "/etc/pound.cfg";

    PoundctlArguments {
        orders = List.copyOf(orders);
    }

    /// @param method GET shows, PUT switches on or adds, DELETE switches off or forgets
    /// @param place such as `/0/1/2`; empty for everything
    /// @param key of a session; empty for none
    record Order(String method, String place, String key) {}

    /// @param words without the program's own name
    /// @throws IllegalArgumentException with the reason if they cannot be understood
    static PoundctlArguments read(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        String first = words.isEmpty() ? "" : words.getFirst();
        return first.equals("-c") ? ofPound2(rest) : ofPound4(rest);
    }

    private static PoundctlArguments ofPound4(Deque<String> rest) {
        String file = USUAL;
        @Nullable String socket = null;
        String flags = "";
        while (!rest.isEmpty() && rest.getFirst().startsWith("-")) {
            String word = rest.pop();
            switch (word) {
                case "-f" -> file = value(word, rest);
                case "-s" -> socket = file(value(word, rest));
                case "-t", "-T" ->
                    throw new IllegalArgumentException(
                            "\"" + word + "\": templates are not carried out here; -j shows everything as JSON");
                // How far JSON is indented.
                case "-i" -> value(word, rest);
                case "-h", "-V", "-j", "-v" -> flags += word;
                default -> throw new IllegalArgumentException("invalid option \"" + word + "\"");
            }
        }
        boolean asks = !flags.contains("-h") && !flags.contains("-V");
        List<Order> orders = asks ? List.of(order(rest)) : List.of();
        return new PoundctlArguments(
                file,
                Optional.ofNullable(socket),
                orders,
                flags.contains("-j"),
                flags.contains("-V"),
                flags.contains("-h"));
    }

    /// The socket is one of this machine.
    private static String file(String socket) {
        if (socket.matches("[^/]+:\\d+|https?://.*")) {
            throw new IllegalArgumentException("\"" + socket + "\": the socket is a file, not an address");
        }
        return socket;
    }

    private static Order order(Deque<String> rest) {
        String command = rest.isEmpty() ? "list" : rest.pop();
        int least = switch (command) {
            case "list" -> 0;
            case "enable", "on", "disable", "off" -> 1;
            case "add", "delete", "del" -> 2;
            default -> throw new IllegalArgumentException("unknown command \"" + command + "\"");
        };
        if (rest.size() < least) {
            throw new IllegalArgumentException("required argument missing");
        }
        String place = rest.isEmpty() ? "" : rest.pop();
        String key = least == 2 ? rest.pop() : "";
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("too many arguments");
        }
        if (!place.isEmpty() && !place.startsWith("/")) {
            throw new IllegalArgumentException("bad object \"" + place + "\": such as /0/1/2");
        }
        return switch (command) {
            case "enable", "on", "add" -> new Order("PUT", place, key);
            case "disable", "off", "delete", "del" -> new Order("DELETE", place, key);
            default -> new Order("GET", place, "");
        };
    }

    private static PoundctlArguments ofPound2(Deque<String> rest) {
        rest.pop();
        String socket = value("-c", rest);
        List<Order> orders = new ArrayList<>();
        while (!rest.isEmpty()) {
            String word = rest.pop();
            switch (word) {
                case "-L", "-S", "-B" -> orders.add(new Order("PUT", place(word, parts(word), rest), ""));
                case "-l", "-s", "-b" -> orders.add(new Order("DELETE", place(word, parts(word), rest), ""));
                case "-N" -> {
                    String service = place(word, 2, rest);
                    String key = value(word, rest);
                    orders.add(new Order("PUT", service + place(word, 1, rest), key));
                }
                case "-n" -> orders.add(new Order("DELETE", place(word, 2, rest), value(word, rest)));
                case "-H" -> {
                    // Addresses are shown as the configuration has them.
                }
                default -> throw new IllegalArgumentException("invalid option \"" + word + "\"");
            }
        }
        if (orders.isEmpty()) {
            orders.add(new Order("GET", "", ""));
        }
        return new PoundctlArguments(USUAL, Optional.of(socket), orders, false, false, false);
    }

    private static int parts(String option) {
        return switch (option) {
            case "-L", "-l" -> 1;
            case "-S", "-s" -> 2;
            default -> 3;
        };
    }

    /// Numbers as a place; -1 stands for what is outside of listeners.
    private static String place(String option, int parts, Deque<String> rest) {
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            place.append('/').append(value(option, rest));
        }
        return place.toString();
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("option \"" + option + "\" requires an argument");
        }
        return rest.pop();
    }
}
