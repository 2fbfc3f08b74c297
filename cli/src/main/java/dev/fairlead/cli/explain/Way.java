package dev.fairlead.cli.explain;

import dev.fairlead.engine.text.Expression;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Verdict;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Puts what was seen of a request at one listener into words.
final class Way {
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    private static final Pattern PASSWORD = Pattern.compile("^(stats\\s+auth\\s+[^:]*:).*");

    private final HttpListener listener;
    private final Function<Event.Forwarded, List<Step>> servers;
    private final List<Step> steps = new ArrayList<>();
    private Optional<VirtualHost> host = Optional.empty();
    private final Rounds rounds = new Rounds();
    private final Course course = new Course();
    private final Set<String> told = new HashSet<>();
    private final boolean isRead;
    private String path;
    private Event before = new Event.BrokenOff();
    private boolean isPassedOver;

    /// @param path that the request came with
    /// @param servers tells of those of a forward
    Way(HttpListener listener, String method, String path, Function<Event.Forwarded, List<Step>> servers) {
        this.listener = listener;
        this.isRead = method.equals("GET") || method.equals("HEAD");
        this.path = path;
        this.servers = servers;
    }

    List<Step> of(List<Event> events) {
        events.forEach(this::tell);
        return steps;
    }

    private void tell(Event event) {
        boolean isRound = event instanceof Event.LocationFound found && rounds.isRound(found);
        if (!isRound && !rounds.isToldAlready(event)) {
            int times = rounds.take();
            if (times > 0) {
                steps.add(Step.of("round", "goes round " + times + (times == 1 ? " time" : " times")));
            }
            if (event instanceof Event.Entered || event instanceof Event.Failed || event instanceof Event.Answered) {
                course.left().forEach(this::leftOut);
            }
            told(event);
        }
        course.saw(event);
        before = event;
    }

    private void told(Event event) {
        switch (event) {
            case Event.HostFound found -> {
                host = Optional.of(found.host());
                steps.add(new HostReasons(listener, found.host(), found.asked()).step());
            }
            case Event.ClientNamed named -> steps.add(Step.of("client", "the client counts as " + named.address()));
            case Event.RuleBegun begun -> begin(begun);
            case Event.Decided decided -> decide(decided.verdict());
            case Event.LeftOut left -> left.rules().forEach(this::leftOut);
            case Event.LocationFound found -> {
                pathIs(found.path());
                steps.add(new LocationReasons(found.host(), found.found(), found.path()).step(found.needsSlash()));
            }
            case Event.Redirected redirected -> redirect(redirected);
            case Event.Entered entered -> steps.add(entered(entered.name()));
            case Event.Guarded guarded ->
                steps.add(guarded(guarded.location().settings().access()));
            case Event.RateAsked asked -> steps.add(Limits.step(asked));
            case Event.CountAsked asked -> steps.add(Limits.step(asked));
            case Event.Handled handled -> steps.add(action(handled.location()));
            case Event.Looked looked -> look(looked);
            case Event.Forwarded forwarded -> unserved(forwarded);
            case Event.Handed handed -> {}
            case Event.Failed failed -> steps.add(failed(failed.status()));
            case Event.Said said -> last().add(Step.of("log", "says: " + said.message()));
            case Event.Answered answered -> steps.add(answer(answered));
            case Event.OfConnection none -> {}
            case Event.BrokenOff none -> steps.add(Step.of("answer", "closes the connection without an answer"));
        }
    }

    private void begin(Event.RuleBegun begun) {
        pathIs(begun.path());
        Rule rule = begun.rule();
        isPassedOver = rule.origin().isBuiltIn() || (isSaid(rule.origin()) && !isAskedAnew(rule));
        if (isPassedOver) {
            return;
        }
        if (isSaid(rule.origin())) {
            return;
        }
        if (!isOpening(rule.origin())) {
            steps.add(Step.at("rule", "rule: " + line(rule.origin()), rule.origin()));
            told.add(rule.origin().fileAndLine());
            if (rule instanceof Rule.Rewrite rewrite && !isFound(rewrite, begun.path())) {
                last().add(Step.of("condition", "does not apply, for \"" + begun.path() + "\""));
            }
        } else if (rule instanceof Rule.When) {
            steps.add(Step.at("rule", "rule: " + opening(rule.origin()), rule.origin()));
            told.add(rule.origin().fileAndLine());
        } else if (rule instanceof Rule.Answer) {
            boolean isEntered = before instanceof Event.Entered || !isHost(rule.origin());
            String text = isEntered ? "there is no server to ask" : "no rule takes the request further";
            steps.add(Step.at("because", text, rule.origin()));
        } else {
            isPassedOver = true;
        }
    }

