package dev.fairlead.dialect;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Files that exist only as texts.
final class TextFiles implements FileSource {
    private final Map<Path, String> texts = new TreeMap<>();

    TextFiles(Map<String, String> texts) {
        texts.forEach((name, text) -> this.texts.put(Path.of(name).normalize(), text));
    }

    @Override
    public String read(Path file) throws IOException {
        String text = texts.get(file.normalize());
        if (text == null) {
            throw new NoSuchFileException(file.toString());
        }
        return text;
    }

    @Override
    public List<String> names(Path folder) {
        Path parent = folder.normalize();
        TreeSet<String> names = new TreeSet<>();
        for (Path file : texts.keySet()) {
            if (file.startsWith(parent) && file.getNameCount() > parent.getNameCount()) {
                names.add(file.getName(parent.getNameCount()).toString());
            }
        }
        return List.copyOf(names);
    }
}
