package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.SyslogFacility;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where requests are logged, and what the lines say.
final class Logs {
    private static final List<String> BUILT_IN =
            List.of("null", "regular", "extended", "vhost_combined", "combined", "detailed");
    private static final String COMBINED = "%a - %u %t \"%r\" %s %b \"%{Referer}i\" \"%{User-Agent}i\"";
    private static final List<String> FORMS = List.of(
            "",
            "%a %r - %>s",
            "%a %r - %>s (%{Host}i/%{service}N -> %{backend}N) %{f}T sec",
            "%{Host}I " + COMBINED,
            COMBINED,
            "%{Host}I " + COMBINED + " (%{service}N -> %{backend}N) %{f}T sec");
    private static final List<String> CLASSES = List.of("info", "success", "redirect", "clterr", "srverr");
    /// Since 1970.
    private static final Variable SECONDS =
            new Variable.Converted(new Variable.Builtin(Attribute.UNIX_TIME), new Conversion.Field(1, ".", 1));
    private static final Pattern PIECE = Pattern.compile("%(?:\\{([^}]*)})?(>?.)");

    private final Reading reading;
    private final Map<String, String> forms = new LinkedHashMap<>();
    private final Logging.Target target;
    private final Optional<Statement> usual;
    private final boolean isAnonymous;
    private final Program program;

    Logs(Reading reading, Program whole) {
        Statement program = whole.all();
        this.reading = reading;
        this.program = whole;
        for (int i = 0; i < BUILT_IN.size(); i++) {
            forms.put(BUILT_IN.get(i), FORMS.get(i));
            forms.put(String.valueOf(i), FORMS.get(i));
        }
        program.each("LogFormat").forEach(format -> forms.put(format.text(0), format.text(1)));
        this.target = target(program);
        this.usual = program.last("LogLevel");
        this.isAnonymous = program.last("Anonymise", "Anonymize").isPresent();
    }

    private Logging.Target target(Statement program) {
        Optional<Statement> facility =
                program.last("LogFacility").filter(found -> !found.text(0).equals("-"));
        if (facility.isEmpty()) {
            return new Logging.Target.StandardError();
        }
        Optional<SyslogFacility> known =
                SyslogFacility.of(facility.get().text(0).toLowerCase(Locale.ROOT));
        if (known.isEmpty()) {
            reading.problems()
                    .error(
                            "pound.facility",
                            facility.get().arg(0).span(),
                            "unknown log facility \"" + facility.get().text(0) + "\"",
                            "such as daemon, local0 or - for standard error");
        }
        String tag = program.last("LogTag").map(found -> found.text(0)).orElse("pound");
        return new Logging.Target.Syslog(
                "unix:/dev/log", known.orElse(SyslogFacility.DAEMON), LogLevel.INFO, tag, false);
    }

    /// Of what services answer.
    Logging of(Statement listener, Statement service) {
        return of(
                List.of(service, listener, program.all()),
                service.text(0),
                service.last("LogSuppress").flatMap(this::unlessSuppressed));
    }

    /// Of what no service answers.
    Logging of(Statement listener) {
        return of(List.of(listener, program.all()), "", Optional.empty());
    }

    /// That an answer's status is of none of these classes.
    private Optional<Template> unlessSuppressed(Statement suppress) {
        List<NumberRange> ranges = new ArrayList<>();
        for (Word word : suppress.args()) {
            String name = word.text().toLowerCase(Locale.ROOT);
            int status = CLASSES.indexOf(name) + 1;
            if (name.matches("[1-5]")) {
                status = Integer.parseInt(name);
            }
            if (name.equals("all")) {
                ranges.add(new NumberRange(0, 999));
            } else if (status > 0) {
                ranges.add(new NumberRange(status * 100L, status * 100L + 99));
            } else {
                reading.problems()
                        .error(
                                "pound.log-suppress",
                                word.span(),
                                "unsupported status class \"" + word.text() + "\"",
                                "info, success, redirect, clterr, srverr, 1 to 5, or all");
            }
        }
        Span at = suppress.origin();
        Template status = Template.of(new Variable.Builtin(Attribute.STATUS), at);
        return Optional.of(Template.of(
                new Variable.Answer(new Condition.Not(new Condition.InNumbers(status, ranges, false))), at));
    }

