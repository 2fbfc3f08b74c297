package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.sample.Surroundings;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.UserList;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A frontend, and the backend that its requests have reached, if they have.
///
/// @param speaker the one whose lines are read: a table that is not named is its own
/// @param isEarly whether no header of the PROXY protocol has been read yet
/// @param isOfAnswers whether answers of servers are what is looked at, in `mode tcp`
public record Scene(
        Workshop workshop, Proxy front, Optional<Proxy> back, Proxy speaker, boolean isEarly, boolean isOfAnswers)
        implements Surroundings {
    public Problems problems() {
        return workshop.problems();
    }

    public static Scene of(Workshop workshop, Proxy front) {
        return new Scene(workshop, front, Optional.empty(), front, false, false);
    }

    public Scene in(Proxy backend) {
        return new Scene(workshop, front, Optional.of(backend), backend, false, isOfAnswers);
    }

    /// For what the frontend says of requests that have reached the backend.
    public Scene ofFront() {
        return new Scene(workshop, front, back, front, isEarly, isOfAnswers);
    }

    /// As rules for connections see it that run before a header is read, where there may be one.
    public Scene early() {
        return new Scene(workshop, front, back, speaker, ExpectedHeaders.mayBe(front), isOfAnswers);
    }

    /// As lines see it that look at what servers say.
    public Scene ofAnswers() {
        return new Scene(workshop, front, back, speaker, isEarly, true);
    }

    @Override
    public String frontend() {
        return front.name();
    }

    @Override
    public Optional<String> backend() {
        return back.map(Proxy::name);
    }

    @Override
    public boolean isTcp() {
        return front.isTcp();
    }

    @Override
    public boolean hasBackend(String name) {
        return workshop.backend(name).isPresent();
    }

    private Proxy proxy(boolean ofBackend) {
        return ofBackend ? back.orElse(front) : front;
    }

    @Override
    public int number(boolean ofBackend) {
        return workshop.numbers().of(proxy(ofBackend));
    }

    @Override
    public long limit(boolean ofBackend, String keyword) {
        Duration limit = workshop.limit(proxy(ofBackend), keyword);
        return limit.equals(Workshop.NO_LIMIT) ? 0 : limit.toMillis();
    }

    @Override
    public String usualBackend() {
        return front.last("default_backend").map(entry -> entry.text(0)).orElse("");
    }

    @Override
    public Variable entrance(boolean number) {
        Entrances known = workshop.entrances().get(front.name());
        if (known == null) {
            return new Variable.Composed(Template.constant("", front.origin()));
        }
        return number ? known.number() : known.name();
    }

    @Override
    public Optional<UserList> users(String name) {
        return workshop.users().named(name);
    }

    @Override
    public Optional<StickTable> table(String proxy) {
        return workshop.tables().named(proxy.isEmpty() ? speaker.name() : proxy);
    }

    @Override
    public Variable variable(String name) {
        return workshop.variables().named(name);
    }

    @Override
    public Variable valueOf(String name) {
        Variable plain = variable(name);
        return workshop.constants()
                .of(name, this)
                .<Variable>map(value -> new Variable.Converted(plain, new Conversion.OrElse(value)))
                .orElse(plain);
    }

    @Override
    public List<Variable> captures(Variable.Side side) {
        return new Captures(workshop, front).all(side);
    }

    @Override
    public Optional<Variable> capturedCookie(Variable.Side side) {
        return new Captures(workshop, front).cookie(side);
    }

    @Override
    public Optional<Variable> uniqueId() {
        return front.last("unique-id-format")
                .map(format -> workshop.requestIds().of(format, of(workshop, front)));
    }

    @Override
    public List<String> lines(String file) throws IOException {
        String path = workshop.path(new Word(file, front.origin()), "");
        return workshop.read(path).lines().toList();
    }

    @Override
    public Optional<String> environment(String name) {
        return workshop.environment().value(name);
    }

    @Override
    public Regex regex(String pattern, boolean ignoreCase, Span origin) {
        return workshop.regex(pattern, ignoreCase, origin);
    }
}
