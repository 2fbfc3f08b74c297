package dev.fairlead.cli.gunicorn;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.PathResolver;
import dev.fairlead.dialect.gunicorn.AccessFormat;
import dev.fairlead.dialect.gunicorn.Fault;
import dev.fairlead.dialect.gunicorn.GunicornSettings;
import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.RequestView.Limits;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketFile;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The traffic of one application on its own: what gunicorn's settings say of sockets, limits, TLS and the
/// access log, written as the nginx site that says the same. gunicorn's front has no language of its own.
public final class GunicornSite {
    private static final Path PLACE = Path.of("/gunicorn");
    private static final Path SITE = PLACE.resolve("site.conf");
    private static final int BUFFERS = 8;
    private static final int USUAL_BUFFER = 8192;
    private static final int LARGEST_HEAD = 1 << 20;
    private static final int LAST_PORT = 65_535;
    private static final Pattern ANY_PORT = Pattern.compile("(.*):0");

    private GunicornSite() {}

    /// Whether a line is one of the text that was made, which nobody has ever seen.
    public static boolean isMade(Span span) {
        return span.file().name().equals(SITE.toString());
    }

    /// What came of it.
    ///
    /// @param problems for people; empty if the plan is there
    public record Made(Optional<Plan> plan, List<String> problems) {}

    /// @param listen addresses as nginx's `listen` takes them
    static Made of(GunicornSettings settings, Application application, List<String> listen, Path directory) {
        return of(settings, application, listen, directory, PathResolver.identity());
    }

    /// @param paths where absolute paths of settings lead
    public static Made of(
            GunicornSettings settings,
            Application application,
            List<String> listen,
            Path directory,
            PathResolver paths) {
        Map<Integer, Integer> anyPorts = new HashMap<>();
        String text = text(settings, application, withPorts(listen, anyPorts), directory);
        NginxOptions options = NginxOptions.debian()
                .withPaths(paths)
                .withFiles(FileSource.of(Map.of(SITE.toString(), text)))
                .withDefaults(Optional.empty(), "stderr", Optional.empty());
        SocketFile file;
        try {
            file = socketFile(settings);
        } catch (Fault fault) {
            return new Made(Optional.empty(), List.of(fault.getMessage()));
        }
        Compiled compiled = NginxDialect.compileFragments(PLACE, List.of(SITE), options);
        PortMap ports = new PortMap(anyPorts);
        Optional<Plan> plan = compiled.plan()
                .map(found -> ports.applyTo(new Plan(
                        withFiles(found.http(), file),
                        found.stream(),
                        List.of(application),
                        List.of(),
                        found.runtime())));
        List<String> said = compiled.diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(problem -> problem.message().replace("of the \"listen\" directive", "of \"bind\""))
                .collect(Collectors.toList());
        return new Made(plan, said);
    }

    /// Everybody may connect, unless `umask` says otherwise; the file is the workers' user's.
    private static SocketFile socketFile(GunicornSettings settings) throws Fault {
        return new SocketFile(
                OptionalInt.of(0777 & ~(int) settings.number("umask")),
                named(settings, "user"),
                named(settings, "group"));
    }

    private static Optional<String> named(GunicornSettings settings, String setting) {
        return Optional.of(settings.text(setting)).filter(name -> !name.isEmpty() && !name.equals("None"));
    }

    private static HttpPlan withFiles(HttpPlan http, SocketFile file) {
        return new HttpPlan(
                http.listeners().stream()
                        .map(listener -> listener.address() instanceof Address.Unix
                                ? listener.withOptions(listener.options().withFile(file))
                                : listener)
                        .toList(),
                http.upstreams(),
                http.variableSlots(),
                http.lookups());
    }

    /// nginx has no word for a port that the system picks, so a port nobody names stands in for it.
    private static List<String> withPorts(List<String> listen, Map<Integer, Integer> anyPorts) {
        List<String> named = new ArrayList<>();
        int port = LAST_PORT;
        for (String address : listen) {
            Matcher any = ANY_PORT.matcher(address);
            if (address.startsWith("unix:") || !any.matches()) {
                named.add(address);
                continue;
            }
            while (isNamed(listen, port)) {
                port--;
            }
            named.add(any.group(1) + ":" + port);
            anyPorts.put(port, 0);
            port--;
        }
        return named;
    }

    private static boolean isNamed(List<String> listen, int port) {
        return listen.stream().anyMatch(address -> address.endsWith(":" + port));
    }

