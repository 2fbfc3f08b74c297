package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.convert.CertificateTexts;
import dev.fairlead.engine.convert.Converter;
import dev.fairlead.engine.convert.Dates;
import dev.fairlead.engine.convert.Digests;
import dev.fairlead.engine.convert.JsonText;
import dev.fairlead.engine.convert.JsonValue;
import dev.fairlead.engine.convert.KeyHash;
import dev.fairlead.engine.convert.Languages;
import dev.fairlead.engine.convert.Numbers;
import dev.fairlead.engine.convert.Pieces;
import dev.fairlead.engine.convert.Plainly;
import dev.fairlead.engine.convert.Tokens;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compiles conversions of values.
final class Conversions {
    private Conversions() {}

    /// What becomes of a text in a request.
    @FunctionalInterface
    private interface Step {
        @Nullable
        String of(String text, Exchange exchange);
    }

    /// @param origin where the value is used
    static Value compile(Value of, Conversion how, Texts texts, Span origin) {
        if (how instanceof Conversion.OrElse(Template otherwise)) {
            Text other = texts.compile(otherwise);
            return exchange -> {
                String found = of.find(exchange);
                return found == null ? other.of(exchange) : found;
            };
        }
        if (how instanceof Conversion.TableCounter(StickTable table, Counter counter)) {
            return TableNumbers.tableCounter(of, table, counter, texts);
        }
        if (how instanceof Conversion.InTable(StickTable table)) {
            return TableNumbers.inTable(of, table, texts);
        }
        Step step = step(how, texts, origin);
        return exchange -> {
            String text = of.find(exchange);
            return text == null ? null : step.of(text, exchange);
        };
    }

    private static Step step(Conversion how, Texts texts, Span origin) {
        return switch (how) {
            case Conversion.Plain plain -> alone(Plainly.of(plain));
            case Conversion.Field field -> alone(text -> Pieces.field(field, text));
            case Conversion.Word word -> alone(text -> Pieces.word(word, text));
            case Conversion.Slice slice -> alone(text -> Pieces.slice(slice, text));
            case Conversion.LengthPrefixed prefixed -> alone(text -> Pieces.prefixed(prefixed, text));
            case Conversion.Trimmed trimmed -> alone(text -> Pieces.trimmed(trimmed, text));
            case Conversion.Parameter parameter -> alone(text -> Pieces.parameter(parameter, text));
            case Conversion.Hashed hashed -> hashed(hashed, texts, origin);
            case Conversion.Digested(Conversion.Digest digest) -> alone(text -> Digests.of(digest, text));
            case Conversion.JsonText(Conversion.JsonText.Invalid invalid) -> alone(text -> JsonText.of(invalid, text));
            case Conversion.JsonValue(String path) -> json(path, texts, origin);
            case Conversion.TokenPart(int number) -> alone(text -> Tokens.part(number, text));
            case Conversion.TokenVerdict verdict -> verdict(verdict, texts, origin);
            case Conversion.SecretlySame(Template other) ->
                with(other, texts, (text, secret) -> Digests.isSame(text, secret) ? "1" : "0");
            case Conversion.Both(Conversion first, Conversion second) ->
                both(step(first, texts, origin), step(second, texts, origin));
            case Conversion.OfCertificate(Conversion.CertificatePart part) ->
                alone(text -> CertificateTexts.part(part, text));
            case Conversion.CertificateName name -> alone(text -> CertificateTexts.name(name, text));
            case Conversion.Chunks chunks -> alone(text -> Pieces.chunks(chunks, text));
            case Conversion.Added added -> added(added, texts, origin);
            case Conversion.UpstreamCount count -> counted(count, texts);
            case Conversion.HexNumber(int digits) -> alone(text -> Numbers.hexadecimal(text, digits));
            case Conversion.Masked masked -> alone(text -> masked(masked, text));
            case Conversion.LastOutside outside -> lastOutside(new Networks(outside.networks()));
            case Conversion.Formatted formatted ->
                alone(new Dates(Text.bytes(formatted.format()), formatted.utc(), formatted.offset()));
            case Conversion.HttpDate date -> alone(text -> Dates.http(text, date));
            case Conversion.Language language -> alone(text -> Languages.choose(language, text));
            case Conversion.Mapped mapped -> mapped(mapped, texts);
            case Conversion.Replaced replaced -> replaced(replaced, texts);
            case Conversion.Authenticated(Conversion.Digest digest, Template key) ->
                with(key, texts, (text, secret) -> Digests.authenticated(digest, secret, text));
            case Conversion.Computed(Conversion.Operator operator, Template operand) ->
                with(operand, texts, (text, other) -> Numbers.computed(operator, text, other));
            case Conversion.Compared(Template other) ->
                with(other, texts, (text, than) -> Integer.toString(Integer.signum(text.compareTo(than))));
            case Conversion.Enclosed(Template before, Template behind) ->
                enclosed(texts.compile(before), texts.compile(behind));
            case Conversion.Chosen(Template ifTrue, Template ifFalse) ->
                chosen(texts.compile(ifTrue), texts.compile(ifFalse));
            case Conversion.Stored stored -> stored(Setter.of(stored.target(), texts, origin));
            // Compiled above, where the value itself is known.
            case Conversion.OrElse orElse -> (text, exchange) -> text;
            case Conversion.TableCounter counter -> (text, exchange) -> text;
            case Conversion.InTable in -> (text, exchange) -> text;
        };
    }

