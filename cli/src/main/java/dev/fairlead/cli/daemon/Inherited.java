package dev.fairlead.cli.daemon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Listening sockets that go from one program to the next: descriptors from 3 on, and a variable that says
/// which is which, such as `0.0.0.0:80=3;[::]:80=4`.
///
/// @param sockets descriptors by address
public record Inherited(Map<String, Integer> sockets) {
    public static final String VARIABLE = "FAIRLEAD_LISTENERS";
    private static final int FIRST = 3;

    /// Those this program was given; none if it was started by hand.
    public static Inherited own() {
        return parse(System.getenv().getOrDefault(VARIABLE, ""));
    }

    static Inherited parse(String text) {
        Map<String, Integer> sockets = new LinkedHashMap<>();
        for (String pair : text.split(";", -1)) {
            int equals = pair.lastIndexOf('=');
            if (equals > 0) {
                sockets.put(pair.substring(0, equals), Integer.parseInt(pair.substring(equals + 1)));
            }
        }
        return new Inherited(sockets);
    }

    public boolean isEmpty() {
        return sockets.isEmpty();
    }

    /// The variable's value once the descriptors have been moved to 3 and up, in this order.
    public String text() {
        List<String> pairs = new ArrayList<>();
        int next = FIRST;
        for (String address : sockets.keySet()) {
            pairs.add(address + "=" + next++);
        }
        return String.join(";", pairs);
    }

    /// What becomes descriptor 0, 1, 2, 3 and so on of the next program.
    public List<Integer> descriptors() {
        List<Integer> all = new ArrayList<>(List.of(0, 1, 2));
        all.addAll(sockets.values());
        return all;
    }
}
