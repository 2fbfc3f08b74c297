package dev.fairlead.process.baton;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// One part of what is handed over: words by name, descriptors by name, and further parts. What the receiver
/// does not know it leaves alone; what is missing has a value to go on with, so that programs of different age
/// understand each other. Descriptors that nobody [#take]s are closed by [#closeRest].
public final class Baton {
    private static final String WORDS = "words";
    private static final String DESCRIPTORS = "descriptors";
    private static final String PARTS = "parts";
    private static final JsonFactory JSON = new JsonFactory();

    private final SequencedMap<String, String> words = new LinkedHashMap<>();
    private final SequencedMap<String, Integer> descriptors = new LinkedHashMap<>();
    private final SequencedMap<String, List<Baton>> parts = new LinkedHashMap<>();

    public Baton put(String name, String text) {
        words.put(name, text);
        return this;
    }

    public Baton put(String name, long number) {
        return put(name, Long.toString(number));
    }

    public Baton put(String name, boolean holds) {
        return put(name, Boolean.toString(holds));
    }

    public Baton put(String name, Optional<String> text) {
        text.ifPresent(present -> put(name, present));
        return this;
    }

    /// @param texts without line feeds
    public Baton put(String name, Collection<String> texts) {
        return texts.isEmpty() ? this : put(name, String.join("\n", texts));
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(words.get(name));
    }

    public String text(String name, String otherwise) {
        return words.getOrDefault(name, otherwise);
    }

    public long number(String name, long otherwise) {
        return number(name).orElse(otherwise);
    }

    public OptionalLong number(String name) {
        String text = words.getOrDefault(name, "");
        return text.matches("-?\\d{1,18}|-?[1-8]\\d{18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    public boolean is(String name) {
        return Boolean.parseBoolean(words.getOrDefault(name, ""));
    }

    public List<String> texts(String name) {
        return text(name).map(all -> List.of(all.split("\n", -1))).orElse(List.of());
    }

    /// Hands over a descriptor. It stays open here.
    public Baton hand(String name, int descriptor) {
        descriptors.put(name, descriptor);
        return this;
    }

    /// Takes a descriptor up: from now on it is the caller's, and closed on exec.
    public OptionalInt take(String name) {
        Integer descriptor = descriptors.remove(name);
        if (descriptor == null) {
            return OptionalInt.empty();
        }
        try {
            Descriptors.closesOnExec(descriptor, true);
            return OptionalInt.of(descriptor);
        } catch (OsException closed) {
            return OptionalInt.empty();
        }
    }

    /// A further part behind those of this name.
    public Baton add(String name) {
        Baton part = new Baton();
        parts.computeIfAbsent(name, none -> new ArrayList<>()).add(part);
        return part;
    }

    /// Adds all that another one holds.
    public void takeIn(Baton other) {
        words.putAll(other.words);
        descriptors.putAll(other.descriptors);
        other.parts.forEach((name, all) ->
                parts.computeIfAbsent(name, none -> new ArrayList<>()).addAll(all));
    }

    /// In the order in which they were added.
    public List<Baton> parts(String name) {
        return List.copyOf(parts.getOrDefault(name, List.of()));
    }

    /// The only part of this name; empty, if there is none.
    public Baton part(String name) {
        List<Baton> all = parts(name);
        return all.isEmpty() ? new Baton() : all.getFirst();
    }

    /// All that are handed over, here and in all parts.
    public List<Integer> descriptors() {
        List<Integer> all = new ArrayList<>(descriptors.values());
        parts.values().forEach(list -> list.forEach(part -> all.addAll(part.descriptors())));
        return all;
    }

    /// Closes what nobody has taken up.
    ///
    /// @return how many those were
    public int closeRest() {
        List<Integer> rest = descriptors();
        rest.forEach(Descriptors::close);
        clear();
        return rest.size();
    }

    private void clear() {
        descriptors.clear();
        parts.values().forEach(list -> list.forEach(Baton::clear));
    }

    /// As JSON.
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(json);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart(WORDS);
        for (String name : words.keySet()) {
            json.writeStringField(name, words.get(name));
        }
        json.writeEndObject();
        json.writeObjectFieldStart(DESCRIPTORS);
        for (String name : descriptors.keySet()) {
            json.writeNumberField(name, descriptors.get(name));
        }
        json.writeEndObject();
        json.writeObjectFieldStart(PARTS);
        for (String name : parts.keySet()) {
            json.writeArrayFieldStart(name);
            for (Baton part : parts.getOrDefault(name, List.of())) {
                part.write(json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /// @throws IOException if this is nothing that [#bytes] has made
    public static Baton of(byte[] bytes) throws IOException {
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            return read(json);
        }
    }

    /// Stands at the object's beginning, and at its end afterwards.
    private static Baton read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("an object was expected at " + json.currentLocation());
        }
        Baton baton = new Baton();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String kind = json.currentName();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (kind) {
                    case WORDS -> baton.words.put(name, json.getText());
                    case DESCRIPTORS -> baton.descriptors.put(name, json.getIntValue());
                    case PARTS -> baton.readParts(name, json);
                    default -> json.skipChildren();
                }
            }
        }
        return baton;
    }

    private void readParts(String name, JsonParser json) throws IOException {
        List<Baton> all = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            all.add(read(json));
        }
        parts.put(name, all);
    }
}
