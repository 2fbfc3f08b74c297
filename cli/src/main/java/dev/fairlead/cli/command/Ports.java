package dev.fairlead.cli.command;

import dev.fairlead.model.plan.PortMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `80=8080,443=8443`.
final class Ports {
    private static final int HIGHEST = 65_535;

    private Ports() {}

    /// @param texts each a list of pairs; all of them count
    static PortMap parse(List<String> texts) throws UsageFault {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        for (String text : texts) {
            for (String pair : text.split(",", -1)) {
                add(pair, ports);
            }
        }
        return new PortMap(ports);
    }

    private static void add(String pair, Map<Integer, Integer> ports) throws UsageFault {
        String[] sides = pair.split("=", -1);
        if (sides.length != 2) {
            throw new UsageFault("\"" + pair + "\" is not FROM=TO, such as 80=8080");
        }
        if (ports.put(port(sides[0]), port(sides[1])) != null) {
            throw new UsageFault("port " + sides[0].strip() + " is moved twice");
        }
    }

    private static int port(String text) throws UsageFault {
        int port;
        try {
            port = Integer.parseInt(text.strip());
        } catch (NumberFormatException none) {
            throw new UsageFault("\"" + text + "\" is not a port");
        }
        if (port < 0 || port > HIGHEST) {
            throw new UsageFault("ports go from 0 to " + HIGHEST + ", not " + port);
        }
        return port;
    }
}
