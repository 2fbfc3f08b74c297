package dev.fairlead.dialect.gunicorn;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.Application.Recycling;
import dev.fairlead.model.app.Application.Surroundings;
import dev.fairlead.model.app.Application.WaitingRoom;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.app.WorkerTimeouts;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.source.Span;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The application that settings describe.
public final class GunicornApplication {
    private static final int LONGEST_LINE = 8190;
    private static final int MOST_FIELDS = 32_768;
    private static final Duration LEAST_START = Duration.ofSeconds(60);

    private final GunicornSettings settings;
    private final Path directory;
    private final Span origin;

    private GunicornApplication(GunicornSettings settings, Path directory, Span origin) {
        this.settings = settings;
        this.directory = directory;
        this.origin = origin;
    }

    /// @param directory where gunicorn was called
    /// @param configuration the file that was read, if any
    /// @param environment of the program
    /// @throws Fault for a value that cannot be honoured, or where no application is named
    public static Application of(
            GunicornSettings settings,
            Path directory,
            Optional<String> configuration,
            Map<String, String> environment,
            Span origin)
            throws Fault {
        return new GunicornApplication(settings, directory, origin).application(configuration, environment);
    }

    private Application application(Optional<String> configuration, Map<String, String> environment) throws Fault {
        String named = settings.target().orElseThrow(() -> CommandLine.usage("No application module specified."));
        String target = named.startsWith(GunicornSettings.PASTE)
                ? GunicornSettings.PASTE
                        + directory
                                .resolve(named.substring(GunicornSettings.PASTE.length()))
                                .normalize()
                : named;
        long threads = settings.number("threads");
        long timeout = settings.number("timeout");
        String name = settings.text("proc_name");
        Duration start = timeout == 0 ? Duration.ZERO : Duration.ofSeconds(Math.max(timeout, LEAST_START.toSeconds()));
        return new Application(
                name.isEmpty() ? target : name,
                target,
                WorkerClass.of(settings.text("worker_class"), threads),
                (int) settings.number("workers"),
                (int) Math.max(1, threads),
                (int) Math.max(1, settings.number("worker_connections")),
                settings.flag("preload_app"),
                surroundings(),
                new Recycling(settings.number("max_requests"), settings.number("max_requests_jitter"), 0),
                new WorkerTimeouts(
                        Duration.ofSeconds(timeout), Duration.ofSeconds(settings.number("graceful_timeout")), start),
                Optional.empty(),
                WaitingRoom.DEFAULT,
                view(environment),
                settings.forPython(),
                configuration,
                origin);
    }

    private Surroundings surroundings() throws Fault {
        String chdir = settings.text("chdir");
        String python = settings.text("pythonpath");
        return new Surroundings(
                Optional.empty(),
                directory.resolve(chdir).toAbsolutePath().normalize().toString(),
                python.isEmpty() ? List.of() : List.of(python.split(",", -1)),
                settings.list("raw_env"),
                Optional.empty(),
                named("user"),
                named("group"),
                OptionalInt.empty());
    }

    private Optional<Named> named(String setting) {
        return Optional.of(settings.text(setting))
                .filter(name -> !name.isEmpty() && !name.equals("None"))
                .map(name -> new Named(name, origin));
    }

    private RequestView view(Map<String, String> environment) throws Fault {
        String trusted = settings.text("forwarded_allow_ips");
        return new RequestView(
                trusted.contains("*") ? List.of() : ranges(trusted),
                trusted.contains("*"),
                schemes(),
                List.of(settings.text("forwarder_headers").split(",", -1)),
                underscores(),
                scriptName(environment),
                false,
                limits());
    }

    /// gunicorn itself takes no line above 8190 and no more than 32768 fields, whatever it is told.
    private RequestView.Limits limits() throws Fault {
        long line = settings.number("limit_request_line");
        long fields = settings.number("limit_request_fields");
        return new RequestView.Limits(
                (int) (line == 0 ? 0 : Math.min(line, LONGEST_LINE)),
                (int) (fields == 0 ? MOST_FIELDS : Math.min(fields, MOST_FIELDS)),
                (int) Math.min(settings.number("limit_request_field_size"), Integer.MAX_VALUE));
    }

    private Map<String, String> schemes() {
        List<String> given = settings.list("secure_scheme_headers");
        if (given.isEmpty()) {
            return RequestView.DEFAULT.secureHeaders();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String pair : given) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                headers.put(pair.substring(0, equals).toUpperCase(Locale.ROOT), pair.substring(equals + 1));
            }
        }
        return headers;
    }

    private RequestView.Underscores underscores() throws Fault {
        return switch (settings.text("header_map")) {
            case "drop" -> RequestView.Underscores.DROP;
            case "refuse" -> RequestView.Underscores.REFUSE;
            case "dangerous" -> RequestView.Underscores.DANGEROUS;
            case String other ->
                throw new Fault(1, "Error: Invalid header map behaviour: " + other + " (drop, refuse, dangerous)");
        };
    }

    private String scriptName(Map<String, String> environment) {
        String name = environment.getOrDefault("SCRIPT_NAME", "");
        for (String assignment : settings.list("raw_env")) {
            if (assignment.startsWith("SCRIPT_NAME=")) {
                name = assignment.substring("SCRIPT_NAME=".length());
            }
        }
        return name;
    }

    private static List<AddressRange> ranges(String text) throws Fault {
        List<AddressRange> ranges = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            String range = one.strip();
            if (!range.isEmpty()) {
                ranges.add(range(range));
            }
        }
        return ranges;
    }

    private static AddressRange range(String text) throws Fault {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        try {
            // Without a letter behind g a text is an address, and no name is looked up.
            if (!host.matches("[0-9a-fA-F:.]+")) {
                throw new UnknownHostException(host);
            }
            byte[] bytes = InetAddress.getByName(host).getAddress();
            int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
            for (int i = 0; i < bytes.length; i++) {
                int kept = Math.clamp(bits - i * 8L, 0, 8);
                bytes[i] = (byte) (bytes[i] & (0xFF00 >> kept));
            }
            return new AddressRange.Block(bytes, bits);
        } catch (UnknownHostException | NumberFormatException none) {
            throw new Fault(
                    1, "Error: forwarded_allow_ips: \"" + text + "\" is neither an address nor a network nor *");
        }
    }
}