    /// @param places where it is said how requests are logged, the nearest first: service, listener, program
    /// @param service its name as lines show it
    /// @param condition of being logged
    private Logging of(List<Statement> places, String service, Optional<Template> condition) {
        Statement listener = places.get(places.size() - 2);
        Optional<Statement> level = listener.last("LogLevel").or(() -> usual);
        String name = level.map(found -> found.text(0)).orElse("1");
        Span at = level.map(found -> found.args().isEmpty()
                        ? found.origin()
                        : found.args().getFirst().span())
                .orElseGet(Span::builtIn);
        String form = forms.get(name);
        if (form == null) {
            reading.problems()
                    .add(Diagnostic.error("pound.log-level", at, "undefined format: \"" + name + "\"")
                            .hint(Suggestion.nearest(name, forms.keySet())
                                    .map(near -> "did you mean \"" + near + "\"?")));
            form = "";
        }
        List<Logging.ErrorLog> errors =
                List.of(new Logging.ErrorLog(new Logging.Target.StandardError(), LogLevel.WARN, Span.builtIn()));
        if (form.isEmpty()) {
            return new Logging(List.of(), errors);
        }
        Logging.Format format =
                new Logging.Format("pound", template(form, places, service, at), Logging.Escaping.HEXADECIMAL, at);
        return new Logging(List.of(new Logging.AccessLog(target, format, condition, 0, Optional.empty(), at)), errors);
    }

    private Template template(String form, List<Statement> places, String service, Span at) {
        Statement listener = places.get(places.size() - 2);
        List<Template.Part> parts = new ArrayList<>();
        Matcher matcher = PIECE.matcher(form);
        int next = 0;
        while (matcher.find()) {
            literal(form.substring(next, matcher.start()), parts);
            next = matcher.end();
            String argument = Optional.ofNullable(matcher.group(1)).orElse("");
            if (matcher.group(2).equals("a")) {
                parts.add(new Template.Part.Reference(originator(places)));
            } else {
                piece(matcher.group(2), argument, listener, service, parts, at);
            }
        }
        literal(form.substring(next), parts);
        return new Template(parts, at);
    }

