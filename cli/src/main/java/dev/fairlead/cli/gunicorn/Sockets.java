package dev.fairlead.cli.gunicorn;

import dev.fairlead.cli.daemon.Inherited;
import dev.fairlead.cli.daemon.LentSockets;
import dev.fairlead.dialect.gunicorn.GunicornSettings;
import dev.fairlead.os.ListeningSockets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where it listens: addresses to bind, and sockets that were inherited from an older program or from whoever
/// activates services by socket (sd_listen_fds(3)).
///
/// @param listen as nginx's `listen` takes them
/// @param inherited descriptors by address
public record Sockets(List<String> listen, Map<String, Integer> inherited) {
    private static final String USUAL_PORT = "8000";
    private static final int LAST_PORT = 65_535;

    public static Sockets of(GunicornSettings settings, Map<String, String> environment) throws IOException {
        Map<String, Integer> inherited = new LinkedHashMap<>(Inherited.own().sockets());
        List<String> listen = new ArrayList<>();
        boolean isAdopted = settings.list("bind").stream().anyMatch(bind -> bind.contains("fd://"))
                || environment.containsKey("LISTEN_FDS");
        if (isAdopted && !inherited.isEmpty()) {
            // The older program was given them under other numbers.
            return new Sockets(List.copyOf(inherited.keySet()), inherited);
        }
        LentSockets lent = LentSockets.of(environment);
        if (!lent.isEmpty()) {
            lent.all().forEach(one -> {
                listen.add(one.address());
                inherited.put(one.address(), one.descriptor());
            });
            return new Sockets(listen, inherited);
        }
        for (String bind : settings.list("bind")) {
            for (String one : bind.split(",", -1)) {
                listen.add(one.startsWith("fd://") ? adopted(number(one), inherited) : address(one.strip()));
            }
        }
        return new Sockets(listen, inherited);
    }

    private static int number(String bind) throws IOException {
        String number = bind.substring("fd://".length());
        if (!number.matches("\\d{1,6}")) {
            throw new IOException("Error: Invalid bind: " + bind);
        }
        return Integer.parseInt(number);
    }

    private static String adopted(int descriptor, Map<String, Integer> inherited) throws IOException {
        String text = ListeningSockets.localName(descriptor);
        inherited.put(text, descriptor);
        return text;
    }

    private static String address(String bind) throws IOException {
        if (bind.startsWith("unix:")) {
            return bind.replaceFirst("^unix:/+", "unix:/");
        }
        String text = bind.replaceFirst("^(tcp|http|https)://", "");
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (!text.contains("[") || text.contains("]:"));
        String port = hasPort ? text.substring(colon + 1) : USUAL_PORT;
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > LAST_PORT) {
            throw new IOException("Error: '" + port + "' is not a valid port number (-b/--bind '" + bind
                    + "': HOST:PORT, [IPV6]:PORT or unix:PATH)");
        }
        return (text.startsWith(":") ? "0.0.0.0" : "") + (hasPort ? text : text + ":" + USUAL_PORT);
    }
}
