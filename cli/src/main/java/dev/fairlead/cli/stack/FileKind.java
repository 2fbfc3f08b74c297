package dev.fairlead.cli.stack;

import dev.fairlead.source.SourceFile;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a configuration file is, judged by its name and by what stands in it, sound or not.
public enum FileKind {
    /// A whole nginx configuration: it has an `http` or an `events` block.
    NGINX_MAIN("an nginx configuration"),
    /// What belongs inside nginx's `http` block: `server`, `upstream`, `map`.
    NGINX_SITE("an nginx site"),
    /// Pieces for other nginx files to include: directives without a `server` around them.
    NGINX_SNIPPET("a piece that nginx files include"),
    SYSTEMD_UNIT("a systemd unit"),
    /// A systemd unit of a kind that is not run here, such as a mount.
    SYSTEMD_OTHER("a systemd unit of another kind"),
    HAPROXY("an HAProxy configuration"),
    POUND("a Pound configuration"),
    STUNNEL("a stunnel configuration"),
    UPSTART("an Upstart job"),
    UNKNOWN("nothing known");

    private static final Set<String> UNITS = Set.of("service", "socket", "timer", "path", "target");
    private static final Set<String> OTHER_UNITS = Set.of("mount", "automount", "swap", "slice", "scope", "device");
    private static final Set<String> NGINX_TOP = Set.of("events", "http", "stream", "mail");
    private static final Set<String> NGINX_TOP_LINES = Set.of(
            "worker_processes", "user", "pid", "daemon", "master_process", "load_module", "worker_rlimit_nofile");
    private static final Set<String> NGINX_HTTP = Set.of(
            "server", "upstream", "map", "geo", "split_clients", "limit_req_zone", "limit_conn_zone", "log_format");
    private static final Pattern UNIT_SECTION =
            Pattern.compile("(?m)^\\s*\\[(Unit|Service|Install|Socket|Timer|Mount|Path)]\\s*$");
    private static final Pattern HAPROXY_SECTION = Pattern.compile(
            "(?m)^[ \\t]*(global|defaults|(frontend|backend|listen|peers|resolvers)[ \\t]+\\S+[^{;\n]*|defaults[ \\t]+\\S+)[ \\t]*(#.*)?$");
    private static final Pattern POUND_SECTION =
            Pattern.compile("(?im)^\\s*(ListenHTTPS?|BackEnd|Service(\\s+\"\\S*\")?)\\s*$");
    private static final Pattern STUNNEL_LINES =
            Pattern.compile("(?im)^\\s*((accept|connect)\\s*=\\s*\\S+|include\\s*=\\s*\\S*stunnel)");
    private static final Pattern UPSTART_LINES = Pattern.compile(
            "(?m)^[ \\t]*((start|stop)[ \\t]+on[ \\t]|respawn[ \\t]*$|respawn[ \\t]+limit|exec[ \\t]+\\S|script[ \\t]*$"
                    + "|(pre|post)-(start|stop)[ \\t]+(script|exec))");

    private final String words;

    FileKind(String words) {
        this.words = words;
    }

    /// What a file that was read is.
    public static FileKind of(SourceFile file) {
        return of(file.name().substring(file.name().lastIndexOf('/') + 1), file.text());
    }

    /// Whether it is nginx's, whole or in part.
    public boolean isNginx() {
        return this == NGINX_MAIN || this == NGINX_SITE || this == NGINX_SNIPPET;
    }

    /// As messages name it, with its article.
    public String words() {
        return words;
    }

    /// The name of the program whose configuration it is, as the command line has it.
    String program() {
        return switch (this) {
            case NGINX_MAIN, NGINX_SITE, NGINX_SNIPPET -> "nginx";
            case SYSTEMD_UNIT, SYSTEMD_OTHER -> "systemd";
            case HAPROXY -> "haproxy";
            case POUND -> "pound";
            case STUNNEL -> "stunnel";
            case UPSTART -> "upstart";
            case UNKNOWN -> "";
        };
    }

    /// @param name the file's own name
    /// @param text what stands in it
    public static FileKind of(String name, String text) {
        String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (name.indexOf('.') > 0 && UNITS.contains(suffix)) {
            return SYSTEMD_UNIT;
        }
        if (name.indexOf('.') > 0 && OTHER_UNITS.contains(suffix)) {
            return SYSTEMD_OTHER;
        }
        FileKind nginx = nginx(text);
        if (nginx == NGINX_MAIN || nginx == NGINX_SITE) {
            return nginx;
        }
        FileKind other = otherThanNginx(text);
        return other == UNKNOWN ? nginx : other;
    }

    private static FileKind otherThanNginx(String text) {
        if (UNIT_SECTION.matcher(text).find()) {
            return SYSTEMD_UNIT;
        }
        if (HAPROXY_SECTION.matcher(text).find()) {
            return HAPROXY;
        }
        if (POUND_SECTION.matcher(text).find()) {
            return POUND;
        }
        if (STUNNEL_LINES.matcher(text).find()) {
            return STUNNEL;
        }
        return UPSTART_LINES.matcher(text).find() ? UPSTART : UNKNOWN;
    }

    /// Looks at the first word of each statement outside any braces. Missing semicolons do no harm: a word at
    /// the start of a line counts as well.
    private static FileKind nginx(String text) {
        int depth = 0;
        boolean site = false;
        boolean ended = false;
        for (String line : text.split("\n", -1)) {
            String rest = withoutComment(line).strip();
            if (rest.isEmpty()) {
                continue;
            }
            String first = rest.split("[\\s;{]", 2)[0];
            if (depth == 0 && isTop(first, rest)) {
                return NGINX_MAIN;
            }
            site |= depth == 0 && isInHttp(first, rest);
            ended |= rest.endsWith(";") || rest.endsWith("{") || rest.endsWith("}");
            depth += balance(rest);
        }
        return site ? NGINX_SITE : ended ? NGINX_SNIPPET : UNKNOWN;
    }

    private static boolean isTop(String first, String line) {
        return (NGINX_TOP.contains(first) && isBlock(first, line))
                || (NGINX_TOP_LINES.contains(first) && line.endsWith(";"));
    }

    private static boolean isInHttp(String first, String line) {
        return NGINX_HTTP.contains(first)
                && (line.endsWith("{") || line.endsWith(";") || line.contains("{") || line.equals(first));
    }

    private static boolean isBlock(String first, String line) {
        return line.equals(first) || line.contains("{");
    }

    private static int balance(String line) {
        int balance = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '{') {
                balance++;
            } else if (line.charAt(i) == '}') {
                balance--;
            }
        }
        return balance;
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        return hash < 0
                ? line
                : hash == 0 ? "" : Character.isWhitespace(line.charAt(hash - 1)) ? line.substring(0, hash) : line;
    }
}