    /// Whether a line that stands for several rules goes on with the next of them, none having applied yet.
    private boolean isAskedAnew(Rule rule) {
        List<Step> inner = steps.getLast().inner();
        return rule instanceof Rule.When
                && !inner.isEmpty()
                && inner.stream().allMatch(step -> step.text().startsWith("does not apply"));
    }

    private static boolean isFound(Rule.Rewrite rewrite, String path) {
        return Expression.compile(rewrite.regex(), new Problems()).test(path);
    }

    private void decide(Verdict verdict) {
        if (isPassedOver) {
            return;
        }
        // What a block does of itself is worth a word only where it applies.
        boolean isStated = Verdicts.isStated(verdict);
        boolean isUnwritten = !verdict.holds()
                && !isStated
                && last().at().filter(this::isOpening).isPresent();
        if (isUnwritten && last().kind().equals("rule")) {
            steps.removeLast();
            return;
        }
        last().inner().removeIf(step -> step.kind().equals("condition"));
        boolean isAsking =
                isStated || last().at().filter(at -> line(at).startsWith("if")).isPresent();
        last().addAll(isAsking ? Verdicts.steps(verdict) : Verdicts.ofUnconditional(verdict));
    }

    /// Whether the virtual host, or its listener, begins there.
    private boolean isHost(Span at) {
        return Stream.concat(Stream.of(listener.origin()), host.stream().map(VirtualHost::origin))
                .anyMatch(opening -> opening.fileAndLine().equals(at.fileAndLine()));
    }

    /// Whether the listener, its host or something that is entered by name begins there.
    private boolean isOpening(Span at) {
        return Stream.concat(
                        Stream.of(listener.origin()),
                        host.stream()
                                .flatMap(in -> Stream.concat(
                                        Stream.of(in.origin()),
                                        in.locations().stream()
                                                .filter(each -> each.match() instanceof Location.Match.Named)
                                                .map(Location::origin))))
                .anyMatch(opening -> opening.fileAndLine().equals(at.fileAndLine()));
    }

    private void redirect(Event.Redirected redirected) {
        path = redirected.path();
        String query = redirected.query().isEmpty() ? "" : "?" + redirected.query();
        steps.add(Step.of("redirect", "goes on with " + redirected.path() + query));
    }

    /// Where a server is next, the journey tells of it.
    private void unserved(Event.Forwarded forwarded) {
        if (forwarded.server().isEmpty()) {
            String text = "no server of \"" + forwarded.upstream() + "\" is available";
            steps.add(Step.at("upstream", text, forwarded.forward().origin()).addAll(servers.apply(forwarded)));
        }
    }

    private static Step answer(Event.Answered answered) {
        Step step = Step.of("answer", "answers " + answered.status());
        answered.head().forEach(line -> step.add(Step.of("field", line)));
        return step;
    }

    /// Whether the last thing that was told is that very line.
    private boolean isSaid(Span at) {
        return !steps.isEmpty()
                && steps.getLast().kind().equals("rule")
                && steps.getLast()
                        .at()
                        .filter(said -> said.fileAndLine().equals(at.fileAndLine()))
                        .isPresent();
    }

    private void leftOut(Rule rule) {
        boolean isOwn = rule.origin().isBuiltIn()
                || isHost(rule.origin())
                || (isOpening(rule.origin()) && !(rule instanceof Rule.When || rule instanceof Rule.Enter));
        if (!isOwn && told.add(rule.origin().fileAndLine())) {
            steps.add(Step.at("not", "not asked: " + opening(rule.origin()), rule.origin()));
        }
    }