    private static Step counted(Conversion.UpstreamCount count, Texts texts) {
        LiveNumbers numbers = texts.liveNumbers();
        return alone(text -> counted(numbers, count, text));
    }

    private static @Nullable String counted(LiveNumbers numbers, Conversion.UpstreamCount count, String text) {
        int slash = text.indexOf('/');
        boolean isServer = !count.upstream().isEmpty();
        String name = slash >= 0 && isServer ? text.substring(0, slash) : isServer ? count.upstream() : text;
        LiveNumbers.Source source = numbers.find(name);
        if (source == null) {
            return null;
        }
        if (!isServer) {
            return Long.toString(source.of(count.what()));
        }
        String server = text.substring(slash + 1);
        return source.has(server) ? Long.toString(source.of(server, count.what())) : null;
    }

    private static Step added(Conversion.Added added, Texts texts, Span origin) {
        Value variable = added.variable().map(of -> texts.value(of, origin)).orElse(exchange -> null);
        String delimiter = Text.bytes(added.delimiter());
        String suffix = Text.bytes(added.suffix());
        return (text, exchange) -> {
            String found = variable.find(exchange);
            if (found == null && suffix.isEmpty()) {
                return text;
            }
            return text + (text.isEmpty() ? "" : delimiter) + (found == null ? "" : found) + suffix;
        };
    }

    private static Step enclosed(Text before, Text behind) {
        return (text, exchange) -> before.of(exchange) + text + behind.of(exchange);
    }

    private static Step chosen(Text ifTrue, Text ifFalse) {
        return (text, exchange) -> (Numbers.isTrue(text) ? ifTrue : ifFalse).of(exchange);
    }

    private static Step stored(Setter setter) {
        return (text, exchange) -> {
            setter.set(exchange, text);
            return text;
        };
    }

    private static Step unsupported(Texts texts, Span origin) {
        texts.problems().error("engine.variable", origin, "such a value cannot be found out yet");
        return (text, exchange) -> null;
    }

    private static Step alone(Converter converter) {
        return (text, exchange) -> converter.of(text);
    }

    private static Step with(Template template, Texts texts, Pair pair) {
        Value other = texts.operand(template);
        return (text, exchange) -> {
            String found = other.find(exchange);
            return found == null ? null : pair.of(text, found);
        };
    }

    private static Step hashed(Conversion.Hashed hashed, Texts texts, Span origin) {
        if (hashed.hash() == Conversion.Hash.XXH3) {
            return unsupported(texts, origin);
        }
        return (text, exchange) -> Long.toString(KeyHash.of(hashed.hash(), text, hashed.avalanche(), hashed.seed()));
    }

    private static Step json(String path, Texts texts, Span origin) {
        if (!JsonValue.isPath(path)) {
            texts.problems().error("engine.json", origin, "\"" + path + "\" is not a path of names and numbers");
            return (text, exchange) -> null;
        }
        return alone(text -> JsonValue.find(path, text));
    }

    private static Step both(Step first, Step second) {
        return (text, exchange) -> {
            String between = first.of(text, exchange);
            return between == null ? null : second.of(between, exchange);
        };
    }

    private static Step verdict(Conversion.TokenVerdict verdict, Texts texts, Span origin) {
        Tokens tokens;
        try {
            tokens = new Tokens(verdict.publicKey(), verdict.algorithm().isConstant());
        } catch (GeneralSecurityException unsound) {
            texts.problems().error("engine.key", origin, "not a public key in PEM: " + unsound.getMessage());
            return (text, exchange) -> null;
        }
        Value algorithm = texts.operand(verdict.algorithm());
        Value key = texts.operand(verdict.key());
        return (text, exchange) -> {
            String name = algorithm.find(exchange);
            String secret = key.find(exchange);
            return name == null || secret == null ? null : Integer.toString(tokens.verdict(text, name, secret));
        };
    }

    private static Step mapped(Conversion.Mapped mapped, Texts texts) {
        Maps map = texts.map(mapped.map());
        String otherwise = mapped.otherwise().map(Text::bytes).orElse(null);
        return (text, exchange) -> {
            String found = map.find(text);
            return found == null ? otherwise : found;
        };
    }

    private static Step replaced(Conversion.Replaced replaced, Texts texts) {
        Expression expression = Expression.compile(replaced.regex(), texts.problems());
        Text replacement = texts.compile(replaced.replacement());
        return (text, exchange) -> expression.replace(text, replaced.all(), replacement, exchange);
    }

    private static @Nullable String masked(Conversion.Masked masked, String text) {
        return Addresses.parse(text)
                .filter(address -> address.length == 4 || masked.bitsOfIpv6() != Conversion.Masked.NONE)
                .map(address ->
                        Addresses.masked(address, address.length == 4 ? masked.bitsOfIpv4() : masked.bitsOfIpv6()))
                .map(Addresses::text)
                .orElse(null);
    }

    private static Step lastOutside(Networks networks) {
        return alone(text -> lastOutside(networks, text));
    }

    private static @Nullable String lastOutside(Networks networks, String text) {
        String[] members = text.split(",", -1);
        for (int i = members.length - 1; i >= 0; i--) {
            String member = members[i].strip();
            Optional<byte[]> address = Addresses.parse(member);
            if (address.isEmpty()) {
                return null;
            }
            if (!networks.contain(address.get())) {
                return member;
            }
        }
        return null;
    }

    /// A conversion with a second text.
    @FunctionalInterface
    private interface Pair {
        @Nullable
        String of(String text, String other);
    }
}
