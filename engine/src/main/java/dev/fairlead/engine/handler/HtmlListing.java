package dev.fairlead.engine.handler;

import dev.fairlead.model.http.FileServing.Listing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// A listing as a page: a link, a date and a size to a line.
final class HtmlListing {
    /// Columns for a name; longer ones are cut.
    private static final int NAME_COLUMNS = 50;

    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private final Listing form;
    private final boolean utf8;
    private final ZoneOffset offset;

    /// @param utf8 whether columns count characters of UTF-8, not bytes
    /// @param now milliseconds since 1970; the zone's present offset holds for all files
    HtmlListing(Listing form, boolean utf8, long now) {
        this.form = form;
        this.utf8 = utf8;
        this.offset = form.localTime()
                ? ZoneId.systemDefault().getRules().getOffset(Instant.ofEpochMilli(now))
                : ZoneOffset.UTC;
    }

    String text(String path, List<ListedFile> files) {
        String title = escaped(path);
        StringBuilder out = new StringBuilder(512 + files.size() * 160);
        out.append("<html>\r\n<head><title>Index of ").append(title);
        out.append("</title></head>\r\n<body>\r\n<h1>Index of ").append(title);
        out.append("</h1><hr><pre><a href=\"../\">../</a>\r\n");
        for (ListedFile file : files) {
            line(out, file);
        }
        return out.append("</pre><hr></body>\r\n</html>\r\n").toString();
    }

    private void line(StringBuilder out, ListedFile file) {
        out.append("<a href=\"").append(PathEscape.segment(file.name()));
        out.append(file.isFolder() ? "/\">" : "\">");
        name(out, file);
        out.append(' ');
        date(out, file.modified());
        size(out, file);
        out.append("\r\n");
    }

    private void name(StringBuilder out, ListedFile file) {
        String shown = utf8 ? decoded(file.name()) : file.name();
        int columns = shown.codePointCount(0, shown.length());
        if (columns > NAME_COLUMNS) {
            String start = shown.substring(0, shown.offsetByCodePoints(0, NAME_COLUMNS - 3));
            out.append(escaped(utf8 ? encoded(start) : start)).append("..&gt;</a>");
            return;
        }
        out.append(escaped(file.name()));
        if (file.isFolder() && columns < NAME_COLUMNS) {
            out.append('/');
            columns++;
        }
        out.append("</a>").repeat(' ', NAME_COLUMNS - columns);
    }

    private void date(StringBuilder out, long seconds) {
        OffsetDateTime time = Instant.ofEpochSecond(seconds).atOffset(offset);
        two(out, time.getDayOfMonth());
        out.append('-')
                .append(MONTHS[time.getMonthValue() - 1])
                .append('-')
                .append(time.getYear())
                .append(' ');
        two(out, time.getHour());
        out.append(':');
        two(out, time.getMinute());
        out.append(' ');
    }

    private static void two(StringBuilder out, int number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private void size(StringBuilder out, ListedFile file) {
        String text;
        if (form.exactSize()) {
            text = file.isFolder() ? "-" : Long.toString(file.size());
            right(out, text, 19);
        } else {
            text = file.isFolder() ? "-" : rounded(file.size());
            right(out, text, 7);
        }
    }

    private static String rounded(long size) {
        if (size > (1L << 30) - 1) {
            return ((size >> 30) + (size % (1L << 30) > (1L << 29) - 1 ? 1 : 0)) + "G";
        }
        if (size > (1L << 20) - 1) {
            return ((size >> 20) + (size % (1L << 20) > (1L << 19) - 1 ? 1 : 0)) + "M";
        }
        if (size > 9999) {
            return ((size >> 10) + (size % 1024 > 511 ? 1 : 0)) + "K";
        }
        return Long.toString(size);
    }

    private static void right(StringBuilder out, String text, int width) {
        out.repeat(' ', Math.max(0, width - text.length())).append(text);
    }

    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /// Bytes that are no UTF-8 are counted as they are.
    private static String decoded(String bytes) {
        String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') >= 0 ? bytes : text;
    }

    private static String encoded(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
