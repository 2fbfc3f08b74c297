package dev.fairlead.engine.handler;

import dev.fairlead.engine.http.field.HttpDate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Listings for programs to read.
final class DataListings {
    private DataListings() {}

    static String json(List<ListedFile> files) {
        StringBuilder out = new StringBuilder(64 + files.size() * 120);
        out.append("[\r\n");
        for (int i = 0; i < files.size(); i++) {
            ListedFile file = files.get(i);
            out.append("{ \"name\":\"");
            escape(out, file.name());
            out.append("\", \"type\":\"").append(type(file));
            out.append("\", \"mtime\":\"")
                    .append(HttpDate.text(file.modified()))
                    .append('"');
            if (file.isFile()) {
                out.append(", \"size\":").append(file.size());
            }
            out.append(i < files.size() - 1 ? " },\r\n" : " }\r\n");
        }
        return out.append(']').toString();
    }

    static String xml(List<ListedFile> files) {
        StringBuilder out = new StringBuilder(128 + files.size() * 100);
        out.append("<?xml version=\"1.0\"?>\r\n<list>\r\n");
        for (ListedFile file : files) {
            String type = type(file);
            out.append('<').append(type).append(" mtime=\"").append(Instant.ofEpochSecond(file.modified()));
            out.append('"');
            if (file.isFile()) {
                out.append(" size=\"").append(file.size()).append('"');
            }
            out.append('>').append(HtmlListing.escaped(file.name()));
            out.append("</").append(type).append(">\r\n");
        }
        return out.append("</list>\r\n").toString();
    }

    private static String type(ListedFile file) {
        if (file.isFolder()) {
            return "directory";
        }
        return file.isFile() ? "file" : "other";
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int shortcut = "\b\t\n\f\r\"\\".indexOf(c);
            if (shortcut >= 0) {
                out.append('\\').append("btnfr\"\\".charAt(shortcut));
            } else if (c < 0x20) {
                out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
    }
}