    private static String text(
            GunicornSettings settings, Application application, List<String> listen, Path directory) {
        StringBuilder out = new StringBuilder();
        logs(settings, directory, out);
        Limits limits = application.requests().limits();
        int longest = Math.max(limit(limits.line()), limit(limits.field())) + 2;
        out.append("client_header_buffer_size 4096;\n");
        out.append("large_client_header_buffers ")
                .append(Math.max(BUFFERS, LARGEST_HEAD / longest))
                .append(' ')
                .append(longest)
                .append(";\n");
        out.append("client_max_body_size 0;\n");
        out.append("merge_slashes off;\n");
        out.append("ignore_invalid_headers off;\n");
        out.append("underscores_in_headers on;\n");
        String idle = settings.text("keepalive");
        out.append("keepalive_timeout ")
                .append(idle.equals("0") ? "0" : idle + "s")
                .append(";\n");
        out.append("keepalive_requests 1000000000;\n");
        boolean isSecure = !settings.text("certfile").isEmpty();
        out.append("server {\n");
        for (String address : listen) {
            out.append("listen ").append(address);
            out.append(" backlog=").append(settings.text("backlog"));
            out.append(isSecure ? " ssl" : "");
            out.append(settings.flag("proxy_protocol") ? " proxy_protocol" : "");
            out.append(";\n");
        }
        if (isSecure) {
            tls(settings, directory, out);
        }
        if (settings.flag("proxy_protocol")) {
            proxies(settings, out);
        }
        out.append("location / { app ").append(quoted(application.target()));
        out.append(' ').append(quoted("name=" + application.name()));
        out.append(' ').append(quoted("directory=" + application.surroundings().directory()));
        out.append("; }\n}\n");
        return out.toString();
    }

    /// What is a little too long is told by the one who knows gunicorn's limits; buffers only bound the rest.
    private static int limit(int configured) {
        return configured == 0 ? LARGEST_HEAD : Math.clamp(configured, USUAL_BUFFER, LARGEST_HEAD);
    }

    /// Whoever else sends a PROXY header is refused with 403, as gunicorn does.
    private static void proxies(GunicornSettings settings, StringBuilder out) {
        String allowed = settings.text("proxy_allow_ips");
        if (allowed.contains("*")) {
            return;
        }
        for (String address : allowed.split(",", -1)) {
            if (!address.isBlank()) {
                out.append("allow ").append(address.strip()).append(";\n");
            }
        }
        out.append("allow unix:;\ndeny all;\n");
    }

    private static void logs(GunicornSettings settings, Path directory, StringBuilder out) {
        String access = settings.text("accesslog");
        Optional<String> format = AccessFormat.translate(settings.text("access_log_format"));
        if (access.isEmpty() || access.equals("None") || format.isEmpty() || settings.logsInPython()) {
            out.append("access_log off;\n");
        } else {
            out.append("log_format gunicorn ").append(quoted(format.get())).append(";\n");
            out.append("access_log ");
            out.append(quoted(
                    access.equals("-")
                            ? "/dev/stdout"
                            : directory.resolve(access).toString()));
            out.append(" gunicorn;\n");
        }
        String error = settings.text("errorlog");
        out.append("error_log ");
        out.append(
                error.equals("-") ? "stderr" : quoted(directory.resolve(error).toString()));
        out.append(" error;\n");
    }

    private static void tls(GunicornSettings settings, Path directory, StringBuilder out) {
        String key = settings.text("keyfile");
        String certificate = directory.resolve(settings.text("certfile")).toString();
        out.append("ssl_certificate ").append(quoted(certificate)).append(";\n");
        out.append("ssl_certificate_key ");
        out.append(quoted(key.isEmpty() ? certificate : directory.resolve(key).toString()))
                .append(";\n");
        if (!settings.text("ciphers").isEmpty()) {
            out.append("ssl_ciphers ").append(quoted(settings.text("ciphers"))).append(";\n");
        }
        if (!settings.text("ca_certs").isEmpty()) {
            String mode = settings.text("cert_reqs");
            out.append("ssl_client_certificate ");
            out.append(quoted(directory.resolve(settings.text("ca_certs")).toString()))
                    .append(";\n");
            out.append("ssl_verify_client ").append(mode.equals("2") ? "on" : mode.equals("1") ? "optional" : "off");
            out.append(";\n");
        }
    }

    /// In a configuration a backslash and a quote are the only characters that end a quoted word early.
    private static String quoted(String text) {
        return String.format(Locale.ROOT, "\"%s\"", text.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