    private Step failed(int status) {
        if (status == NOT_FOUND
                && before instanceof Event.LocationFound found
                && found.found().filter(Location::internalOnly).isPresent()) {
            return Step.at(
                    "error",
                    "status 404: the location is internal, clients do not get in",
                    found.found().get().origin());
        }
        boolean isFile = before instanceof Event.Looked || before instanceof Event.Handled;
        return Step.of(
                "error",
                "status " + status
                        + (status == NOT_ALLOWED && isFile && !isRead ? ": files are read with GET and HEAD" : ""));
    }

    private void look(Event.Looked looked) {
        Step step = looked(looked);
        List<Step> known = last().inner();
        if (known.isEmpty() || !known.getLast().text().equals(step.text())) {
            last().add(step);
        }
    }

    private Step last() {
        if (steps.isEmpty()) {
            steps.add(Step.of("head", "the request's head"));
        }
        return steps.getLast();
    }

    private void pathIs(String now) {
        if (!now.equals(path)) {
            last().add(Step.of("path", "the path is now " + now));
            path = now;
        }
    }

    private Step entered(String name) {
        Optional<Location> location = host.flatMap(in -> in.locations().stream()
                .filter(each -> each.match().equals(new Location.Match.Named(name)))
                .findFirst());
        return location.filter(found -> !found.origin().isBuiltIn())
                .map(found -> Step.at("location", "goes on in: " + opening(found.origin()), found.origin()))
                .orElseGet(() -> Step.of("location", "goes on in location @" + name));
    }

    private static Step guarded(Access access) {
        Step step = Step.of("access", "access is restricted");
        access.rules().forEach(rule -> step.add(Step.at("access", line(rule.origin()), rule.origin())));
        access.basic().ifPresent(basic -> step.add(Step.at("access", "asks for a password", basic.origin())));
        access.inquiry()
                .ifPresent(inquiry -> step.add(
                        Step.at("access", "asks " + inquiry.path() + ", here taken to say yes", inquiry.origin())));
        return step;
    }

    private static Step action(Location location) {
        Optional<FileServing.TryFiles> candidates = location.settings().files().tryFiles();
        if (candidates.isPresent()) {
            return Step.at("try", "tries files", candidates.get().origin());
        }
        return switch (location.action()) {
            case Action.ServeFiles serve -> Step.at("files", "serves files", origin(location));
            case Action.ForwardTo forward -> Step.at("forward", "passes requests on", forward.origin());
            case Action.ReportCounters report -> Step.at("counters", "reports counters", report.origin());
            case Action.ShowRoster show ->
                Step.at("status", "shows what parts of the traffic are doing", show.origin());
            case Action.ExportMetrics export ->
                Step.at("metrics", "answers with metrics for Prometheus", export.origin());
            case Action.EmptyImage image -> Step.at("image", "sends an empty image", image.origin());
            case Action.RunApplication run ->
                Step.at("application", "runs the application " + run.application(), run.origin());
        };
    }

    private static Span origin(Location location) {
        return switch (location.settings().files().place()) {
            case FileServing.Place.Root root -> root.origin();
            case FileServing.Place.Alias alias -> alias.origin();
        };
    }

    private Step looked(Event.Looked looked) {
        boolean isContent = looked.purpose() == Event.Purpose.CONTENT;
        String what = switch (looked.kind()) {
            case FILE -> isContent && isRead ? "is sent" : "is there";
            case FOLDER -> "is a folder";
            case OTHER -> "is no regular file";
            case MISSING -> "is not there";
        };
        boolean isPlain = looked.failure().isEmpty() || looked.failure().startsWith("(2: ");
        return Step.of("file", looked.file() + " " + (isPlain ? what : "cannot be used " + looked.failure()));
    }

    /// The same without the brace of a block that begins there.
    static String opening(Span at) {
        String line = line(at);
        return line.endsWith("{") ? line.substring(0, line.length() - 1).strip() : line;
    }

    /// The line of the configuration, without what surrounds it: spaces, and a comment behind it.
    static String line(Span at) {
        if (at.isBuiltIn()) {
            return "built in";
        }
        String line = at.file().line(at.line());
        int end = at.end() - at.start() + at.column() - 1;
        boolean hasComment = end < line.length() && line.substring(end).strip().startsWith("#");
        String shown = (hasComment ? line.substring(0, end) : line).strip();
        // What is explained is passed around.
        return PASSWORD.matcher(shown).replaceFirst("$1...");
    }
}
