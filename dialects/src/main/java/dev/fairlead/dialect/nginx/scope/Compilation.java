package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.dialect.nginx.syntax.Block;
import dev.fairlead.dialect.nginx.syntax.Item;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.dialect.nginx.variable.Variables;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is at hand while a configuration is read.
public final class Compilation {
    private static final String VALUE = "nginx.value";

    private final Problems problems;
    private final Environment environment;
    private final Reader reader;
    private final Http http = new Http();
    private final Http stream = new Http(Variables.ofStream());
    private final List<Level> streamServers = new ArrayList<>();
    private Http present = http;
    private final List<Word> texts = new ArrayList<>();
    private final List<Word> streamTexts = new ArrayList<>();
    private @Nullable Level httpLevel;
    private @Nullable Level eventsLevel;
    private @Nullable UpstreamScope upstream;

    public Compilation(Problems problems, Environment environment, Reader reader) {
        this.problems = problems;
        this.environment = environment;
        this.reader = reader;
    }

    /// Carries out statements, and finds included ones.
    public interface Reader {
        /// Carries out what stands in a block.
        void read(Block block, Level level, Compilation compilation);

        /// What stands in a block that has a grammar of its own, included files opened.
        List<Item> expand(Block block, Compilation compilation);
    }

    public Problems problems() {
        return problems;
    }

    public Environment environment() {
        return environment;
    }

    /// What is declared in the block that is being read, `http` or `stream`; `http` outside of both.
    public Http http() {
        return present;
    }

    public Http stream() {
        return stream;
    }

    /// The servers of the `stream` block, in order.
    public List<Level> streamServers() {
        return streamServers;
    }

    @SuppressWarnings("ReferenceEquality") // which of the two objects it is
    private boolean isInStream() {
        return present == stream;
    }

    public void readStream(Statement statement, Level level) {
        present = stream;
        read(statement, level);
        present = http;
    }

    public Optional<Level> httpLevel() {
        return Optional.ofNullable(httpLevel);
    }

    public Optional<Level> eventsLevel() {
        return Optional.ofNullable(eventsLevel);
    }

    public void enterHttp(Level level) {
        httpLevel = level;
    }

    public void enterEvents(Level level) {
        eventsLevel = level;
    }

    /// The upstream whose block is being read.
    public UpstreamScope upstream() {
        if (upstream == null) {
            throw new IllegalStateException("not in an upstream");
        }
        return upstream;
    }

    public void readUpstream(UpstreamScope scope, Block block, Level level) {
        upstream = scope;
        reader.read(block, level, this);
        upstream = null;
    }

    public void read(Statement statement, Level level) {
        statement.block().ifPresent(block -> reader.read(block, level, this));
    }

    /// The statements of a block with a grammar of its own; faults have been reported.
    public List<Statement> lines(Statement statement) {
        Block block = statement.block().orElse(new Block(List.of(), statement.end()));
        return reader.expand(block, this).stream()
                .filter(Statement.class::isInstance)
                .map(Statement.class::cast)
                .toList();
    }

    /// Says that a value is wrong, in nginx's form `"name" directive invalid value`.
    public void directive(Statement statement, Span at, String what) {
        problems.error(VALUE, at, "\"" + statement.name() + "\" directive " + what);
    }

    public void directive(Statement statement, Span at, String what, String hint) {
        problems.error(VALUE, at, "\"" + statement.name() + "\" directive " + what, hint);
    }

    public void duplicate(Statement statement, Span first) {
        problems.error(
                "nginx.duplicate",
                statement.span(),
                "\"" + statement.name() + "\" directive is duplicate",
                "first set at " + first);
    }

    /// Says that an argument is wrong, in words of its own.
    public void value(Word word, String message) {
        problems.error(VALUE, word.span(), message);
    }

    public void value(Word word, String message, String hint) {
        problems.error(VALUE, word.span(), message, hint);
    }

    public void invalidParameter(Word word) {
        problems.error("nginx.parameter", word.span(), "invalid parameter \"" + word + "\"");
    }

    /// Sets a scalar; a second time at the same level is an error.
    public <T> void set(Statement statement, Level level, Setting<T> setting, T value) {
        Optional<Level.Assigned<T>> before = level.own(setting);
        if (!level.assign(setting, value, statement.span())) {
            duplicate(statement, before.orElseThrow().origin());
        }
    }

    /// All texts with variables, whether the plan needs them or not.
    public List<Word> texts() {
        return texts;
    }

    /// Those of the `stream` block.
    public List<Word> streamTexts() {
        return streamTexts;
    }

    /// Checks the form of a text with variables, which is resolved later.
    public Word text(Word word) {
        Templates.check(word, problems);
        (isInStream() ? streamTexts : texts).add(word);
        return word;
    }
}
