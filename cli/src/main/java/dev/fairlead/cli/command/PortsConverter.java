package dev.fairlead.cli.command;

import dev.fairlead.model.plan.PortMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `80=8080,443=8443`.
final class PortsConverter implements ITypeConverter<PortMap> {
    private static final int HIGHEST = 65_535;

    @Override
    public PortMap convert(String text) {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            String[] sides = pair.split("=", -1);
            if (sides.length != 2) {
                throw new TypeConversionException("'" + pair + "' is not FROM=TO, such as 80=8080");
            }
            if (ports.put(port(sides[0]), port(sides[1])) != null) {
                throw new TypeConversionException("port " + sides[0].strip() + " is moved twice");
            }
        }
        return new PortMap(ports);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= HIGHEST) {
                return port;
            }
        } catch (NumberFormatException none) {
            throw new TypeConversionException("'" + text + "' is not a port");
        }
        throw new TypeConversionException("ports go from 0 to " + HIGHEST + ", not " + text.strip());
    }
}
