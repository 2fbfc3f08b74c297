package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Compression.Coding;
import java.util.List;

/// Which of some codings a client likes best: the first in Accept-Encoding with the greatest weight.
final class CodingPreference {
    private static final int FULL_WEIGHT = 1000;

    private static final int NONE = -1;

    private final String[] names;
    /// Needs no word of the client.
    private final int otherwise;

    CodingPreference(List<Coding> codings) {
        this.names = codings.stream().map(CodingPreference::name).toArray(String[]::new);
        this.otherwise = codings.indexOf(Coding.IDENTITY);
    }

    private static String name(Coding coding) {
        return switch (coding) {
            case IDENTITY -> "identity";
            case GZIP -> "gzip";
            case DEFLATE, RAW_DEFLATE -> "deflate";
        };
    }

    /// @return its place among the codings; -1 for none
    int of(Fields request) {
        int best = NONE;
        int bestWeight = 0;
        byte[] text = request.bytes();
        for (int field = request.first(FieldName.ACCEPT_ENCODING);
                field >= 0;
                field = request.next(FieldName.ACCEPT_ENCODING, field)) {
            int end = request.valueEnd(field);
            for (int start = request.valueStart(field); start < end; start = commaFrom(text, start, end) + 1) {
                int itemStart = skipSpaces(text, start, end);
                int itemEnd = commaFrom(text, itemStart, end);
                int found = codingAt(text, itemStart, itemEnd);
                int weight = found < 0 ? 0 : weight(text, itemStart, itemEnd);
                if (weight > bestWeight) {
                    best = found;
                    bestWeight = weight;
                }
            }
        }
        return best < 0 ? otherwise : best;
    }

    private int codingAt(byte[] text, int start, int end) {
        if (start < end && text[start] == '*') {
            return 0;
        }
        int nameEnd = start;
        while (nameEnd < end && text[nameEnd] != ';' && text[nameEnd] != ' ' && text[nameEnd] != '\t') {
            nameEnd++;
        }
        for (int i = 0; i < names.length; i++) {
            if (isText(names[i], text, start, nameEnd)) {
                return i;
            }
        }
        return NONE;
    }

    /// In thousandths; what is no weight counts as far as it is one.
    private static int weight(byte[] text, int start, int end) {
        int at = start;
        while (at < end) {
            while (at < end && text[at] != ';') {
                at++;
            }
            at = skipSpaces(text, at + 1, end);
            if (at + 1 < end && text[at] == 'q' && text[at + 1] == '=') {
                return number(text, at + 2, end);
            }
        }
        return FULL_WEIGHT;
    }

    private static int number(byte[] text, int start, int end) {
        if (start >= end || text[start] != '0') {
            return FULL_WEIGHT;
        }
        int sum = 0;
        int place = 100;
        for (int at = start + 2; at < end && text[start + 1] == '.' && place > 0; at++, place /= 10) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return sum;
            }
            sum += digit * place;
        }
        return sum;
    }

    /// Whether a word, in any case, is a member of a list.
    static boolean isMember(String word, byte[] text, int start, int end) {
        for (int at = start; at < end; at = commaFrom(text, at, end) + 1) {
            int first = skipSpaces(text, at, end);
            int last = commaFrom(text, first, end);
            while (last > first && (text[last - 1] == ' ' || text[last - 1] == '\t')) {
                last--;
            }
            if (isText(word, text, first, last)) {
                return true;
            }
        }
        return false;
    }

    private static int commaFrom(byte[] text, int start, int end) {
        int at = start;
        while (at < end && text[at] != ',') {
            at++;
        }
        return at;
    }

    private static int skipSpaces(byte[] text, int start, int end) {
        int at = start;
        while (at < end && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        return Math.min(at, end);
    }

    private static boolean isText(String word, byte[] text, int start, int end) {
        if (end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int c = text[start + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