    private static void literal(String text, List<Template.Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Template.Part.Literal(text));
        }
    }

    private static void add(Attribute attribute, List<Template.Part> parts) {
        parts.add(new Template.Part.Reference(new Variable.Builtin(attribute)));
    }

    private void piece(
            String letter, String argument, Statement listener, String service, List<Template.Part> parts, Span at) {
        switch (letter) {
            case "%" -> literal("%", parts);
            case "h" -> parts.add(new Template.Part.Reference(client()));
            case "A" -> add(Attribute.SERVER_ADDRESS, parts);
            case "B" -> add(Attribute.BODY_BYTES_SENT, parts);
            case "b" -> {
                Variable bytes = new Variable.Builtin(Attribute.BODY_BYTES_SENT);
                converted(bytes, new Conversion.Chosen(Template.of(bytes, at), Template.constant("-", at)), parts);
            }
            case "D" -> add(Attribute.REQUEST_MICROSECONDS, parts);
            case "H" -> add(Attribute.SERVER_PROTOCOL, parts);
            case "i" -> parts.add(new Template.Part.Reference(field(argument)));
            case "I" -> converted(field(argument), new Conversion.OrElse(Template.constant("-", at)), parts);
            case "m" -> add(Attribute.METHOD, parts);
            case "P" -> add(Attribute.PROCESS_ID, parts);
            case "q" -> {
                add(Attribute.QUERY_MARK, parts);
                add(Attribute.QUERY, parts);
            }
            case "r" -> add(Attribute.REQUEST_LINE, parts);
            case "s" -> add(Attribute.STATUS, parts);
            case ">s" -> {
                add(Attribute.SERVER_PROTOCOL, parts);
                literal(" ", parts);
                add(Attribute.STATUS, parts);
            }
            case "t" -> time(argument, parts, at);
            case "T" -> add(unit(argument), parts);
            case "u" -> add(Attribute.USER, parts);
            case "U" -> add(Attribute.RAW_PATH, parts);
            case "v" -> literal(listener.text(0), parts);
            case "N", "L" -> name(argument, listener, service, parts);
            default ->
                reading.problems()
                        .error("pound.log-format", at, "unknown conversion \"%" + letter + "\" in a log format");
        }
    }

    private static Variable field(String name) {
        return new Variable.RequestHeader(name.toLowerCase(Locale.ROOT));
    }

    private static void converted(Variable of, Conversion how, List<Template.Part> parts) {
        parts.add(new Template.Part.Reference(new Variable.Converted(of, how)));
    }

    /// The time as access logs have it, or in a form of strftime(3).
    private void time(String argument, List<Template.Part> parts, Span at) {
        String form = argument.replaceFirst("^(begin|end):", "");
        if (argument.isEmpty()) {
            literal("[", parts);
            add(Attribute.TIME_LOCAL, parts);
            literal("]", parts);
        } else if (form.equals("sec")) {
            parts.add(new Template.Part.Reference(SECONDS));
        } else if (form.matches("[mu]sec(_frac)?")) {
            reading.problems()
                    .error(
                            "pound.log-format",
                            at,
                            "\"%{" + argument + "}t\" is not supported by Fairlead",
                            "%{sec}t, %t, or a form of strftime(3)");
        } else {
            Conversion how = new Conversion.Formatted(form, false, Duration.ZERO);
            converted(SECONDS, how, parts);
        }
    }

    /// The client's address.
    private Variable client() {
        return anonymous(new Variable.Builtin(Attribute.CLIENT_ADDRESS));
    }

    /// Without its last byte where that is asked for.
    private Variable anonymous(Variable address) {
        return isAnonymous ? new Variable.Converted(address, new Conversion.Masked(24, 120)) : address;
    }

    /// The address that the first of the trusted proxies says it was asked from; else that of the client.
    private Variable originator(List<Statement> places) {
        Optional<Statement> trusted = nearest("TrustedIP", places);
        if (trusted.isEmpty()) {
            return client();
        }
        List<AddressRange> networks = Networks.of(trusted.get(), program.networks(), reading);
        String field =
                nearest("ForwardedHeader", places).map(found -> found.text(0)).orElse("X-Forwarded-For");
        Span at = trusted.get().origin();
        Template.Part client = new Template.Part.Reference(new Variable.Builtin(Attribute.CLIENT_ADDRESS));
        // Whoever asks is the last of the row: what the field says counts only if it comes from a trusted proxy.
        Template row = new Template(
                List.of(
                        new Template.Part.Reference(new Variable.RequestHeader(field.toLowerCase(Locale.ROOT))),
                        new Template.Part.Literal(","),
                        client),
                at);
        Variable found = new Variable.Converted(new Variable.Composed(row), new Conversion.LastOutside(networks));
        return anonymous(new Variable.Converted(found, new Conversion.OrElse(new Template(List.of(client), at))));
    }

    private static Optional<Statement> nearest(String name, List<Statement> places) {
        return places.stream().flatMap(place -> place.last(name).stream()).findFirst();
    }

    private static Attribute unit(String argument) {
        return switch (argument) {
            case "ms" -> Attribute.REQUEST_MILLISECONDS;
            case "us" -> Attribute.REQUEST_MICROSECONDS;
            case "f" -> Attribute.REQUEST_TIME;
            default -> Attribute.REQUEST_SECONDS;
        };
    }

    private static void name(String what, Statement listener, String service, List<Template.Part> parts) {
        switch (what) {
            case "listener" -> literal(listener.text(0), parts);
            case "service" -> literal(service, parts);
            default -> add(Attribute.UPSTREAM_ADDRESS, parts);
        }
    }
}
