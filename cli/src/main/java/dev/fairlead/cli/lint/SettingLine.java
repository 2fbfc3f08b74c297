package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The line that sets something for a place of a configuration, as near to it as the file has one. Goes by blocks
/// and sections; lines of other files are not found.
final class SettingLine {
    private static final Pattern SECTION =
            Pattern.compile("(frontend|backend|listen|defaults|global|userlist|peers|resolvers)\\b.*|\\[.*].*");
    private static final Pattern OPENS =
            Pattern.compile("(?i)(ListenHTTPS?|Service|BackEnd|Emergency|Session|Match|ACL|Rewrite|Control)(\\s.*)?");

    private SettingLine() {}

    /// @param place a forward, or the section that it is made of
    /// @param directive as it is written; empty for none
    static Optional<Span> of(Span place, String directive) {
        if (directive.isEmpty()) {
            return Optional.empty();
        }
        Pattern sought =
                Pattern.compile("\\s*(" + directive.replace(" ", "\\s+") + "\\b[^;#\n]*)", Pattern.CASE_INSENSITIVE);
        return switch (FileKind.of(place.file())) {
            case NGINX_MAIN, NGINX_SITE, NGINX_SNIPPET -> inBlocks(place, sought, "{", "}");
            case POUND -> inBlocks(place, sought, "", "End");
            case HAPROXY -> inSections(place, sought, "defaults");
            case STUNNEL -> inSections(place, sought, "");
            case SYSTEMD_UNIT, SYSTEMD_OTHER, UPSTART, UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<Span> inSections(Span place, Pattern sought, String usual) {
        SourceFile file = place.file();
        Optional<Span> ofAll = Optional.empty();
        Optional<Span> own = Optional.empty();
        String section = "";
        boolean isOwn = false;
        for (Lines lines = new Lines(file); lines.next(); ) {
            String text = lines.text().strip();
            if (SECTION.matcher(text).matches()) {
                if (isOwn || lines.number() > place.line()) {
                    break;
                }
                section = text.split("\\s", 2)[0];
                own = Optional.empty();
            }
            isOwn = isOwn || lines.number() == place.line();
            Optional<Span> found = lines.span(sought);
            if (found.isPresent() && section.equals(usual)) {
                ofAll = found;
            } else if (found.isPresent()) {
                own = found;
            }
        }
        return own.isPresent() ? own : ofAll;
    }

    /// The innermost block around the place, and the blocks inside of it that begin at the place itself.
    private static Optional<Span> inBlocks(Span place, Pattern sought, String opening, String closing) {
        Deque<Optional<Span>> open = new ArrayDeque<>();
        open.push(Optional.empty());
        int depth = Integer.MAX_VALUE;
        for (Lines lines = new Lines(place.file()); lines.next(); ) {
            String text = lines.text().strip();
            boolean isPlace = lines.number() == place.line();
            boolean opens = opening.isEmpty() ? OPENS.matcher(text).matches() : text.endsWith(opening);
            Optional<Span> found = lines.span(sought);
            if (found.isPresent()) {
                open.pop();
                open.push(found);
            }
            if (opens) {
                open.push(Optional.empty());
            }
            if (isPlace) {
                depth = open.size();
            }
            if (text.equalsIgnoreCase(closing) && open.size() > 1) {
                if (open.size() <= depth
                        && depth < Integer.MAX_VALUE
                        && open.getFirst().isPresent()) {
                    return open.getFirst();
                }
                Optional<Span> ended = open.pop();
                if (depth < Integer.MAX_VALUE && open.size() >= depth && ended.isPresent()) {
                    return ended;
                }
                depth = depth < Integer.MAX_VALUE ? Math.min(depth, open.size()) : depth;
            }
        }
        return depth < Integer.MAX_VALUE ? open.getFirst() : Optional.empty();
    }

    /// The lines of a file, one after the other.
    private static final class Lines {
        private final SourceFile file;
        private int start;
        private int end = -1;
        private int number;

        Lines(SourceFile file) {
            this.file = file;
        }

        boolean next() {
            if (end >= file.text().length()) {
                return false;
            }
            start = end + 1;
            int stop = file.text().indexOf('\n', start);
            end = stop < 0 ? file.text().length() : stop;
            number++;
            return true;
        }

        int number() {
            return number;
        }

        String text() {
            String line = file.text().substring(start, end);
            int comment = line.indexOf('#');
            return comment < 0 ? line : line.substring(0, comment);
        }

        Optional<Span> span(Pattern sought) {
            Matcher matcher = sought.matcher(text());
            return matcher.lookingAt()
                    ? Optional.of(file.span(
                            start + matcher.start(1),
                            start
                                    + matcher.start(1)
                                    + matcher.group(1).stripTrailing().length()))
                    : Optional.empty();
        }
    }
}
