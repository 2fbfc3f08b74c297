package dev.fairlead.engine.text;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.match.NumberSet;
import dev.fairlead.engine.match.TextIndex;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Compares with a list that may change meanwhile.
final class ListedCheck implements Check, LiveList.Follower {
    private static final int LARGEST = 1_000_000;

    /// So many entries are looked at beside the others before all are put together.
    private static final int LATE = 64;

    private final Condition written;
    private final Texts texts;
    private volatile Check present;

    /// What was put together last, and the keys that came after.
    private Check settled;

    private final List<String> late = new ArrayList<>();

    private ListedCheck(Condition written, Texts texts) {
        this.written = written;
        this.texts = texts;
        this.settled = Check.compile(written, texts);
        this.present = settled;
    }

    static Check of(Condition.Listed listed, Texts texts) {
        ListedCheck check = new ListedCheck(listed.condition(), texts);
        List<LiveList.Entry> entries = listed.patterns().stream()
                .map(pattern -> new LiveList.Entry(pattern, ""))
                .toList();
        texts.lists().list(listed.list(), false, Span.builtIn(), entries).follow(check);
        return check;
    }

    @Override
    public boolean holds(Exchange exchange) {
        return present.holds(exchange);
    }

    @Override
    public Runnable prepare(List<LiveList.Entry> next) {
        Check coming = Check.compile(with(next.stream().map(LiveList.Entry::key).toList()), texts);
        return () -> {
            late.clear();
            settled = coming;
            present = coming;
        };
    }

    /// What is added is looked at beside the others.
    @Override
    public Runnable prepare(LiveList.Edit edit, LiveList.Entry entry, Supplier<List<LiveList.Entry>> next) {
        if (edit != LiveList.Edit.ADDED || late.size() >= LATE) {
            return prepare(next.get());
        }
        List<String> keys = new ArrayList<>(late);
        keys.add(entry.key());
        Check first = settled;
        Check second = Check.compile(with(keys), texts);
        return () -> {
            late.add(entry.key());
            present = exchange -> first.holds(exchange) || second.holds(exchange);
        };
    }

    private Condition with(List<String> patterns) {
        return switch (written) {
            case Condition.OneOf(var value, TextSet set, boolean each) ->
                new Condition.OneOf(value, new TextSet(set.how(), set.ignoreCase(), patterns), each);
            case Condition.InNetworks(var address, var ranges, boolean each) ->
                new Condition.InNetworks(
                        address, patterns.stream().map(ListedCheck::network).toList(), each);
            case Condition.InNumbers(var value, var ranges, boolean each) ->
                new Condition.InNumbers(
                        value, patterns.stream().map(ListedCheck::numbers).toList(), each);
            case Condition.FindsAny(var value, var expressions, boolean each) ->
                new Condition.FindsAny(
                        value, patterns.stream().map(this::expression).toList(), each);
            default -> throw new IllegalStateException("no comparison with a list: " + written);
        };
    }

    private static AddressRange network(String text) {
        int slash = text.indexOf('/');
        byte[] address =
                Addresses.parse(slash < 0 ? text : text.substring(0, slash)).orElseThrow(() -> noAddress(text));
        String length = slash < 0 ? Integer.toString(address.length * 8) : text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > address.length * 8) {
            throw noAddress(text);
        }
        int bits = Integer.parseInt(length);
        return new AddressRange.Block(Addresses.masked(address, bits), bits);
    }

    private static IllegalArgumentException noAddress(String text) {
        return new IllegalArgumentException("'" + text + "' is not a valid IPv4 or IPv6 address.");
    }

    private static NumberRange numbers(String text) {
        int colon = text.indexOf(':');
        long least = NumberSet.parse(colon < 0 ? text : text.substring(0, colon));
        long most = colon < 0 ? least : NumberSet.parse(text.substring(colon + 1));
        if (least == NumberSet.NO_NUMBER || most == NumberSet.NO_NUMBER) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        return new NumberRange(least, most);
    }

    private Regex expression(String text) {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException bad) {
            throw new IllegalArgumentException("regex '" + text + "' is invalid", bad);
        }
        if (text.length() > LARGEST) {
            throw new IllegalArgumentException("the regex is too long");
        }
        return new Regex(text, text, ignoresCase(), List.of(), 0, Span.builtIn());
    }

    @Override
    public boolean fits(LiveList.Entry entry, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (written) {
            case Condition.OneOf one ->
                TextIndex.of(one.set().how(), one.set().ignoreCase(), List.of(entry.key()))
                                .find(bytes, 0, bytes.length)
                        >= 0;
            case Condition.InNetworks in ->
                Addresses.parse(text)
                        .map(new Networks(List.of(network(entry.key())))::contain)
                        .orElse(false);
            case Condition.InNumbers in ->
                NumberSet.parse(text) != NumberSet.NO_NUMBER
                        && numbers(entry.key()).contains(NumberSet.parse(text));
            case Condition.FindsAny finds ->
                Pattern.compile(entry.key(), ignoresCase() ? Pattern.CASE_INSENSITIVE : 0)
                        .matcher(text)
                        .find();
            default -> false;
        };
    }

    @Override
    public String type() {
        return switch (written) {
            case Condition.OneOf one ->
                switch (one.set().how()) {
                    case EXACT -> "str";
                    case PREFIX -> "beg";
                    case SUFFIX -> "end";
                    case SUBSTRING -> "sub";
                    case DIRECTORY -> "dir";
                    case DOMAIN -> "dom";
                };
            case Condition.InNetworks in -> "ip";
            case Condition.InNumbers in -> "int";
            case Condition.FindsAny finds -> "reg";
            default -> written.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public boolean ignoresCase() {
        return switch (written) {
            case Condition.OneOf one -> one.set().ignoreCase();
            case Condition.FindsAny finds -> finds.expressions().stream().anyMatch(Regex::ignoreCase);
            default -> false;
        };
    }
}
